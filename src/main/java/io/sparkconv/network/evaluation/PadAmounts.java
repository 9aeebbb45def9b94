package io.sparkconv.network.evaluation;

import java.util.Arrays;
import java.util.List;

/**
 * What {@code Pad} adds to each axis.
 *
 * @param mode {@code constant}, {@code reflect}, {@code edge} or {@code wrap}
 * @param before for each axis; negative to cut off
 * @param after for each axis; negative to cut off
 * @param constant the value of {@code constant}; null for 0
 */
public record PadAmounts(String mode, int[] before, int[] after, Tensor constant) {
    private static final List<String> MODES = List.of("constant", "reflect", "edge", "wrap");

    /** From attributes (before opset 11) or inputs. */
    public static PadAmounts of(Operation operation, List<Tensor> inputs) {
        Attributes attributes = operation.attributes();
        String mode = attributes.oneOf("mode", "constant", MODES);
        int rank = inputs.get(0).rank();
        boolean isInput = inputs.size() > 1 && inputs.get(1) != null;
        int[] pads = isInput
                ? inputs.get(1).clampedIntegers()
                : attributes.counts(attributes.has("pads") ? "pads" : "paddings");
        ShapeOperators.required(pads, "pads");
        long[] axes = isInput && inputs.size() > 3 && inputs.get(3) != null
                ? inputs.get(3).integers()
                : null;
        int count = axes == null ? rank : axes.length;
        if (pads.length != 2 * count) {
            throw new IllegalArgumentException(
                    "Cannot pad a tensor of " + Tensor.text(inputs.get(0).shape()) + " by " + Arrays.toString(pads)
                            + ": two numbers an axis are needed");
        }
        int[] before = new int[rank];
        int[] after = new int[rank];
        for (int i = 0; i < count; i++) {
            int axis = axes == null ? i : inputs.get(0).axis(axes[i]);
            before[axis] = pads[i];
            after[axis] = pads[count + i];
        }
        Tensor constant = isInput
                ? inputs.size() > 2 ? inputs.get(2) : null
                : attributes.has("value") ? Tensor.of(new float[] {attributes.real("value", 0)}) : null;
        return new PadAmounts(mode, before, after, constant);
    }
}
