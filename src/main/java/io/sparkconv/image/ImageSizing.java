package io.sparkconv.image;

import io.sparkconv.tensor.CenterCrop;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Resize;
import io.sparkconv.tensor.ResizeFilter;
import io.sparkconv.tensor.ResizeMethod;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.SizeChange;
import java.util.List;

/**
 * Brings images to the size that a network takes. Every channel and every slice along z is resized by itself, alpha as well. The
 * values of an image of {@link ElementType#UINT8} stay whole numbers of 0 to 255; others are neither rounded nor cut off.
 */
public final class ImageSizing {
    private ImageSizing() {}

    /**
     * An image after some changes, one after the other; the given one where there are none.
     *
     * @param storage the type that holds the image's values without loss, which decides how they are rounded
     * @throws IllegalArgumentException if the resized image does not fit in one array or the heap
     */
    public static FeatureMap apply(List<SizeChange> changes, FeatureMap image, ElementType storage) {
        FeatureMap map = image;
        for (int i = 0; i < changes.size(); i++) {
            if (changes.get(i) instanceof CenterCrop crop) {
                map = cropped(map, crop);
            } else if (i + 1 < changes.size() && changes.get(i + 1) instanceof CenterCrop crop) {
                map = resized(map, (Resize) changes.get(i), crop, storage);
                i++;
            } else {
                Resize resize = (Resize) changes.get(i);
                Shape whole = resize.outputShape(map.shape());
                map = resized(map, resize, new CenterCrop(whole.height(), whole.width()), storage);
            }
        }
        return map;
    }

    private static FeatureMap cropped(FeatureMap image, CenterCrop crop) {
        Shape given = image.shape();
        FeatureMap target = zeros(given, crop.outputShape(given));
        int top = crop.top(given.height());
        int left = crop.left(given.width());
        int columns = Math.min(given.width(), crop.width());
        for (int plane = 0; plane < given.channels() * given.depth(); plane++) {
            for (int y = Math.max(0, -top); y < Math.min(crop.height(), given.height() - top); y++) {
                System.arraycopy(
                        image.values(),
                        (plane * given.height() + y + top) * given.width() + Math.max(0, left),
                        target.values(),
                        (plane * crop.height() + y) * crop.width() + Math.max(0, -left),
                        columns);
            }
        }
        return target;
    }

    /** Resizes an image, and computes no more than what is left of it by a crop. */
    private static FeatureMap resized(FeatureMap image, Resize resize, CenterCrop crop, ElementType storage) {
        Shape given = image.shape();
        Shape whole = resize.outputShape(given);
        if (whole.equals(given)) {
            return whole.equals(crop.outputShape(whole)) ? image : cropped(image, crop);
        }
        FeatureMap target = zeros(given, crop.outputShape(whole));
        int top = crop.top(whole.height());
        int left = crop.left(whole.width());
        ResampledAxis rows = axis(resize, given.height(), whole.height(), top, crop.height());
        ResampledAxis columns = axis(resize, given.width(), whole.width(), left, crop.width());
        boolean bytes = storage == ElementType.UINT8;
        boolean fixedPoint = bytes && resize.method() == ResizeMethod.PILLOW && resize.filter() != ResizeFilter.NEAREST;
        PlaneResampling resampling =
                fixedPoint ? new FixedPointResampling(rows, columns) : new FloatResampling(rows, columns);
        int begin = Math.max(0, -top) * crop.width() + Math.max(0, -left);
        int size = given.height() * given.width();
        for (int plane = 0; plane < given.channels() * given.depth(); plane++) {
            resampling.resample(
                    image.values(),
                    plane * size,
                    given.width(),
                    target.values(),
                    plane * crop.height() * crop.width() + begin,
                    crop.width());
        }
        if (bytes && resize.method() != ResizeMethod.PILLOW) {
            round(target.values());
        }
        return target;
    }

    /** The part of an axis that lies in a crop. */
    private static ResampledAxis axis(Resize resize, int given, int resized, int begin, int extent) {
        return ResampledAxis.of(
                resize.method(),
                resize.filter(),
                given,
                resized,
                Math.max(0, begin),
                Math.min(resized, begin + extent));
    }

    private static FeatureMap zeros(Shape given, Shape wanted) {
        long bytes = wanted.arrayLength() * (long) Float.BYTES;
        long heap = Runtime.getRuntime().maxMemory();
        if (bytes > heap) {
            throw new IllegalArgumentException("Cannot resize an image of " + given + " to " + wanted + ": it takes "
                    + bytes + " bytes, the heap's maximum is " + heap + " bytes");
        }
        return FeatureMap.zeros(wanted);
    }

    private static void round(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.rint(Math.max(0f, Math.min(255f, values[i])));
        }
    }
}
