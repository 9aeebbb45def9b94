package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;
import java.util.Locale;

/**
 * Resizing in space as ONNX's {@code Resize}: one axis after the other, depth first.
 *
 * @param z how the depth is resized; null where it stays
 * @param y how the height is resized; null where it stays
 * @param x how the width is resized; null where it stays
 * @param extrapolation what stands where a region of interest reaches beyond the input
 */
public record Resampling(ResampledAxis z, ResampledAxis y, ResampledAxis x, float extrapolation) implements Layer {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = inputs.get(0);
        return new Shape(
                input.channels(), extent(z, input.depth()), extent(y, input.height()), extent(x, input.width()));
    }

    private static int extent(ResampledAxis axis, int input) {
        return axis == null ? input : axis.extent();
    }

    @Override
    public Region requiredSource(Region target, int input, List<Shape> inputs) {
        Shape shape = inputs.get(0);
        return new Region(
                source(z, target.z(), shape.depth()),
                source(y, target.y(), shape.height()),
                source(x, target.x(), shape.width()));
    }

    private static Interval source(ResampledAxis axis, Interval target, int input) {
        if (axis == null || target.isEmpty()) {
            return target;
        }
        Interval hull = new Interval(0, 0);
        for (int output = target.begin(); output < target.end(); output++) {
            ResampledAxis.Taps taps = axis.taps(output, input);
            if (taps.weights().length > 0) {
                hull = hull.hull(new Interval(taps.first(input), taps.last(input) + 1));
            }
        }
        return hull;
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Region target, float[] output) {
        Region wanted = requiredSource(target, 0, inputs);
        Tile source = sources.get(0).crop(wanted);
        if (source.values().length == 0) {
            java.util.Arrays.fill(output, extrapolation);
            return;
        }
        float[] values = source.values(); // (channel, z, y, x)
        Shape input = inputs.get(0);
        int plane = wanted.y().extent() * wanted.x().extent();
        values = resized(z, values, wanted.z(), input.depth(), target.z(), plane);
        values = resized(
                y, values, wanted.y(), input.height(), target.y(), wanted.x().extent());
        values = resized(x, values, wanted.x(), input.width(), target.x(), 1);
        System.arraycopy(values, 0, output, 0, output.length);
    }

    private float[] resized(ResampledAxis axis, float[] values, Interval there, int input, Interval target, int inner) {
        return axis == null
                ? values
                : axis.resample(
                        values,
                        there.begin(),
                        there.extent(),
                        input,
                        target.begin(),
                        target.extent(),
                        inner,
                        extrapolation);
    }

    @Override
    public String description() {
        ResampledAxis any = x != null ? x : y != null ? y : z;
        return any == null
                ? "resize"
                : "resize " + any.filter().kernel().name().toLowerCase(Locale.ROOT) + ", "
                        + any.coordinates().name().toLowerCase(Locale.ROOT);
    }
}
