package io.sparkconv.image;

import java.util.HexFormat;
import java.util.Optional;

/**
 * Decodes image files to feature maps. The format is recognised by the content, never by a name:
 *
 * <ul>
 *   <li>JPEG (ITU T.81; baseline, extended and progressive, 8 bits): gray or RGB; CMYK and
 *       YCCK become RGB by (1−C)·(1−K);
 *   <li>PNG (ISO 15948): gray, gray and alpha, RGB, RGBA with 8 or 16 bits; gray of 1, 2 and 4 bits is scaled to 0–255,
 *       a palette becomes RGB; what the transparency chunk says becomes an alpha channel;
 *   <li>TIFF 6.0: the first page, 1 to 32 bits or float;
 *   <li>BMP, GIF (first frame on its canvas): palettes become RGB, a BMP's or TIFF's palette of grays gray, transparency
 *       alpha;
 *   <li>WAV: channels × 1 × 1 × samples, −1 to 1, of PCM with 8, 16, 24, 32 bits and float;
 *   <li>NIfTI-1 ({@code .nii}, also compressed by gzip): channels (4th dimension) × depth × height × width, with slope
 *       and intercept applied;
 *   <li>NumPy's {@code .npy} as (c, [d, [h,]] w); an array of one axis is one channel.
 * </ul>
 *
 * Samples keep their values (no colour profile or gamma is applied). Pictures are turned upright as their Exif
 * orientation says. Decoding has no state and may run in many threads at once.
 */
public final class ImageDecoder {
    private ImageDecoder() {}

    /**
     * The pixels of a file.
     *
     * @param content the whole file
     * @throws UndecodableImageException if it is empty, of none of the formats, damaged, cut off, of a kind within its
     *     format that is not supported, or too large: its values must fit in one array, and decoding in the heap
     */
    public static DecodedImage decode(byte[] content) throws UndecodableImageException {
        return decode(content, DecodingLimits.ofThisProcess());
    }

    static DecodedImage decode(byte[] content, DecodingLimits limits) throws UndecodableImageException {
        if (content.length == 0) {
            throw UndecodableImageException.empty();
        }
        Optional<FileFormat> format = FileFormat.of(content);
        if (format.isEmpty()) {
            throw UndecodableImageException.notAnImage(content.length + " bytes beginning with 0x"
                    + HexFormat.of().formatHex(content, 0, Math.min(8, content.length))
                    + "; allowed are JPEG, PNG, TIFF, BMP, GIF, WAV, NIfTI-1 and .npy");
        }
        return format.get().reader().read(content, limits);
    }
}
