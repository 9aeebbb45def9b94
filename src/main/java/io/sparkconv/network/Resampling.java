package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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

    /**
     * The layer that makes the same of a map by factors that are whole numbers; for linear interpolation powers of two, whose
     * weights are exact, with the axes in another order: the last bits may differ.
     *
     * @param input shape of the whole input
     * @return empty if there is none
     */
    public Optional<Upsampling> asUpsampling(Shape input) {
        ResampledAxis any = x != null ? x : y != null ? y : z;
        if (any == null) {
            return Optional.empty();
        }
        boolean isNearest = any.filter().kernel() == ResampledAxis.Kernel.NEAREST;
        ResizedAxis depth = resized(z, input.depth(), isNearest);
        ResizedAxis height = resized(y, input.height(), isNearest);
        ResizedAxis width = resized(x, input.width(), isNearest);
        return depth == null || height == null || width == null
                ? Optional.empty()
                : Optional.of(
                        new Upsampling(depth, height, width, isNearest ? Interpolation.NEAREST : Interpolation.LINEAR));
    }

    /** Null where there is none. */
    private static ResizedAxis resized(ResampledAxis axis, int input, boolean isNearest) {
        if (axis == null) {
            return ResizedAxis.IDENTITY;
        }
        int factor = axis.extent() / input;
        if (factor < 1 || factor * input != axis.extent() || axis.scale() != factor) {
            return null;
        }
        ResizedAxis resized = new ResizedAxis(0, factor);
        if (isNearest) {
            boolean fits = takesNearest(axis)
                    && IntStream.range(0, axis.extent())
                            .allMatch(output -> axis.taps(output, input).first(input)
                                    == resized.nearest(output, input).lower());
            return fits ? resized : null;
        }
        boolean isBetweenPixels = axis.coordinates() == ResampledAxis.Coordinates.HALF_PIXEL
                || axis.coordinates() == ResampledAxis.Coordinates.PYTORCH_HALF_PIXEL && axis.extent() > 1;
        boolean fits = axis.filter().kernel() == ResampledAxis.Kernel.LINEAR
                && axis.filter().outside() == ResampledAxis.Outside.REPLICATED
                && axis.filter().downsampling() == ResampledAxis.Downsampling.POINTS
                && isBetweenPixels
                && Integer.bitCount(factor) == 1;
        return fits ? resized : null;
    }

    @Override
    public void compute(List<Tile> sources, List<Shape> inputs, Tile output, Workspace workspace) {
        Region wanted = requiredSource(output.region(), 0, inputs);
        if (wanted.isEmpty()) {
            Arrays.fill(output.values(), 0, output.length(), extrapolation);
        } else if (takesNearest(z) && takesNearest(y) && takesNearest(x)) {
            pick(sources.get(0), inputs.get(0), output);
        } else {
            resample(sources.get(0).crop(wanted), inputs.get(0), output, workspace);
        }
        output.clearUnusedLanes();
    }

    private static boolean takesNearest(ResampledAxis axis) {
        return axis == null
                || axis.filter().kernel() == ResampledAxis.Kernel.NEAREST
                        && axis.coordinates() != ResampledAxis.Coordinates.TF_CROP_AND_RESIZE;
    }

    private static int[] picked(ResampledAxis axis, Interval target, int input) {
        int[] picked = new int[target.extent()];
        for (int i = 0; i < picked.length; i++) {
            int output = target.begin() + i;
            picked[i] = axis == null ? output : axis.taps(output, input).first(input);
        }
        return picked;
    }

    /** Every pixel is one of the source's. */
    private void pick(Tile source, Shape input, Tile output) {
        Region there = source.region();
        Region target = output.region();
        int[] planes = picked(z, target.z(), input.depth());
        int[] rows = picked(y, target.y(), input.height());
        int[] columns = picked(x, target.x(), input.width());
        int lanes = output.layout().lanes();
        int width = columns.length * lanes;
        int position = 0;
        for (int plane = 0; plane < output.layout().planes(output.channels()); plane++) {
            for (int depth : planes) {
                int last = -1;
                for (int row : rows) {
                    if (row == last) {
                        System.arraycopy(output.values(), position - width, output.values(), position, width);
                    } else {
                        int line =
                                (plane * there.z().extent() + depth - there.z().begin())
                                                * there.y().extent()
                                        + row
                                        - there.y().begin();
                        int from = (line * there.x().extent() - there.x().begin()) * lanes;
                        pickRow(source.values(), from, columns, lanes, output.values(), position);
                    }
                    last = row;
                    position += width;
                }
            }
        }
    }

    private static void pickRow(float[] values, int from, int[] columns, int lanes, float[] results, int position) {
        for (int i = 0; i < columns.length; i++) {
            int first = from + columns[i] * lanes;
            for (int lane = 0; lane < lanes; lane++) {
                results[position + i * lanes + lane] = values[first + lane];
            }
        }
    }

    /** One axis after the other. */
    private void resample(Tile source, Shape input, Tile output, Workspace workspace) {
        Region wanted = source.region();
        Region target = output.region();
        int planes = output.layout().planes(output.channels());
        int lanes = output.layout().lanes();
        int width = wanted.x().extent() * lanes;
        float[] values = source.values(); // (plane, z, y, x, lane)
        if (z != null) {
            int inner = wanted.y().extent() * width;
            int count = planes * target.z().extent() * inner;
            float[] resized = y == null && x == null ? output.values() : workspace.floats(Slot.PLANES, count);
            z.resample(values, planes, wanted.z(), input.depth(), target.z(), inner, extrapolation, resized);
            values = resized;
        }
        int outer = planes * target.z().extent();
        if (y != null) {
            int count = outer * target.y().extent() * width;
            float[] resized = x == null ? output.values() : workspace.floats(Slot.ROWS, count);
            y.resample(values, outer, wanted.y(), input.height(), target.y(), width, extrapolation, resized);
            values = resized;
        }
        outer *= target.y().extent();
        if (x != null) {
            x.resample(values, outer, wanted.x(), input.width(), target.x(), lanes, extrapolation, output.values());
        } else if (values != output.values()) {
            System.arraycopy(values, 0, output.values(), 0, output.length());
        }
        if (reachesBeyond(z) || reachesBeyond(y)) {
            extrapolate(input, output);
        }
    }

    private static boolean reachesBeyond(ResampledAxis axis) {
        return axis != null && axis.coordinates() == ResampledAxis.Coordinates.TF_CROP_AND_RESIZE;
    }

    /** The extrapolation value itself in rows beyond the input: a sum of it by weights has other last bits. */
    private void extrapolate(Shape input, Tile output) {
        Region target = output.region();
        int width = target.x().extent() * output.layout().lanes();
        int position = 0;
        for (int plane = 0; plane < output.layout().planes(output.channels()); plane++) {
            for (int depth = target.z().begin(); depth < target.z().end(); depth++) {
                for (int row = target.y().begin(); row < target.y().end(); row++) {
                    if (isBeyond(z, depth, input.depth()) || isBeyond(y, row, input.height())) {
                        Arrays.fill(output.values(), position, position + width, extrapolation);
                    }
                    position += width;
                }
            }
        }
    }

    private static boolean isBeyond(ResampledAxis axis, int output, int input) {
        return axis != null && axis.taps(output, input).weights().length == 0;
    }

    @Override
    public String description() {
        ResampledAxis any = x != null ? x : y != null ? y : z;
        return any == null
                ? "resize"
                : "resize " + any.filter().kernel().text() + ", "
                        + any.coordinates().text();
    }
}
