package io.sparkconv.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the marker segments of a JPEG say (ITU T.81 annex B; JFIF 1.02; Adobe Technical Note 5116).
 *
 * @param process the frame's process, 0 to 15: 0 baseline, 1 extended, 2 progressive, 3 lossless, …
 * @param bits bits of a sample
 * @param componentIdentifiers one for each component, as many as the frame has
 * @param jfif whether a JFIF segment is there, so that three components are Y, Cb, Cr
 * @param adobeTransform the Adobe segment's colour transform: 0 none, 1 YCbCr, 2 YCCK; −1 where there is no such segment
 * @param orientation as the Exif segment says
 */
record JpegStructure(
        int process,
        int bits,
        int height,
        int width,
        int[] componentIdentifiers,
        boolean jfif,
        int adobeTransform,
        Orientation orientation) {
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int APPLICATION_0 = 0xE0;
    private static final int APPLICATION_1 = 0xE1;
    private static final int APPLICATION_14 = 0xEE;
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

    /**
     * Follows the markers up to the end of the image.
     *
     * @throws UndecodableImageException if the end is missing: the decoder would only warn and fill the rest with gray
     */
    static JpegStructure of(byte[] content) throws UndecodableImageException {
        return new Scan(content).structure();
    }

    /** One walk along the markers. */
    private static final class Scan {
        private final byte[] content;
        private int position = 2;
        private int frame = -1;
        private int frameProcess;
        private boolean jfif;
        private int adobeTransform = -1;
        private Orientation orientation = Orientation.UPRIGHT;

        Scan(byte[] content) {
            this.content = content;
        }

        JpegStructure structure() throws UndecodableImageException {
            int marker = nextMarker();
            while (marker != END_OF_IMAGE) {
                segment(marker);
                marker = nextMarker();
            }
            if (frame < 0) {
                throw UndecodableImageException.damaged("JPEG", "it has no frame");
            }
            int components = unsigned(frame + 7);
            if (unsignedShort(frame) != 8 + 3 * components) {
                throw UndecodableImageException.damaged(
                        "JPEG", components + " components in a frame header of " + unsignedShort(frame) + " bytes");
            }
            int[] identifiers = new int[components];
            for (int i = 0; i < components; i++) {
                identifiers[i] = unsigned(frame + 8 + 3 * i);
            }
            return new JpegStructure(
                    frameProcess,
                    unsigned(frame + 2),
                    unsignedShort(frame + 3),
                    unsignedShort(frame + 5),
                    identifiers,
                    jfif,
                    adobeTransform,
                    orientation);
        }

        /** Skips what is no marker: coded data, stuffed zeros, restart markers. */
        private int nextMarker() throws UndecodableImageException {
            while (position + 1 < content.length) {
                int next = unsigned(position + 1);
                boolean marker = content[position] == (byte) 0xFF && next != 0 && next != 0xFF;
                if (marker && !(next >= 0xD0 && next <= 0xD8) && next != 1) {
                    position += 2;
                    return next;
                }
                position += marker ? 2 : 1;
            }
            throw UndecodableImageException.cutOff("JPEG of " + content.length + " bytes has no end-of-image marker");
        }

        private void segment(int marker) throws UndecodableImageException {
            int length = position + 2 <= content.length ? unsignedShort(position) : Integer.MAX_VALUE - position;
            if (position + length > content.length) {
                throw UndecodableImageException.cutOff(
                        "JPEG of " + content.length + " bytes ends within segment 0x" + Integer.toHexString(marker));
            }
            if (length < 2) {
                throw UndecodableImageException.damaged("JPEG", "segment of " + length + " bytes, allowed are 2 up");
            }
            boolean frameHeader =
                    marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
            if (frameHeader && length >= 8 && frame < 0) {
                frame = position;
                frameProcess = marker - 0xC0;
            } else if (marker == APPLICATION_0 && hasText("JFIF\0", length)) {
                jfif = true;
            } else if (marker == APPLICATION_14 && hasText("Adobe", length) && length >= 14) {
                adobeTransform = unsigned(position + 13);
            } else if (marker == APPLICATION_1 && hasText("Exif\0\0", length) && orientation == Orientation.UPRIGHT) {
                orientation =
                        Orientation.ofTiff(Arrays.copyOfRange(content, position + 2 + EXIF.length, position + length));
            }
            if (marker == START_OF_SCAN && frame < 0) {
                throw UndecodableImageException.damaged("JPEG", "a scan before the frame header");
            }
            position += length;
        }

        private boolean hasText(String text, int length) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            return length >= 2 + bytes.length
                    && Arrays.equals(content, position + 2, position + 2 + bytes.length, bytes, 0, bytes.length);
        }

        private int unsigned(int index) {
            return content[index] & 0xFF;
        }

        private int unsignedShort(int index) {
            return unsigned(index) << 8 | unsigned(index + 1);
        }
    }
}
