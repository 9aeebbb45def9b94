package io.sparkconv.network;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import java.io.Serializable;
import java.util.function.ToIntFunction;

/**
 * Where a pooling layer's windows lie.
 *
 * @param z kernel, stride, dilation and padding along the depth
 * @param y along the height
 * @param x along the width
 * @param rounding what happens to a last window that is not whole
 */
public record PoolingWindow(AxisGeometry z, AxisGeometry y, AxisGeometry x, Rounding rounding) implements Serializable {
    /** Pixels of a window that may be larger than its input, by padding: 1024 × 1024. A damaged model's could fill the memory. */
    private static final long LARGEST_BEYOND_INPUT = 1 << 20;

    /** PyTorch's {@code ceil_mode}. */
    public enum Rounding {
        /** Only whole windows. */
        FLOOR,
        /** Also a last window that reaches beyond the padded input, if it begins within input and padding before. */
        CEILING
    }

    /**
     * This window under PyTorch's rule for its padding.
     *
     * @throws IllegalArgumentException if a padding is more than half of its window's span
     */
    public PoolingWindow requireHalfPadding() {
        return requirePadding(2, "half the window");
    }

    /**
     * This window under ONNX's rule for its padding.
     *
     * @throws IllegalArgumentException if a padding is longer than its window's span
     */
    public PoolingWindow requireWholePadding() {
        return requirePadding(1, "the window");
    }

    private PoolingWindow requirePadding(int part, String rule) {
        for (AxisGeometry axis : new AxisGeometry[] {z, y, x}) {
            int longest = Math.max(axis.before(), axis.after());
            if (longest > axis.span() / part) {
                throw new IllegalArgumentException("Cannot pad a pooling window of " + axis.kernel() + " by " + longest
                        + ": at most " + rule + " (" + axis.span() / part + ") is allowed");
            }
        }
        return this;
    }

    /** @throws IllegalArgumentException if the input is smaller than a window, or windows are far larger than it */
    Shape outputShape(Shape input) {
        double pixels = (double) z.span() * y.span() * x.span();
        long most = Math.max(LARGEST_BEYOND_INPUT, input.pixels());
        if (pixels > most) {
            throw new IllegalArgumentException("Cannot pool a map of " + input + " with windows that span " + z.span()
                    + " × " + y.span() + " × " + x.span() + " pixels: at most " + most + " in all are allowed");
        }
        return new Shape(
                input.channels(),
                outputExtent(z, input.depth()),
                outputExtent(y, input.height()),
                outputExtent(x, input.width()));
    }

    private int outputExtent(AxisGeometry axis, int input) {
        long padded = (long) input + axis.before() + axis.after();
        // rounding up, a window may reach beyond the padded input by less than a stride, also the only one
        long beyond = rounding == Rounding.CEILING ? axis.stride() - 1 : 0;
        if (padded + beyond < axis.span()) {
            throw new IllegalArgumentException("Cannot pool an axis of " + input + " (" + padded
                    + " with padding) with windows of " + axis.kernel() + " at dilation " + axis.dilation()
                    + ": they span " + axis.span() + ", at least " + (axis.span() - beyond) + " pixels are needed");
        }
        long last = (padded + beyond - axis.span()) / axis.stride();
        boolean lastBeginsInside = last * axis.stride() < (long) input + axis.before();
        return Math.toIntExact(rounding == Rounding.FLOOR || lastBeginsInside ? last + 1 : last);
    }

    Region requiredSource(Region target) {
        return new Region(
                z.convolutionSource(target.z()), y.convolutionSource(target.y()), x.convolutionSource(target.x()));
    }

    String description() {
        return axes(AxisGeometry::kernel) + ", stride " + axes(AxisGeometry::stride);
    }

    private String axes(ToIntFunction<AxisGeometry> value) {
        String plane = value.applyAsInt(y) + " × " + value.applyAsInt(x);
        return z.equals(AxisGeometry.IDENTITY) ? plane : value.applyAsInt(z) + " × " + plane;
    }

    /** The window of one output, in input coordinates; neither clipped to the input nor to its padding. */
    static Interval window(AxisGeometry axis, int output) {
        return axis.convolutionSource(new Interval(output, output + 1));
    }
}
