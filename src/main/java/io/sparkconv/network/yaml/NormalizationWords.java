package io.sparkconv.network.yaml;

import io.sparkconv.network.BatchNormalization;
import io.sparkconv.network.Channelwise;
import io.sparkconv.network.LayerNormalization;
import io.sparkconv.network.LocalResponseNormalization;
import io.sparkconv.network.LpNormalization;
import io.sparkconv.network.NormalizationStatistics;
import io.sparkconv.network.Softmax;
import java.util.Arrays;
import java.util.List;

/** What {@link NormalizationReader} reads. */
final class NormalizationWords {
    private NormalizationWords() {}

    /** With mean 0, variance 1 and epsilon 0 factor and addend come back in every bit. */
    static List<Words> batch(BatchNormalization layer, WrittenPlace place) {
        int channels = layer.factor().length;
        float[] means = new float[channels];
        float[] variances = new float[channels];
        Arrays.fill(variances, 1f);
        for (int channel = 0; channel < channels; channel++) {
            // the addend minus this mean times the factor stays −0 where it is −0
            means[channel] = Math.copySign(0f, layer.factor()[channel]);
        }
        return List.of(Words.of("batch_norm" + place.dimensions() + "d")
                .put("num_features", channels)
                .put("eps", 0)
                .tensor("weight", layer.factor(), channels)
                .tensor("bias", layer.addend(), channels)
                .tensor("running_mean", means, channels)
                .tensor("running_var", variances, channels));
    }

    /** The statistics stand for themselves and for the layer that uses them. */
    static List<Words> statistics(NormalizationStatistics layer, WrittenPlace place) {
        int channels = layer.scale().length;
        Words words = layer.groups() == channels
                ? Words.of("instance_norm" + place.dimensions() + "d")
                        .put("num_features", channels)
                        .set("affine")
                : Words.of("group_norm").put("num_groups", layer.groups()).put("num_channels", channels);
        return List.of(words.put("eps", layer.epsilon())
                .tensor("weight", layer.scale(), channels)
                .tensor("bias", layer.bias(), channels));
    }

    static List<Words> channelwise(Channelwise layer, WrittenPlace place) {
        if (layer.function() instanceof Softmax softmax) {
            return List.of(Words.of(softmax.description()));
        }
        if (layer.function() instanceof LpNormalization normalization) {
            return List.of(Words.of("normalize").put("p", normalization.power()));
        }
        return layer.function() instanceof LayerNormalization normalization
                ? layer(normalization, place.input().channels())
                : List.of();
    }

    private static List<Words> layer(LayerNormalization layer, int channels) {
        Words words = Words.of("layer_norm").put("normalized_shape", channels).put("eps", layer.epsilon());
        if (layer.scale() == null) {
            return layer.bias() == null ? List.of(words.clear("elementwise_affine")) : List.of();
        }
        words.tensor("weight", layer.scale(), channels);
        return List.of(layer.bias() == null ? words.clear("bias") : words.tensor("bias", layer.bias(), channels));
    }

    static List<Words> localResponse(LocalResponseNormalization layer, WrittenPlace place) {
        Words words = Words.of("local_response_norm")
                .put("size", layer.size())
                .put("alpha", layer.alpha())
                .put("beta", layer.beta())
                .put("k", layer.bias());
        return List.of(layer.size() % 2 == 0 ? words.put("larger_half", "after") : words);
    }
}
