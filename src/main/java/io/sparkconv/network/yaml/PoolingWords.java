package io.sparkconv.network.yaml;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.network.AveragePooling;
import io.sparkconv.network.GlobalPooling;
import io.sparkconv.network.LpPooling;
import io.sparkconv.network.MaximumPooling;
import io.sparkconv.network.PoolingWindow;
import java.util.List;

/** What {@link PoolingReader} reads, and pooling of whole maps. */
final class PoolingWords {
    private PoolingWords() {}

    static List<Words> maximum(MaximumPooling layer, WrittenPlace place) {
        return List.of(words("max_pool", layer.window(), place));
    }

    static List<Words> average(AveragePooling layer, WrittenPlace place) {
        Words words = words("avg_pool", layer.window(), place);
        return List.of(
                switch (layer.divisor()) {
                    case PADDING_INCLUDED -> words;
                    case PADDING_EXCLUDED -> words.clear("count_include_pad");
                    case FIXED -> words.put("divisor_override", layer.fixedDivisor());
                });
    }

    static List<Words> power(LpPooling layer, WrittenPlace place) {
        return List.of(words("lp_pool", layer.window(), place).put("norm_type", layer.power()));
    }

    private static Words words(String name, PoolingWindow window, WrittenPlace place) {
        WindowWords axes = WindowWords.of(window.z(), window.y(), window.x(), place);
        Words words = Words.of(name + axes.count() + "d");
        axes.put(words, "kernel_size", AxisGeometry::kernel, 0);
        axes.put(words, "stride", AxisGeometry::stride, 0);
        axes.putPoolingPadding(words);
        axes.put(words, "dilation", AxisGeometry::dilation, 1);
        return window.rounding() == PoolingWindow.Rounding.CEILING ? words.set("ceil_mode") : words;
    }

    /** Axes in front of the network's have extent 1: they are pooled as well. */
    static List<Words> global(GlobalPooling layer, WrittenPlace place) {
        int dimensions =
                place.dimensions(1, place.input().depth(), place.input().height());
        return List.of(Words.of("adaptive_" + layer.function().text() + "_pool" + dimensions + "d")
                .put("output_size", 1));
    }
}
