package io.sparkconv.network.evaluation;

import io.sparkconv.conv.AxisGeometry;
import java.util.Arrays;
import java.util.List;

/**
 * The attributes that convolutions and pooling share: {@code kernel_shape}, {@code strides}, {@code dilations}, {@code
 * pads}, {@code auto_pad}.
 */
public record WindowAttributes(int[] kernel, int[] strides, int[] dilations, int[] pads, AutoPad autoPad) {

    /** {@code auto_pad}. */
    public enum AutoPad {
        NOTSET,
        VALID,
        /** The odd pixel after. */
        SAME_UPPER,
        /** The odd pixel before. */
        SAME_LOWER
    }

    /** @param axes number of spatial axes */
    public static WindowAttributes of(Operation operation, int[] kernel, int axes) {
        Attributes attributes = operation.attributes();
        int[] own = attributes.counts("kernel_shape");
        if (own != null && kernel != null && !Arrays.equals(own, kernel)) {
            throw new IllegalArgumentException("attribute kernel_shape is " + Arrays.toString(own)
                    + ", the weights' kernel is " + Arrays.toString(kernel));
        }
        String autoPad = attributes.oneOf("auto_pad", "NOTSET", List.of("NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER"));
        int[] window = kernel != null ? kernel : ShapeOperators.required(own, "kernel_shape");
        if (axes < 1 || axes > 3 || window.length != axes) {
            throw new IllegalArgumentException(
                    "attribute kernel_shape has " + window.length + " numbers for a tensor of " + axes
                            + " axes of space: 1 to 3 axes are supported, with a number for each");
        }
        return new WindowAttributes(
                window,
                numbers(attributes, "strides", axes, 1),
                numbers(attributes, "dilations", axes, 1),
                numbers(attributes, "pads", 2 * axes, 0),
                AutoPad.valueOf(autoPad));
    }

    static int[] numbers(Attributes attributes, String name, int count, int standard) {
        int[] numbers = attributes.counts(name);
        if (numbers == null || numbers.length == 0) {
            numbers = new int[count];
            Arrays.fill(numbers, standard);
        }
        if (numbers.length != count) {
            throw new IllegalArgumentException(
                    "attribute " + name + " has " + numbers.length + " numbers, " + count + " are needed");
        }
        return numbers;
    }

    /** Whether padding depends on the input's size. */
    public boolean dependsOnSize() {
        return (autoPad == AutoPad.SAME_LOWER || autoPad == AutoPad.SAME_UPPER)
                && Arrays.stream(strides).anyMatch(stride -> stride != 1);
    }

    /** An axis without its padding. */
    AxisGeometry unpadded(int axis) {
        return AxisGeometry.of(kernel[axis]).withStride(strides[axis]).withDilation(dilations[axis]);
    }

    /** One spatial axis of a convolution or a pooling. */
    AxisGeometry axis(int axis, int input) {
        AxisGeometry own = unpadded(axis);
        return switch (autoPad) {
            case NOTSET -> own.withPadding(pads[axis], pads[axis + kernel.length]);
            case VALID -> own;
            case SAME_UPPER, SAME_LOWER -> {
                long output = (input + own.stride() - 1L) / own.stride();
                int total = Math.toIntExact(Math.max(0, (output - 1) * own.stride() + own.span() - input));
                int before = autoPad == AutoPad.SAME_UPPER ? total / 2 : total - total / 2;
                yield own.withPadding(before, total - before);
            }
        };
    }

    /** Geometry along z, y and x; axes that the tensor doesn't have stay as they are. */
    AxisGeometry[] axes(int[] shape) {
        AxisGeometry[] all = {AxisGeometry.IDENTITY, AxisGeometry.IDENTITY, AxisGeometry.IDENTITY};
        for (int axis = 0; axis < kernel.length; axis++) {
            all[3 - kernel.length + axis] = axis(axis, shape[2 + axis]);
        }
        return all;
    }
}
