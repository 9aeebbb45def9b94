package io.sparkconv.plan;

import io.sparkconv.network.Layer;
import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.network.ResizedAxis;
import io.sparkconv.network.Upsampling;
import io.sparkconv.plan.ReceptiveField.Axis;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Asks every layer backwards, from single pixels to the network's input. The pixels lie in the middle of maps that are
 * larger than any image, so that no edge cuts a field off.
 */
final class ReceptiveFields {
    private static final int EXTENT = 1 << 24;
    /** Extent of the axes that are not asked about. */
    private static final int OTHER = 1 << 16;

    /** Small enough that the layers' float coordinates keep their fractions. */
    private static final int FARTHEST = 1 << 20;

    private static final int MIDDLE = 1 << 16;
    /** Away from the edge, and near enough to it that strides of tens of thousands fit in a coordinate. */
    private static final int NEAR = 1 << 12;
    /** Divisible by the usual strides and their products, so that the jump over as many pixels is whole. */
    private static final int SPAN = 64 * 9 * 5 * 7;

    /** On the axes that are not asked about. */
    private static final Interval PIXEL = Interval.ofExtent(1);

    private static final int MOST_PHASES = 512;
    private static final double ROUNDING = 1e-3;

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, Jump> jumps = new HashMap<>();

    private record Jump(double z, double y, double x) {}

    private ReceptiveFields() {}

    /**
     * The field of every layer, in the order of the nodes; empty where it is the whole image, behind a layer with global reach.
     *
     * @param shapes shapes of all maps; they give the factor of layers that resize to a size, whatever their input's
     */
    static Map<String, Optional<ReceptiveField>> of(Network network, Map<String, Shape> shapes) {
        ReceptiveFields fields = new ReceptiveFields();
        fields.jumps.put(Network.INPUT, new Jump(1, 1, 1));
        Map<String, Optional<ReceptiveField>> result = new LinkedHashMap<>();
        result.put(Network.INPUT, Optional.of(new ReceptiveField(Axis.IDENTITY, Axis.IDENTITY, Axis.IDENTITY)));
        for (Node node : network.nodes()) {
            if (FusedGroup.isGlobal(node)
                    || node.inputs().stream()
                            .anyMatch(input -> result.get(input).isEmpty())) {
                result.put(node.name(), Optional.empty());
                continue;
            }
            fields.add(new Node(node.name(), withFactors(node, shapes), node.inputs()));
            result.put(node.name(), Optional.of(fields.field(node.name())));
        }
        result.remove(Network.INPUT);
        return result;
    }

    private static Layer withFactors(Node node, Map<String, Shape> shapes) {
        if (!(node.layer() instanceof Upsampling upsampling)) {
            return node.layer();
        }
        Shape input = shapes.get(node.inputs().get(0));
        Shape output = shapes.get(node.name());
        return new Upsampling(
                withFactor(upsampling.z(), input.depth(), output.depth()),
                withFactor(upsampling.y(), input.height(), output.height()),
                withFactor(upsampling.x(), input.width(), output.width()),
                upsampling.interpolation());
    }

    private static ResizedAxis withFactor(ResizedAxis axis, int input, int output) {
        return axis.size() == 0 ? axis : new ResizedAxis(0, (double) output / input);
    }

    private void add(Node node) {
        nodes.put(node.name(), node);
        Jump before = jumps.get(node.inputs().get(0));
        Jump own = jump(node);
        jumps.put(node.name(), new Jump(before.z() * own.z(), before.y() * own.y(), before.x() * own.x()));
    }

    /** Distance in a layer's input of what neighbouring pixels of it are computed from. */
    private static Jump jump(Node node) {
        if (node.layer() instanceof Upsampling upsampling) {
            return new Jump(
                    1 / upsampling.z().factor(),
                    1 / upsampling.y().factor(),
                    1 / upsampling.x().factor());
        }
        Region near = source(node, 0, cube(NEAR, NEAR + MOST_PHASES));
        Region far = source(node, 0, cube(NEAR + SPAN, NEAR + SPAN + MOST_PHASES));
        return new Jump(jump(near.z(), far.z()), jump(near.y(), far.y()), jump(near.x(), far.x()));
    }

    private static double jump(Interval near, Interval far) {
        double jump = (double) (far.begin() - near.begin()) / SPAN;
        return rational(jump, phases(jump));
    }

    private static double rational(double jump, int denominator) {
        return isWhole(jump * denominator) ? Math.rint(jump * denominator) / denominator : jump;
    }

    /** After how many pixels fields repeat: the denominator of the jump. */
    private static int phases(double jump) {
        for (int denominator = 1; denominator < MOST_PHASES; denominator++) {
            if (isWhole(jump * denominator)) {
                return denominator;
            }
        }
        return MOST_PHASES;
    }

    /** Axis by axis: the values of a map that is large on all of them could not be counted. */
    private static Region source(Node node, int input, Region target) {
        Interval first = Interval.ofExtent(1);
        return new Region(
                source(node, input, new Region(target.z(), first, first), new Shape(1, EXTENT, OTHER, OTHER))
                        .z(),
                source(node, input, new Region(first, target.y(), first), new Shape(1, OTHER, EXTENT, OTHER))
                        .y(),
                source(node, input, new Region(first, first, target.x()), new Shape(1, OTHER, OTHER, EXTENT))
                        .x());
    }

    private static Region source(Node node, int input, Region target, Shape map) {
        List<Shape> inputs = Collections.nCopies(node.inputs().size(), map);
        return node.layer().requiredSource(target, input, inputs);
    }

    private ReceptiveField field(String layer) {
        Jump jump = jumps.get(layer);
        int period = period(layer);
        return new ReceptiveField(
                field(jump.z(), period, z -> seen(layer, new Region(z, PIXEL, PIXEL))
                        .z()),
                field(jump.y(), period, y -> seen(layer, new Region(PIXEL, y, PIXEL))
                        .y()),
                field(jump.x(), period, x -> seen(layer, new Region(PIXEL, PIXEL, x))
                        .x()));
    }

    /** The field on one axis, of the function from pixels of the layer to those of the input that they see. */
    private static ReceptiveField.Axis field(double jump, int period, UnaryOperator<Interval> source) {
        int begin = (int) Math.min(MIDDLE / jump, FARTHEST) / period * period;
        int block = phases(jump);
        int extent = 0;
        double before = 0;
        double after = 0;
        for (int pixel = begin; pixel < begin + period; pixel++) {
            extent = Math.max(
                    extent, source.apply(new Interval(pixel, pixel + 1)).extent());
            if (pixel % block == 0) {
                // The halo of tiles whose boundaries are those of input pixels
                Interval seen = source.apply(new Interval(pixel, pixel + block));
                before = Math.max(before, seen.isEmpty() ? 0 : pixel * jump - seen.begin());
                after = Math.max(after, seen.isEmpty() ? 0 : seen.end() - (pixel + block) * jump);
            }
        }
        return new ReceptiveField.Axis(
                extent, jump, (int) Math.ceil(before - ROUNDING), (int) Math.ceil(after - ROUNDING));
    }

    private static Region cube(int begin, int end) {
        Interval interval = new Interval(begin, end);
        return new Region(interval, interval, interval);
    }

    /** After how many pixels of a layer those of every map that it is computed from repeat. */
    private int period(String layer) {
        Jump own = jumps.get(layer);
        Set<Jump> others = ancestors(layer).stream().map(jumps::get).collect(Collectors.toSet());
        for (int period = 1; period < MOST_PHASES; period++) {
            int pixels = period;
            if (others.stream()
                    .allMatch(jump -> isWhole(pixels * own.z() / jump.z())
                            && isWhole(pixels * own.y() / jump.y())
                            && isWhole(pixels * own.x() / jump.x()))) {
                return period;
            }
        }
        return MOST_PHASES;
    }

    private Set<String> ancestors(String layer) {
        Set<String> ancestors = new HashSet<>(Set.of(layer));
        List<String> names = List.copyOf(nodes.keySet());
        for (int i = names.indexOf(layer); i >= 0; i--) {
            if (ancestors.contains(names.get(i))) {
                ancestors.addAll(nodes.get(names.get(i)).inputs());
            }
        }
        return ancestors;
    }

    /** Whether a positive number is whole but for rounding. */
    private static boolean isWhole(double value) {
        return value > 0.5 && Math.abs(value - Math.rint(value)) < ROUNDING;
    }

    /** What a region of a layer sees of the network's input. */
    private Region seen(String layer, Region target) {
        Map<String, Region> needed = new HashMap<>();
        needed.put(layer, target);
        List<String> names = List.copyOf(nodes.keySet());
        for (int i = names.indexOf(layer); i >= 0; i--) {
            Node node = nodes.get(names.get(i));
            Region region = needed.get(node.name());
            for (int input = 0; region != null && input < node.inputs().size(); input++) {
                needed.merge(node.inputs().get(input), source(node, input, region), ReceptiveFields::hull);
            }
        }
        return needed.get(Network.INPUT);
    }

    /** Axis by axis: a field that is empty on one axis has an extent on the others. */
    private static Region hull(Region first, Region second) {
        return new Region(
                first.z().hull(second.z()),
                first.y().hull(second.y()),
                first.x().hull(second.x()));
    }
}
