package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sparkconv.network.MapSlice;
import io.sparkconv.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;
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
        // two bits an axis: the sides of its start and of its end
        List<Words> all = IntStream.range(0, 1 << 2 * axes.size())
                .mapToObj(sides -> words(axes, sides))
                .toList();
        return axes.stream().noneMatch(axis -> axis.dim() == UNNAMED) ? all : List.of();
    }

    private static Words words(List<Axis> axes, int sides) {
        ArrayNode dims = JsonNodeFactory.instance.arrayNode();
        ArrayNode starts = JsonNodeFactory.instance.arrayNode();
        ArrayNode ends = JsonNodeFactory.instance.arrayNode();
        ArrayNode steps = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < axes.size(); i++) {
            Axis axis = axes.get(i);
            // the number of channels is the same for all images
            int own = axis.dim() == CHANNELS ? 0 : sides >> 2 * i & 3;
            Integer last = axis.end((own & 1) == 0 ? Side.BEGIN : Side.END);
            dims.add(axis.dim());
            starts.add(axis.start((own & 2) == 0 ? Side.BEGIN : Side.END));
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
