package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Arrays;
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
public record Resampling(ResampledAxis z, ResampledAxis y, ResampledAxis x, float extrapolation)
        implements LayoutAwareLayer {
    private enum Slot {
        PLANES,
        ROWS
    }

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
    public void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace) {
        Region target = output.region();
        Region wanted = requiredSource(target, 0, inputs);
        if (wanted.isEmpty()) {
            Arrays.fill(output.values(), 0, output.length(), extrapolation);
            output.clearUnusedLanes();
            return;
        }
        Shape input = inputs.get(0);
        int planes = output.layout().planes(output.channels());
        int lanes = output.layout().lanes();
        float[] values = sources.get(0).crop(wanted).values(); // (plane, z, y, x, lane)
        int inner = wanted.y().extent() * wanted.x().extent() * lanes;
        if (z != null) {
            int count = planes * target.z().extent() * inner;
            float[] resized = y == null && x == null ? output.values() : workspace.floats(Slot.PLANES, count);
            z.resample(values, planes, wanted.z(), input.depth(), target.z(), inner, extrapolation, resized);
            values = resized;
        }
        int outer = planes * target.z().extent();
        if (y != null) {
            int count = outer * target.y().extent() * wanted.x().extent() * lanes;
            float[] resized = x == null ? output.values() : workspace.floats(Slot.ROWS, count);
            y.resample(
                    values,
                    outer,
                    wanted.y(),
                    input.height(),
                    target.y(),
                    wanted.x().extent() * lanes,
                    extrapolation,
                    resized);
            values = resized;
        }
        outer *= target.y().extent();
        if (x != null) {
            x.resample(values, outer, wanted.x(), input.width(), target.x(), lanes, extrapolation, output.values());
        } else if (values != output.values()) {
            System.arraycopy(values, 0, output.values(), 0, output.length());
        }
        // where values are extrapolated, lanes that stand for no channel are too
        output.clearUnusedLanes();
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
