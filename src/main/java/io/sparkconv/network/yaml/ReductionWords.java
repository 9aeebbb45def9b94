package io.sparkconv.network.yaml;

import io.sparkconv.network.ChannelReduction;
import io.sparkconv.network.GlobalSum;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What {@link ReductionReader} reads. */
final class ReductionWords {
    private static final Map<ChannelReduction.Kind, String> NAMES = Map.of(
            ChannelReduction.Kind.MEAN, "mean",
            ChannelReduction.Kind.SUM, "sum",
            ChannelReduction.Kind.MAX, "amax",
            ChannelReduction.Kind.MIN, "amin",
            ChannelReduction.Kind.ARG_MAX, "argmax",
            ChannelReduction.Kind.ARG_MIN, "argmin");

    private ReductionWords() {}

    static List<Words> ofChannels(ChannelReduction layer, WrittenPlace place) {
        return List.of(Words.of(NAMES.get(layer.kind())).put("dim", 1));
    }

    static List<Words> sum(GlobalSum layer, WrittenPlace place) {
        return List.of(ofSpace("sum", place));
    }

    private static Words ofSpace(String operation, WrittenPlace place) {
        return Words.of(operation)
                .putList("dim", IntStream.range(2, 2 + place.dimensions()).toArray());
    }
}
