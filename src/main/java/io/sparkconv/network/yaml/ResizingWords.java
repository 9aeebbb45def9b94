package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.sparkconv.network.CubicUpsampling;
import io.sparkconv.network.Interpolation;
import io.sparkconv.network.ResampledAxis;
import io.sparkconv.network.ResampledAxis.Coordinates;
import io.sparkconv.network.ResampledAxis.Downsampling;
import io.sparkconv.network.ResampledAxis.Filter;
import io.sparkconv.network.ResampledAxis.Kernel;
import io.sparkconv.network.ResampledAxis.Outside;
import io.sparkconv.network.Resampling;
import io.sparkconv.network.ResizedAxis;
import io.sparkconv.network.Upsampling;
import io.sparkconv.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What {@link UpsamplingReader} and {@link ResizingReader} read. */
final class ResizingWords {
    private static final String SIZE = "size";
    private static final String FACTOR = "scale_factor";

    private ResizingWords() {}

    static List<Words> upsampling(Upsampling layer, WrittenPlace place) {
        int dimensions = place.dimensions(ResizedAxis.IDENTITY, layer.z(), layer.y());
        Words words = upsample(List.of(layer.z(), layer.y(), layer.x()).subList(3 - dimensions, 3));
        if (words == null || layer.interpolation() == Interpolation.NEAREST && dimensions != place.dimensions()) {
            return List.of();
        }
        if (layer.interpolation() == Interpolation.NEAREST) {
            return List.of(words.put("mode", "nearest"));
        }
        words.put("mode", List.of("linear", "bilinear", "trilinear").get(dimensions - 1));
        return List.of(layer.interpolation() == Interpolation.LINEAR_ALIGNED ? words.set("align_corners") : words);
    }

    static List<Words> cubic(CubicUpsampling layer, WrittenPlace place) {
        Words words = upsample(List.of(layer.y(), layer.x()));
        return words == null ? List.of() : List.of(words.put("mode", "bicubic"));
    }

    /** Null where some axes have sizes and others factors. */
    private static Words upsample(List<ResizedAxis> axes) {
        Words words = Words.of("upsample");
        if (axes.stream().allMatch(axis -> axis.size() > 0)) {
            return words.putList(SIZE, axes.stream().mapToInt(ResizedAxis::size).toArray());
        }
        if (axes.stream().anyMatch(axis -> axis.size() > 0)) {
            return null;
        }
        ArrayNode factors = words.body().putArray(FACTOR);
        axes.forEach(axis -> factors.add(axis.factor()));
        return words;
    }

    /**
     * An axis of a map.
     *
     * @param resized how it is resized; null where it stays
     * @param input its extent
     */
    private record Axis(ResampledAxis resized, int input) {
        int size() {
            return resized == null ? input : resized.extent();
        }

        float factor() {
            return resized == null ? 1f : resized.scale();
        }

        boolean followsFromFactor() {
            return resized == null || resized.extent() == (int) Math.floor(resized.scale() * input);
        }

        boolean followsFromSize() {
            return resized == null || resized.scale() == (float) resized.extent() / input;
        }
    }

    /** By factors where these give the sizes, by sizes where these give the factors, or by both. */
    static List<Words> resampling(Resampling layer, WrittenPlace place) {
        Shape input = place.input();
        int dimensions =
                layer.z() != null ? 3 : layer.y() != null ? Math.max(2, place.dimensions()) : place.dimensions();
        List<Axis> axes = List.of(
                        new Axis(layer.z(), input.depth()),
                        new Axis(layer.y(), input.height()),
                        new Axis(layer.x(), input.width()))
                .subList(3 - dimensions, 3);
        List<ResampledAxis> resized =
                axes.stream().map(Axis::resized).filter(Objects::nonNull).toList();
        if (resized.isEmpty()) {
            return List.of(Words.of("identity"));
        }
        boolean byFactor = axes.stream().allMatch(Axis::followsFromFactor);
        boolean bySize = axes.stream().allMatch(Axis::followsFromSize);
        List<Words> all = new ArrayList<>();
        if (isBicubic(layer, axes, place)) {
            all.addAll(bicubic(axes, byFactor, bySize));
        }
        if (byFactor) {
            all.add(words(layer, axes, resized.get(0), List.of(FACTOR)));
        }
        if (bySize) {
            all.add(words(layer, axes, resized.get(0), List.of(SIZE)));
        }
        if (!byFactor && !bySize) {
            all.add(words(layer, axes, resized.get(0), List.of(SIZE, FACTOR)));
        }
        return all;
    }

    /** Whether it is what PyTorch calls so. */
    private static boolean isBicubic(Resampling layer, List<Axis> axes, WrittenPlace place) {
        return place.dimensions() == 2
                && layer.z() == null
                && axes.stream()
                        .allMatch(axis -> axis.resized() != null
                                && axis.size() != axis.input()
                                && axis.resized().coordinates() == Coordinates.HALF_PIXEL
                                && isPyTorchs(axis.resized().filter()));
    }

    private static boolean isPyTorchs(Filter filter) {
        return filter.kernel() == Kernel.CUBIC
                && filter.outside() == Outside.REPLICATED
                && filter.downsampling() == Downsampling.POINTS
                && filter.cubicCoefficient() == -0.75f;
    }

    /** PyTorch takes factors as doubles: those of few digits give the same extents for all sizes. */
    private static List<Words> bicubic(List<Axis> axes, boolean byFactor, boolean bySize) {
        List<Words> all = new ArrayList<>();
        if (byFactor && axes.stream().allMatch(axis -> axis.factor() * 16 == Math.rint(axis.factor() * 16))) {
            all.add(upsample(axes.stream()
                            .map(axis -> new ResizedAxis(0, axis.factor()))
                            .toList())
                    .put("mode", "bicubic"));
        }
        if (bySize) {
            all.add(upsample(axes.stream()
                            .map(axis -> new ResizedAxis(axis.size(), 0))
                            .toList())
                    .put("mode", "bicubic"));
        }
        return all;
    }

    private static Words words(Resampling layer, List<Axis> axes, ResampledAxis any, List<String> keys) {
        Words words = Words.of("resize");
        if (keys.contains(SIZE)) {
            words.putList(SIZE, axes.stream().mapToInt(Axis::size).toArray());
        }
        if (keys.contains(FACTOR)) {
            ArrayNode factors = words.body().putArray(FACTOR);
            axes.forEach(axis -> factors.add(axis.factor()));
        }
        putFilter(words.put("mode", any.filter().kernel().text()), any.filter());
        if (any.coordinates() != Coordinates.HALF_PIXEL) {
            words.put("coordinate_transformation_mode", any.coordinates().text());
        }
        if (any.coordinates() == Coordinates.TF_CROP_AND_RESIZE) {
            ArrayNode roi = words.body().putArray("roi");
            axes.stream().map(Axis::resized).forEach(axis -> roi.add(axis == null ? 0f : axis.roiBegin()));
            axes.stream().map(Axis::resized).forEach(axis -> roi.add(axis == null ? 1f : axis.roiEnd()));
            words.putUnlessUsual("extrapolation_value", layer.extrapolation(), 0f);
        }
        return words;
    }

    private static void putFilter(Words words, Filter filter) {
        if (filter.kernel() == Kernel.NEAREST) {
            if (filter.rounding() != ResampledAxis.Rounding.ROUND_PREFER_FLOOR) {
                words.put("nearest_mode", filter.rounding().text());
            }
            return;
        }
        if (filter.kernel() == Kernel.CUBIC) {
            words.putUnlessUsual("cubic_coeff_a", filter.cubicCoefficient(), -0.75f);
        }
        if (filter.outside() == Outside.EXCLUDED) {
            words.set("exclude_outside");
        }
        if (filter.downsampling() == Downsampling.ANTIALIASED) {
            words.set("antialias");
        }
    }
}
