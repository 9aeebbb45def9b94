package io.sparkconv.network.yaml;

import io.sparkconv.network.ChannelReduction;
import io.sparkconv.network.ChannelSelection;
import io.sparkconv.network.Combination;
import io.sparkconv.network.Concatenation;
import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.GatheredMap;
import io.sparkconv.network.Layer;
import io.sparkconv.network.Slicing;
import io.sparkconv.network.SpaceRearrangement;
import io.sparkconv.network.UnfoldedMap;
import io.sparkconv.network.evaluation.TensorLayer;
import java.util.Collections;
import java.util.List;

/** How many channels a layer makes. */
final class ChannelCount {
    private ChannelCount() {}

    /**
     * @param inputs channels of its inputs, {@link Place#UNKNOWN} where they depend on the image's size
     * @return {@link Place#UNKNOWN} where they do
     */
    static int of(Layer layer, List<Integer> inputs) {
        if (layer instanceof ConvolutionLayer convolution) {
            return convolution.operator().geometry().outputChannels();
        }
        if (layer instanceof ChannelReduction) {
            return 1;
        }
        if (layer instanceof ChannelSelection selection) {
            return selection.channels().length;
        }
        if (layer instanceof UnfoldedMap unfolded) {
            return unfolded.map().channels();
        }
        if (layer instanceof TensorLayer tensor) {
            return tensor.size();
        }
        if (layer instanceof GatheredMap || inputs.contains(Place.UNKNOWN)) {
            return Place.UNKNOWN;
        }
        if (layer instanceof Slicing slicing) {
            return slicing.channelsOf(inputs.get(0));
        }
        if (layer instanceof SpaceRearrangement rearrangement) {
            return rearranged(rearrangement, inputs.get(0));
        }
        if (layer instanceof Concatenation) {
            return inputs.stream().reduce(0, Math::addExact);
        }
        int most = Collections.max(inputs); // several have one number, or 1 where it is broadcast
        return layer instanceof Combination combination ? Math.max(most, constants(combination)) : most;
    }

    private static int rearranged(SpaceRearrangement layer, int input) {
        int block = Math.multiplyExact(layer.height(), layer.width());
        if (layer.direction() == SpaceRearrangement.Direction.SPACE_TO_DEPTH) {
            return Math.multiplyExact(input, block);
        }
        if (input % block != 0) {
            throw new IllegalArgumentException("it moves " + input + " channels to blocks of " + layer.height() + " × "
                    + layer.width() + ": a multiple of " + block + " is needed");
        }
        return input / block;
    }

    private static int constants(Combination layer) {
        return layer.operands().stream()
                .filter(operand -> operand.values() != null)
                .mapToInt(operand -> operand.shape().channels())
                .max()
                .orElse(1);
    }
}
