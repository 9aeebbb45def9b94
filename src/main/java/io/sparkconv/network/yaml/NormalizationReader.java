package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkconv.network.BatchNormalization;
import io.sparkconv.network.ChannelFunction;
import io.sparkconv.network.Channelwise;
import io.sparkconv.network.Layer;
import io.sparkconv.network.LayerNormalization;
import io.sparkconv.network.LocalResponseNormalization;
import io.sparkconv.network.LpNormalization;
import io.sparkconv.network.NormalizationStatistics;
import io.sparkconv.network.Softmax;
import io.sparkconv.network.yaml.Fields.Flag;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/** Reads PyTorch's {@code BatchNorm}, {@code InstanceNorm}, {@code GroupNorm}, {@code LayerNorm} and others that make values comparable. */
final class NormalizationReader {
    private NormalizationReader() {}

    static Layer batch(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, List.of("num_features", "eps", "affine"));
        int channels = channels(fields, "num_features", place);
        double epsilon = epsilon(fields);
        boolean affine = fields.flag("affine", Flag.TRUE);
        return BatchNormalization.of(
                affine ? place.tensor("weight", channels) : null,
                affine ? place.tensor("bias", channels) : null,
                place.tensor("running_mean", channels),
                place.tensor("running_var", channels),
                epsilon);
    }

    private static int channels(Fields fields, String key, Place place) {
        int channels = fields.whole(key, 1);
        place.requireChannels(key, channels);
        return channels;
    }

    private static double epsilon(Fields fields) {
        double epsilon = fields.number("eps", 1e-5);
        if (epsilon < 0) {
            throw fields.refusal("eps", "a number from 0");
        }
        return epsilon;
    }

    static Layer instance(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, List.of("num_features", "eps", "affine"));
        int channels = channels(fields, "num_features", place);
        return statistics(channels, channels, fields, Flag.FALSE, place);
    }

    static Layer group(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, List.of("num_groups", "num_channels", "eps", "affine"));
        int channels = channels(fields, "num_channels", place);
        return statistics(fields.whole("num_groups", 1), channels, fields, Flag.TRUE, place);
    }

    private static Layer statistics(int groups, int channels, Fields fields, Flag affine, Place place) {
        double epsilon = epsilon(fields);
        boolean isAffine = fields.flag("affine", affine);
        float[] ones = new float[channels];
        Arrays.fill(ones, 1f);
        return new NormalizationStatistics(
                groups,
                isAffine ? place.tensor("weight", channels) : ones,
                isAffine ? place.tensor("bias", channels) : new float[channels],
                epsilon);
    }

    /** Over the channels of each pixel. */
    static Layer layer(JsonNode body, Place place) {
        Fields fields =
                Fields.of(place.operation(), body, List.of("normalized_shape", "eps", "elementwise_affine", "bias"));
        int channels = channels(fields, "normalized_shape", place);
        double epsilon = epsilon(fields);
        boolean affine = fields.flag("elementwise_affine", Flag.TRUE);
        boolean hasBias = fields.flag("bias", Flag.TRUE);
        return new Channelwise(new LayerNormalization(
                epsilon,
                affine ? place.tensor("weight", channels) : null,
                affine && hasBias ? place.tensor("bias", channels) : null));
    }

    static BiFunction<JsonNode, Place, Layer> softmax(Softmax.Form form) {
        return (body, place) -> channelwise(Fields.of(place.operation(), body, List.of("dim")), new Softmax(form));
    }

    /** {@code torch.nn.functional.normalize}. */
    static Layer power(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, List.of("p", "dim"));
        return channelwise(fields, new LpNormalization(fields.whole("p", 1, 2)));
    }

    private static Layer channelwise(Fields fields, ChannelFunction function) {
        if (fields.has("dim") && !fields.values().get("dim").asText().equals("1")) {
            throw fields.refusal("dim", "only 1, the channels,");
        }
        return new Channelwise(function);
    }

    /** Of an even size the larger half lies after, as in ONNX: PyTorch's lies before. */
    static Layer localResponse(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, List.of("size", "alpha", "beta", "k", "larger_half"));
        int size = fields.whole("size", 1);
        boolean isAfter = fields.text("larger_half", "").equals("after");
        if (fields.has("larger_half") && !isAfter) {
            throw fields.refusal("larger_half", "only after, as in ONNX,");
        }
        if (size % 2 == 0 && !isAfter) {
            throw fields.refusal("size", "an odd number, or with larger_half: after an even one,");
        }
        return new LocalResponseNormalization(
                size, (float) fields.number("alpha", 1e-4), (float) fields.number("beta", 0.75), (float)
                        fields.number("k", 1));
    }
}
