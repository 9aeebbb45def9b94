package io.sparkconv.tensor;

import java.io.Serializable;
import java.util.stream.Collectors;

/**
 * An image made larger or smaller.
 *
 * @param size to which size
 * @param filter how pixels follow from the given ones
 * @param method whose resizing is followed
 */
public record Resize(Size size, ResizeFilter filter, ResizeMethod method) implements SizeChange {

    /** @throws IllegalArgumentException if the method has no such filter */
    public Resize {
        if (!method.filters().contains(filter)) {
            throw new IllegalArgumentException("Cannot resize with filter '" + filter.text() + "' as torchvision does:"
                    + " allowed are "
                    + method.filters().stream().map(ResizeFilter::text).collect(Collectors.joining(", ")));
        }
    }

    /** A size to which images of any size are brought. */
    public sealed interface Size extends Serializable permits ShorterSide, ExactSize {}

    /**
     * The shorter of height and width, as torchvision's {@code resize} of one number: the longer one becomes
     * {@code ⌊pixels · longer / shorter⌋}.
     *
     * @param pixels of the shorter side, at least 1
     */
    public record ShorterSide(int pixels) implements Size {
        /** @throws IllegalArgumentException if it is below 1 */
        public ShorterSide {
            requireExtents(pixels, pixels);
        }
    }

    /**
     * Height and width, whatever the image's.
     *
     * @param height extent along y, at least 1
     * @param width extent along x, at least 1
     */
    public record ExactSize(int height, int width) implements Size {
        /** @throws IllegalArgumentException if one is below 1 */
        public ExactSize {
            requireExtents(height, width);
        }
    }

    /** @throws IllegalArgumentException if the resized image would be larger than any shape can tell */
    @Override
    public Shape outputShape(Shape image) {
        if (size instanceof ExactSize exact) {
            return new Shape(image.channels(), image.depth(), exact.height(), exact.width());
        }
        int pixels = ((ShorterSide) size).pixels();
        boolean upright = image.width() <= image.height();
        long shorter = upright ? image.width() : image.height();
        long longer = (long) pixels * (upright ? image.height() : image.width()) / shorter;
        if (longer > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("Cannot resize an image of " + image + " to a shorter side of " + pixels
                    + ": the longer one would be " + longer + ", at most " + Integer.MAX_VALUE + " is allowed");
        }
        return new Shape(
                image.channels(), image.depth(), upright ? (int) longer : pixels, upright ? pixels : (int) longer);
    }

    private static void requireExtents(int height, int width) {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "Cannot resize an image to " + height + " × " + width + ": every extent must be at least 1");
        }
    }
}
