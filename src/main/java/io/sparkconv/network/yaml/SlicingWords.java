package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sparkconv.network.MapSlice;
import io.sparkconv.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What {@link SlicingReader} reads. */
final class SlicingWords {
    /** No end, or no start. */
    static final String NONE = "none";

    private static final int CHANNELS = 1;
    /** An axis in front of the network's. */
    private static final int UNNAMED = 0;

    private SlicingWords() {}

    /** From which side of an axis a position is counted. */
    private enum Side {
        BEGIN,
        END
    }

    /**
     * One axis of a map.
     *
     * @param dim its number in a network file: 1 is the channels, space begins with 2
     * @param range what is taken of it
     * @param extent its extent
     */
    private record Axis(int dim, MapSlice.Range range, int extent) {
        boolean isWhole() {
            return range.begin() == 0 && range.step() == 1 && range.extent() == extent;
        }

        int start(Side side) {
            return side == Side.BEGIN ? range.begin() : range.begin() - extent;
        }

        /** Null where everything from the start on is taken. */
        Integer end(Side side) {
            int end = range.begin() + (range.extent() - 1) * range.step() + Integer.signum(range.step());
            if (end < 0 || side == Side.END && end >= extent) {
                return null;
            }
            return side == Side.BEGIN ? end : (Integer) (end - extent);
        }
    }

    /** With positions counted from either side: for one extent they say the same. */
    static List<Words> of(MapSlice layer, WrittenPlace place) {
        Shape input = place.input();
        int first = place.dimensions() - 1; // number of the axis z
        List<Axis> axes = Stream.of(
                        new Axis(CHANNELS, layer.channels(), input.channels()),
                        new Axis(first > CHANNELS ? first : UNNAMED, layer.z(), input.depth()),
                        new Axis(first + 1 > CHANNELS ? first + 1 : UNNAMED, layer.y(), input.height()),
                        new Axis(first + 2, layer.x(), input.width()))
                .filter(axis -> !axis.isWhole())
                .toList();
        if (axes.isEmpty()) {
            return List.of(Words.of("identity"));
        }
        List<Words> all = new ArrayList<>();
        for (Side start : Side.values()) {
            for (Side end : Side.values()) {
                all.add(words(axes, start, end));
            }
        }
        return axes.stream().noneMatch(axis -> axis.dim() == UNNAMED) ? all : List.of();
    }

    private static Words words(List<Axis> axes, Side start, Side end) {
        ArrayNode dims = JsonNodeFactory.instance.arrayNode();
        ArrayNode starts = JsonNodeFactory.instance.arrayNode();
        ArrayNode ends = JsonNodeFactory.instance.arrayNode();
        ArrayNode steps = JsonNodeFactory.instance.arrayNode();
        for (Axis axis : axes) {
            // the number of channels is the same for all images
            boolean isChannels = axis.dim() == CHANNELS;
            Integer last = axis.end(isChannels ? Side.BEGIN : end);
            dims.add(axis.dim());
            starts.add(axis.start(isChannels ? Side.BEGIN : start));
            steps.add(axis.range().step());
            if (last == null) {
                ends.add(NONE);
            } else {
                ends.add(last);
            }
        }
        Words words = Words.of("slice");
        put(words, "dim", dims);
        put(words, "start", starts);
        put(words, "end", ends);
        put(words, "step", steps);
        return words;
    }

    /** One value where there is one axis. */
    private static void put(Words words, String key, ArrayNode values) {
        words.body().set(key, values.size() == 1 ? values.get(0) : values);
    }
}
