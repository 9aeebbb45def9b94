package io.sparkconv.plan;

import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.GlobalLayer;
import io.sparkconv.network.Layer;
import io.sparkconv.network.MemoryOrder;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses the order in memory of each map that a group computes. Maps from outside and results are planar. A map between layers
 * is blocked where a reader is faster on blocks, or passes the map on to one that is, if it has {@value #LEAST_CHANNELS} channels or
 * more and its layer writes blocks without a copy.
 */
final class LayoutChoice {
    /** Fewer channels would leave too many of a block's lanes empty. */
    private static final int LEAST_CHANNELS = 12;

    private final List<GroupStep> steps;
    private final Map<String, Shape> shapes;
    private final Map<String, List<Layout>> wishes = new HashMap<>();
    private final Map<String, Layout> layouts = new HashMap<>();

    private LayoutChoice(List<GroupStep> steps, Map<String, Shape> shapes) {
        this.steps = steps;
        this.shapes = shapes;
    }

    /** The layout of each map that the steps compute. */
    static Map<String, Layout> of(List<GroupStep> steps, Map<String, Shape> shapes) {
        LayoutChoice choice = new LayoutChoice(steps, shapes);
        Map<String, Layout> wished = choice.wished();
        steps.forEach(step -> choice.layouts.put(step.name(), choice.layout(step, wished.get(step.name()))));
        return choice.layouts;
    }

    /** What the readers of each map wish, and where they don't mind, its own layer. */
    private Map<String, Layout> wished() {
        Map<String, Layout> wished = new HashMap<>();
        for (int i = steps.size() - 1; i >= 0; i--) {
            GroupStep step = steps.get(i);
            List<Layout> readers = wishes.getOrDefault(step.name(), List.of());
            boolean isBlocked = readers.contains(Layout.BLOCKED);
            Layout own = isBlocked ? Layout.BLOCKED : Layout.PLANAR;
            wished.put(step.name(), own);
            for (int input = 0; input < step.inputs().size(); input++) {
                wishes.computeIfAbsent(step.inputs().get(input), map -> new ArrayList<>())
                        .add(wish(step, input, own));
            }
        }
        return wished;
    }

    private Layout wish(GroupStep step, int input, Layout output) {
        return switch (order(step)) {
            case PLANAR -> Layout.PLANAR;
            case SAME -> output;
            case ANY -> input > 0 ? output : prefersBlocks(step.layer()) ? Layout.BLOCKED : Layout.PLANAR;
        };
    }

    /** The one place that knows which layers are faster on blocks. */
    private static boolean prefersBlocks(Layer layer) {
        return layer instanceof ConvolutionLayer convolution
                ? convolution.prefersBlocks()
                : layer instanceof GlobalLayer;
    }

    private Layout layout(GroupStep step, Layout wished) {
        if (wished == Layout.PLANAR || shapes.get(step.name()).channels() < LEAST_CHANNELS) {
            return Layout.PLANAR;
        }
        return switch (order(step)) {
            case PLANAR -> Layout.PLANAR;
            case ANY -> prefersBlocks(step.layer()) ? Layout.BLOCKED : Layout.PLANAR;
            case SAME ->
                step.inputs().stream().anyMatch(map -> layouts.get(map) == Layout.BLOCKED)
                        ? Layout.BLOCKED
                        : Layout.PLANAR;
        };
    }

    private MemoryOrder order(GroupStep step) {
        return step.layer().memoryOrder(step.inputs().stream().map(shapes::get).toList());
    }
}
