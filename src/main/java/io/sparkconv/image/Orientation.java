package io.sparkconv.image;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;

/**
 * How the stored rows and columns of a picture are to be shown: tag 274 of TIFF 6.0 and Exif 2.32, in the order of its
 * values 1 to 8.
 */
enum Orientation {
    UPRIGHT,
    MIRRORED,
    ROTATED_180,
    MIRRORED_VERTICALLY,
    TRANSPOSED,
    ROTATED_90_CLOCKWISE,
    TRANSPOSED_ACROSS,
    ROTATED_270_CLOCKWISE;

    /**
     * The orientation that a TIFF structure names in its first directory. Metadata that cannot be read does not make
     * the pixels unreadable: the picture is then upright, as it is where the tag is missing.
     */
    static Orientation ofTiff(byte[] tiff) {
        try {
            Metadata metadata = new Metadata();
            new ExifReader().extract(new ByteArrayReader(tiff), metadata);
            ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
            Integer value = directory == null ? null : directory.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
            return value == null || value < 1 || value > 8 ? UPRIGHT : values()[value - 1];
        } catch (RuntimeException e) {
            return UPRIGHT;
        }
    }

    /** Bytes that {@link #apply} takes for each value. */
    int workingBytes() {
        return this == UPRIGHT ? 0 : 4;
    }

    /** The picture as it is to be shown; the given one itself if that is upright. */
    FeatureMap apply(FeatureMap stored) {
        if (this == UPRIGHT) {
            return stored;
        }
        int height = stored.shape().height();
        int width = stored.shape().width();
        boolean swapped = ordinal() >= TRANSPOSED.ordinal();
        Shape shape = new Shape(stored.shape().channels(), 1, swapped ? width : height, swapped ? height : width);
        int origin = origin(height, width);
        int columnStep = columnStep(width);
        int rowStep = rowStep(width);
        float[] values = new float[stored.values().length]; // (channel, y, x)
        int target = 0;
        for (int channel = 0; channel < shape.channels(); channel++) {
            for (int y = 0; y < shape.height(); y++) {
                int source = channel * height * width + origin + y * rowStep;
                for (int x = 0; x < shape.width(); x++) {
                    values[target++] = stored.values()[source];
                    source += columnStep;
                }
            }
        }
        return new FeatureMap(shape, values);
    }

    /** Position in the stored picture of the shown one's first pixel. */
    private int origin(int height, int width) {
        return switch (this) {
            case UPRIGHT, TRANSPOSED -> 0;
            case MIRRORED, ROTATED_270_CLOCKWISE -> width - 1;
            case ROTATED_180, TRANSPOSED_ACROSS -> height * width - 1;
            case MIRRORED_VERTICALLY, ROTATED_90_CLOCKWISE -> (height - 1) * width;
        };
    }

    /** Distance in the stored picture for one step to the right in the shown one. */
    private int columnStep(int width) {
        return switch (this) {
            case UPRIGHT, MIRRORED_VERTICALLY -> 1;
            case MIRRORED, ROTATED_180 -> -1;
            case TRANSPOSED, ROTATED_270_CLOCKWISE -> width;
            case ROTATED_90_CLOCKWISE, TRANSPOSED_ACROSS -> -width;
        };
    }

    /** Distance in the stored picture for one step down in the shown one. */
    private int rowStep(int width) {
        return switch (this) {
            case UPRIGHT, MIRRORED -> width;
            case ROTATED_180, MIRRORED_VERTICALLY -> -width;
            case TRANSPOSED, ROTATED_90_CLOCKWISE -> 1;
            case TRANSPOSED_ACROSS, ROTATED_270_CLOCKWISE -> -1;
        };
    }
}
