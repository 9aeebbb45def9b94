package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.sparkconv.network.PaddedMap;
import io.sparkconv.tile.PaddingMode;
import java.util.List;

/** What {@link PaddingReader} reads. */
final class PaddingWords {
    private PaddingWords() {}

    static List<Words> of(PaddedMap layer, WrittenPlace place) {
        float constant = layer.padding().constant();
        boolean isConstant = layer.padding().mode() == PaddingMode.ZEROS && Float.floatToRawIntBits(constant) != 0;
        if (isConstant && !Float.isFinite(constant)) {
            return List.of();
        }
        int dimensions = place.dimensions(PaddedMap.Sides.NONE, layer.z(), layer.y());
        String name =
                switch (layer.padding().mode()) {
                    case ZEROS -> isConstant ? "constant_pad" : "zero_pad";
                    case REFLECT -> "reflection_pad";
                    case REPLICATE -> "replication_pad";
                    case CIRCULAR -> "circular_pad";
                };
        Words words = Words.of(name + dimensions + "d");
        ArrayNode padding = words.body().putArray("padding");
        List.of(layer.x(), layer.y(), layer.z()).subList(0, dimensions).forEach(sides -> padding.add(sides.before())
                .add(sides.after()));
        return List.of(isConstant ? words.put("value", constant) : words);
    }
}
