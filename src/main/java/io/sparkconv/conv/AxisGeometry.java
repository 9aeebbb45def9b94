package io.sparkconv.conv;

import io.sparkconv.tile.Interval;
import java.io.Serializable;

/**
 * A convolution's parameters on one axis. All sizes are pixels; arithmetic is in {@code long}, so that an impossible size
 * is refused and never wraps around.
 *
 * @param kernel extent of the kernel, at least 1
 * @param stride distance of windows (convolution) or of the copies of the kernel (transposed), at least 1
 * @param dilation distance of the kernel's taps, 1 for a dense kernel
 * @param before padding before the first pixel, at least 0
 * @param after padding after the last pixel, at least 0
 * @param outputPadding pixels that a transposed convolution's output is longer by; 0 for a convolution; below {@code
 *     max(stride, dilation)}
 */
public record AxisGeometry(int kernel, int stride, int dilation, int before, int after, int outputPadding)
        implements Serializable {

    /** The axis that a layer leaves as it is. */
    public static final AxisGeometry IDENTITY = new AxisGeometry(1, 1, 1, 0, 0, 0);

    /** @throws IllegalArgumentException if a parameter is outside what is allowed */
    public AxisGeometry {
        requireAtLeast("kernel size", kernel, 1);
        requireAtLeast("stride", stride, 1);
        requireAtLeast("dilation", dilation, 1);
        requireAtLeast("padding", before, 0);
        requireAtLeast("padding", after, 0);
        requireAtLeast("output padding", outputPadding, 0);
        if (outputPadding >= Math.max(stride, dilation)) {
            throw new IllegalArgumentException("Cannot use output padding " + outputPadding
                    + ": it must be smaller than the stride (" + stride + ") or the dilation (" + dilation + ")");
        }
    }

    /** A dense kernel with stride 1 and no padding. */
    public static AxisGeometry of(int kernel) {
        return new AxisGeometry(kernel, 1, 1, 0, 0, 0);
    }

    public AxisGeometry withStride(int newStride) {
        return new AxisGeometry(kernel, newStride, dilation, before, after, outputPadding);
    }

    public AxisGeometry withDilation(int newDilation) {
        return new AxisGeometry(kernel, stride, newDilation, before, after, outputPadding);
    }

    public AxisGeometry withPadding(int newBefore, int newAfter) {
        return new AxisGeometry(kernel, stride, dilation, newBefore, newAfter, outputPadding);
    }

    public AxisGeometry withOutputPadding(int newOutputPadding) {
        return new AxisGeometry(kernel, stride, dilation, before, after, newOutputPadding);
    }

    /**
     * PyTorch's {@code padding='same'}: pads {@code dilation · (kernel − 1)} in all, the smaller half before.
     *
     * @throws IllegalArgumentException if the stride is not 1
     */
    public AxisGeometry withSamePadding() {
        if (stride != 1) {
            throw new IllegalArgumentException(
                    "Cannot pad 'same' with stride " + stride + ": only stride 1 is allowed");
        }
        int total = Math.toIntExact(span() - 1);
        return withPadding(total / 2, total - total / 2);
    }

    /** Pixels from the first tap to the last, {@code dilation · (kernel − 1) + 1}. */
    public long span() {
        return (long) dilation * (kernel - 1) + 1;
    }

    /**
     * Extent of a convolution's output, {@code ⌊(input + before + after − dilation·(kernel − 1) − 1) / stride⌋ + 1}.
     *
     * @throws IllegalArgumentException if the padded input is shorter than the kernel's span
     */
    public long convolutionOutput(long input) {
        long padded = input + before + after;
        if (padded < span()) {
            throw new IllegalArgumentException("Cannot convolve an axis of " + input + " (" + padded
                    + " with padding) with a kernel of " + kernel + " at dilation " + dilation + ": it spans " + span()
                    + ", at least as many pixels are needed");
        }
        return (padded - span()) / stride + 1;
    }

    /**
     * Extent of a transposed convolution's output, {@code (input − 1)·stride − before − after + dilation·(kernel − 1) +
     * outputPadding + 1}.
     *
     * @throws IllegalArgumentException if that is below 1
     */
    public long transposedOutput(long input) {
        long output = (input - 1) * stride - before - after + span() + outputPadding;
        if (output < 1) {
            throw new IllegalArgumentException("Cannot convolve an axis of " + input + " transposed: kernel " + kernel
                    + ", stride " + stride + ", dilation " + dilation + ", padding " + before + " + " + after
                    + ", output padding " + outputPadding + " give an output of " + output
                    + ", at least 1 is needed");
        }
        return output;
    }

    /** Pixels that a transposed convolution may need before its input, {@code ⌊(dilation·(kernel − 1) − before) / stride⌋}. */
    public long transposedExtensionBefore() {
        return Math.max(0, Math.floorDiv(span() - 1 - before, (long) stride));
    }

    /**
     * Pixels that a transposed convolution may need after its input, {@code ⌊(dilation·(kernel − 1) + outputPadding −
     * after) / stride⌋}.
     */
    public long transposedExtensionAfter() {
        return Math.max(0, Math.floorDiv(span() - 1 + outputPadding - after, (long) stride));
    }

    /**
     * The smallest interval of a convolution's input that holds every pixel that can move an output in the target; not
     * clipped to the input.
     */
    public Interval convolutionSource(Interval target) {
        if (target.isEmpty()) {
            return new Interval(0, 0);
        }
        long begin = (long) target.begin() * stride - before;
        long end = (target.end() - 1L) * stride - before + span();
        return new Interval(Math.toIntExact(begin), Math.toIntExact(end));
    }

    private static void requireAtLeast(String what, int actual, int least) {
        if (actual < least) {
            throw new IllegalArgumentException("Cannot use " + what + " " + actual + ": it must be at least " + least);
        }
    }
}
