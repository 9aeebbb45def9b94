package io.sparkconv.view;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reduces a feature map to what a small picture can show. {@link ThumbnailBuilder} does the same for a map that comes as
 * tiles.
 *
 * <p>A map of height 2 or more is averaged by area: a pixel of the thumbnail is the mean of the finite values it covers,
 * a value that two pixels share counting for each by its share; NaN where there are none. Its aspect is kept, but no side
 * falls below 2 pixels. A volume gives its middle slice, {@code z = depth / 2}.
 *
 * <p>A signal (depth 1, height 1) keeps its peaks, which averaging would level: from more than {@code 2 · maximumWidth}
 * samples, the smallest and the largest finite one of each of {@code maximumWidth} spans, in turn.
 *
 * <p>A map that is small enough keeps its values.
 */
public final class Thumbnail {

    private Thumbnail() {}

    /**
     * A thumbnail of all channels.
     *
     * @param map (channel, z, y, x), of any size
     * @return (channel, 1, y, x), at most {@code maximumHeight} × {@code maximumWidth}; a signal at most twice as wide
     * @throws IllegalArgumentException if a maximum is below 2
     */
    public static FeatureMap of(FeatureMap map, int maximumWidth, int maximumHeight) {
        List<Integer> all = IntStream.range(0, map.shape().channels()).boxed().toList();
        return of(map, all, maximumWidth, maximumHeight);
    }

    /**
     * A thumbnail of one channel.
     *
     * @param map (channel, z, y, x), of any size
     * @return (1, 1, y, x), at most {@code maximumHeight} × {@code maximumWidth}; a signal at most twice as wide
     * @throws IllegalArgumentException if there is no such channel or a maximum is below 2
     */
    public static FeatureMap of(FeatureMap map, int channel, int maximumWidth, int maximumHeight) {
        return of(map, List.of(channel), maximumWidth, maximumHeight);
    }

    private static FeatureMap of(FeatureMap map, List<Integer> channels, int maximumWidth, int maximumHeight) {
        ThumbnailBuilder builder = new ThumbnailBuilder(map.shape(), channels, maximumWidth, maximumHeight);
        builder.add(map, 0, 0, 0);
        return builder.build();
    }

    static boolean isSignal(Shape map) {
        return map.depth() == 1 && map.height() == 1;
    }
}
