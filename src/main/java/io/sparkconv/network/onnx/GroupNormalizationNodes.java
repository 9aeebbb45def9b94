package io.sparkconv.network.onnx;

import io.sparkconv.network.NormalizationStatistics;
import io.sparkconv.network.ScaledMap;
import io.sparkconv.network.evaluation.Tensor;
import io.sparkconv.network.onnx.NetworkBuilder.Size;
import java.util.Arrays;
import java.util.List;

/**
 * Group normalization as exporters write it for operator sets without one: an image is reshaped to {@code (1, group, all else)}, instance
 * normalization goes over that, and a reshape brings back the image.
 */
final class GroupNormalizationNodes {
    private GroupNormalizationNodes() {}

    /** The nodes that a reshape and those after it have become layers with; none where it doesn't begin such a chain. */
    static List<OnnxNode> convert(NetworkBuilder builder, OnnxNode reshape) {
        MapValue value = reshape.operation().name().equals("Reshape") ? builder.value(reshape, 0) : null;
        if (value == null || !value.type().isFloat() || !builder.areKnown(reshape, 1)) {
            return List.of();
        }
        OnnxNode normalization = builder.onlyReader(reshape.outputs().get(0), "InstanceNormalization");
        OnnxNode back = normalization == null || !builder.areKnown(normalization, 1)
                ? null
                : builder.onlyReader(normalization.outputs().get(0), "Reshape");
        if (back == null) {
            return List.of();
        }
        int[] divided = builder.output(reshape, 0).shape();
        int[] shape = value.shape();
        boolean fits = divided.length >= 3
                && divided[0] == 1
                && shape.length >= 3
                && shape[0] == 1
                && shape[1] % divided[1] == 0
                && Arrays.equals(builder.output(back, 0).shape(), shape)
                && builder.resolved(value).liesOn(MapAxis.usual(shape.length));
        if (!fits) {
            return List.of();
        }
        MapValue image = builder.image(value);
        int repeats = shape[1] / divided[1];
        NormalizationStatistics layer = new NormalizationStatistics(
                divided[1],
                repeated(builder.tensor(normalization, 1), repeats),
                repeated(builder.tensor(normalization, 2), repeats),
                normalization.operation().attributes().real("epsilon", 1e-5f));
        String output = back.outputs().get(0);
        String statistics = builder.add(output + " statistics", layer, Size.ANY, List.of(image.layer()));
        builder.give(back, 0, new ScaledMap(), Size.ANY, List.of(image.layer(), statistics), image.axes());
        return List.of(reshape, normalization, back);
    }

    /** A value a group as one a channel. */
    private static float[] repeated(Tensor groups, int repeats) {
        float[] channels = new float[groups.size() * repeats];
        for (int channel = 0; channel < channels.length; channel++) {
            channels[channel] = groups.floats()[channel / repeats];
        }
        return channels;
    }
}
