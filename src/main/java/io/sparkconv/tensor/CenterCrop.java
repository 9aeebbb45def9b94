package io.sparkconv.tensor;

/**
 * The middle of an image, as torchvision's {@code center_crop} takes it: from row {@code (image height − height) / 2} on, a half
 * rounded to the even number, and the same on x. Where the image is smaller, zeros surround it, the odd one behind it.
 *
 * @param height extent along y, at least 1
 * @param width extent along x, at least 1
 */
public record CenterCrop(int height, int width) implements SizeChange {

    /** @throws IllegalArgumentException if an extent is below 1 */
    public CenterCrop {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "Cannot crop an image to " + height + " × " + width + ": every extent must be at least 1");
        }
    }

    @Override
    public Shape outputShape(Shape image) {
        return new Shape(image.channels(), image.depth(), height, width);
    }

    /** Row of the image that becomes the first one; below 0 where zeros stand above the image. */
    public int top(int imageHeight) {
        return begin(imageHeight, height);
    }

    /** Column of the image that becomes the first one; below 0 where zeros stand before the image. */
    public int left(int imageWidth) {
        return begin(imageWidth, width);
    }

    private static int begin(int given, int wanted) {
        return given < wanted ? -((wanted - given) / 2) : (int) Math.rint((given - wanted) / 2.0);
    }
}
