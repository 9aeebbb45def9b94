package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.sparkconv.conv.AxisGeometry;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The words for windows that move over a map.
 *
 * @param axes an operation's axes, in the order (z, y, x)
 */
record WindowWords(List<AxisGeometry> axes) {

    /** The axes of the network, or more where those in front don't stay as they are. */
    static WindowWords of(AxisGeometry z, AxisGeometry y, AxisGeometry x, WrittenPlace place) {
        return new WindowWords(List.of(z, y, x).subList(3 - place.dimensions(z, y), 3));
    }

    int count() {
        return axes.size();
    }

    int[] values(ToIntFunction<AxisGeometry> value) {
        return axes.stream().mapToInt(value).toArray();
    }

    void put(Words words, String key, ToIntFunction<AxisGeometry> value, int usual) {
        words.putSizes(key, values(value), usual);
    }

    /** Numbers where both sides are equal. */
    void putPadding(Words words) {
        if (axes.stream().allMatch(axis -> axis.before() == axis.after())) {
            put(words, "padding", AxisGeometry::before, 0);
        } else {
            putPairs(words);
        }
    }

    /** Pairs where PyTorch's rule for windows, half of one at most, would refuse numbers. */
    void putPoolingPadding(Words words) {
        if (axes.stream().anyMatch(axis -> Math.max(axis.before(), axis.after()) > axis.span() / 2)) {
            putPairs(words);
        } else {
            putPadding(words);
        }
    }

    private void putPairs(Words words) {
        ArrayNode list = words.body().putArray("padding");
        for (AxisGeometry axis : axes) {
            list.addArray().add(axis.before()).add(axis.after());
        }
    }
}
