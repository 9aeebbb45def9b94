package io.sparkconv.network.onnx;

import io.sparkconv.network.BinaryFunction;
import io.sparkconv.network.Combination;
import io.sparkconv.network.GatheredMap;
import io.sparkconv.network.Layer;
import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.network.UnfoldedMap;
import io.sparkconv.network.evaluation.Tensor;
import io.sparkconv.network.evaluation.TensorLayer;
import io.sparkconv.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Makes layers of a graph for one size of image. A node that works in space becomes a layer that can be computed in tiles;
 * one that only renames axes becomes none; all others become a {@link TensorLayer} behind the maps that they read as wholes.
 */
final class NetworkBuilder {
    private final ImageGraph source;
    private final Map<String, Tensor> tensors;
    private final Map<String, MapValue> values = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Layer> sized = new HashMap<>();
    private final Set<String> names = new HashSet<>(Set.of(Network.INPUT));
    private final Map<String, String> gathered = new HashMap<>();
    private final Set<OnnxNode> converted = Collections.newSetFromMap(new IdentityHashMap<>());
    private OnnxNode current;

    /** Whether a layer is the same for images of all sizes. */
    enum Size {
        ANY,
        THIS
    }

    /**
     * What was built.
     *
     * @param nodes the layers that outputs need
     * @param sized those of them that depend on the image's size
     * @param outputs names of layers
     * @param values where each tensor's values are
     */
    record Built(List<Node> nodes, Map<String, Layer> sized, List<String> outputs, Map<String, MapValue> values) {}

    NetworkBuilder(ImageGraph source, Shape image) {
        this.source = source;
        ImageInput input = source.input();
        Tensor unknown = Tensor.unknown(input.type(), input.shape(image));
        this.tensors = source.graph().tensors(Map.of(input.name(), unknown));
        values.put(input.name(), new MapValue(Network.INPUT, unknown.shape(), input.axes(), input.type()));
    }

    Built build() {
        for (OnnxNode node : source.graph().nodes()) {
            current = node;
            if (converted.contains(node)) {
                continue;
            }
            boolean isConstant = node.outputs().stream()
                    .allMatch(output -> output.isEmpty()
                            || tensors.get(output) == null
                            || tensors.get(output).isKnown());
            if (isConstant) {
                continue;
            }
            try {
                List<OnnxNode> normalization = GroupNormalizationNodes.convert(this, node);
                converted.addAll(normalization);
                if (!normalization.isEmpty()) {
                    continue;
                }
                if (!LayoutNodes.convert(this, node)
                        && !PointwiseNodes.convert(this, node)
                        && !SpatialNodes.convert(this, node)
                        && !ChannelNodes.convert(this, node)) {
                    addTensorLayers(node);
                }
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw String.valueOf(e.getMessage()).startsWith("Cannot run node") ? e : OnnxGraph.failure(node, e);
            }
        }
        return finished();
    }

    /** Maps in place of the outputs, under the outputs' names; layers that no output needs are left out. */
    private Built finished() {
        List<String> outputs = new ArrayList<>();
        Map<String, String> renamed = new LinkedHashMap<>();
        for (String output : source.graph().outputs()) {
            MapValue value = values.get(output);
            if (value == null) {
                continue;
            }
            current = null;
            if (value.layer().equals(Network.INPUT)) {
                // an output is a layer, also where it is the image itself
                Layer same = new Combination(BinaryFunction.ADD, List.of(Combination.Operand.ofInput(0)));
                value = value.renamed(add(output, same, Size.ANY, List.of(Network.INPUT)));
            }
            MapValue map = isMap(value) ? toMap(value, MapAxis.usual(value.shape().length)) : resolved(value);
            values.put(output, map);
            boolean isTaken = renamed.containsKey(map.layer()) || map.layer().equals(output);
            if (!isTaken && !names.contains(output) && !source.graph().outputs().contains(map.layer())) {
                renamed.put(map.layer(), output);
            }
            String name = renamed.getOrDefault(map.layer(), map.layer());
            if (!outputs.contains(name)) {
                outputs.add(name);
            }
        }
        if (outputs.isEmpty()) {
            throw new IllegalArgumentException("none of its outputs depends on the image through a layer");
        }
        List<Node> all = nodes.stream()
                .map(node -> new Node(
                        renamed.getOrDefault(node.name(), node.name()),
                        node.layer(),
                        node.inputs().stream()
                                .map(name -> renamed.getOrDefault(name, name))
                                .toList()))
                .toList();
        values.replaceAll((tensor, value) -> value.renamed(renamed.getOrDefault(value.layer(), value.layer())));
        return new Built(needed(all, outputs), sized, outputs, values);
    }

    private static boolean isMap(MapValue value) {
        int rank = value.shape().length;
        return value.axes() == null && value.split() == null && rank >= 3 && rank <= 5 && value.shape()[0] == 1;
    }

    private static List<Node> needed(List<Node> all, List<String> outputs) {
        Set<String> needed = new HashSet<>(outputs);
        List<Node> kept = new ArrayList<>();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (needed.contains(all.get(i).name())) {
                kept.add(0, all.get(i));
                needed.addAll(all.get(i).inputs());
            }
        }
        return kept;
    }

    // What nodes are made of

    /** An input of a node that depends on the image; null where it doesn't. */
    MapValue value(OnnxNode node, int place) {
        if (node.inputs().size() <= place || isKnown(node, place)) {
            return null;
        }
        return values.get(node.inputs().get(place));
    }

    boolean isKnown(OnnxNode node, int place) {
        Tensor tensor = tensor(node, place);
        return tensor == null || tensor.isKnown();
    }

    /** An input of a node; null where it is left out. */
    Tensor tensor(OnnxNode node, int place) {
        if (node.inputs().size() <= place || node.inputs().get(place).isEmpty()) {
            return null;
        }
        return tensors.get(node.inputs().get(place));
    }

    /** The inputs of a node; null where one is left out. */
    List<Tensor> inputs(OnnxNode node) {
        List<Tensor> all = new ArrayList<>();
        for (int place = 0; place < node.inputs().size(); place++) {
            all.add(tensor(node, place));
        }
        return all;
    }

    Tensor output(OnnxNode node, int place) {
        return tensors.get(node.outputs().get(place));
    }

    /** Whether inputs of a node from one place on are constants or left out. */
    boolean areKnown(OnnxNode node, int from) {
        return IntStream.range(from, node.inputs().size()).allMatch(place -> isKnown(node, place));
    }

    /** Layers with weights, made once for all sizes. */
    Layer shared(String key, java.util.function.Supplier<Layer> layer) {
        return source.shared().computeIfAbsent(key, absent -> layer.get());
    }

    /** The node that reads a tensor as its first input, where it has that operator and nobody else reads it; else null. */
    OnnxNode onlyReader(String tensor, String operator) {
        List<OnnxNode> readers = source.graph().nodes().stream()
                .filter(node -> node.inputs().contains(tensor))
                .toList();
        boolean fits = readers.size() == 1
                && !source.graph().outputs().contains(tensor)
                && readers.get(0).operation().name().equals(operator)
                && readers.get(0).inputs().get(0).equals(tensor)
                && readers.get(0).inputs().indexOf(tensor)
                        == readers.get(0).inputs().lastIndexOf(tensor);
        return fits ? readers.get(0) : null;
    }

    /** Whether a node reads a tensor, or it is one of the graph's outputs. */
    boolean isRead(String tensor) {
        return !tensor.isEmpty()
                && (source.graph().outputs().contains(tensor)
                        || source.graph().nodes().stream()
                                .anyMatch(node -> node.inputs().contains(tensor)));
    }

    // What becomes of nodes

    /** A name that no layer has yet. */
    private String free(String wanted) {
        String name = wanted.isEmpty() ? "layer" : wanted;
        String free = name;
        for (int i = 2; !names.add(free); i++) {
            free = name + " (" + i + ")";
        }
        return free;
    }

    /** Adds a layer; returns its name. */
    String add(String wanted, Layer layer, Size size, List<String> inputs) {
        String name = free(wanted);
        if (size == Size.THIS) {
            sized.put(name, layer);
            nodes.add(new Node(name, new ImageGraph.AnySize(source, name, layer.description()), inputs));
        } else {
            nodes.add(new Node(name, layer, inputs));
        }
        return name;
    }

    /** An output of a node is a layer of its own. */
    void give(OnnxNode node, int output, Layer layer, Size size, List<String> inputs, List<MapAxis> axes) {
        String tensor = node.outputs().get(output);
        String name = add(tensor, layer, size, inputs);
        Tensor shape = tensors.get(tensor);
        values.put(tensor, new MapValue(name, shape.shape(), axes, shape.type()));
    }

    /** The first output of a node is a map that is there already. */
    void alias(OnnxNode node, MapValue value) {
        Tensor output = output(node, 0);
        values.put(
                node.outputs().get(0),
                new MapValue(value.layer(), output.shape(), value.axes(), output.type(), value.split()));
    }

    void put(String tensor, MapValue value) {
        values.put(tensor, value);
    }

    /** A value in the order of its map: a divided and exchanged one is brought into it. */
    MapValue resolved(MapValue value) {
        if (value.split() == null) {
            return value;
        }
        MapValue.Split split = value.split();
        MapValue pixel = toPixel(split.base());
        MapValue divided = new MapValue(pixel.layer(), split.shape(), null, value.type());
        if (Arrays.equals(
                split.order(), IntStream.range(0, split.order().length).toArray())) {
            return divided;
        }
        OnnxNode transpose = LayoutNodes.transposeNode(current == null ? "output" : current.name(), split.order());
        TensorLayer layer = new TensorLayer(
                transpose.text(),
                transpose.operation(),
                List.of(new TensorLayer.Operand(null, 0, value.type(), divided.shape())),
                0,
                value.shape());
        String name = add(value.layer() + " transposed", layer, Size.THIS, List.of(divided.layer()));
        return new MapValue(name, value.shape(), null, value.type());
    }

    /** A value as the one pixel that holds it in C order. */
    MapValue toPixel(MapValue value) {
        return toPixel(value, value.layer() + " gathered");
    }

    MapValue toPixel(MapValue any, String wanted) {
        MapValue value = resolved(any);
        if (value.isPixel()) {
            return value.withAxes(null);
        }
        List<Integer> order = new ArrayList<>();
        for (int axis = 0; axis < value.shape().length; axis++) {
            int place = value.axes().get(axis).ordinal() - MapAxis.CHANNEL.ordinal();
            if (value.shape()[axis] > 1 && !order.contains(place)) {
                order.add(place);
            }
        }
        // axes of extent 1 may stand anywhere: in front
        for (int place = 3; place >= 0; place--) {
            if (!order.contains(place)) {
                order.add(0, place);
            }
        }
        String key = value.layer() + order;
        String name = gathered.get(key);
        if (name == null) {
            name = add(wanted, new GatheredMap(List.copyOf(order)), Size.THIS, List.of(value.layer()));
            gathered.put(key, name);
        }
        return new MapValue(name, value.shape(), null, value.type());
    }

    /** A value on the wanted axes of a map; its own where it lies there already. */
    MapValue toMap(MapValue any, List<MapAxis> wanted) {
        MapValue value = resolved(any);
        if (value.liesOn(wanted)) {
            return value.withAxes(wanted);
        }
        MapValue pixel = toPixel(value);
        int[] strides = new int[4];
        int[] extents = {1, 1, 1, 1};
        int stride = 1;
        for (int axis = value.shape().length - 1; axis >= 0; axis--) {
            int place = wanted.get(axis).ordinal() - MapAxis.CHANNEL.ordinal();
            if (place >= 0) {
                extents[place] = value.shape()[axis];
                strides[place] = stride;
            }
            stride *= value.shape()[axis];
        }
        UnfoldedMap layer = new UnfoldedMap(
                new Shape(extents[0], extents[1], extents[2], extents[3]),
                Arrays.stream(strides).boxed().toList());
        String key = pixel.layer() + wanted + Arrays.toString(value.shape());
        String name = gathered.get(key);
        if (name == null) {
            name = add(pixel.layer() + " as a map", layer, Size.THIS, List.of(pixel.layer()));
            gathered.put(key, name);
        }
        return new MapValue(name, value.shape(), wanted, value.type());
    }

    /** An image in the usual order of axes; null where the tensor can't be one. */
    MapValue image(MapValue value) {
        int rank = value.shape().length;
        return rank < 2 || rank > 5 || value.shape()[0] != 1 ? null : toMap(value, MapAxis.usual(rank));
    }

    /** Whole tensors: everything that doesn't work in space. */
    private void addTensorLayers(OnnxNode node) {
        List<TensorLayer.Operand> operands = new ArrayList<>();
        List<String> inputs = new ArrayList<>();
        for (int place = 0; place < node.inputs().size(); place++) {
            MapValue value = value(node, place);
            if (value == null) {
                Tensor constant = tensor(node, place);
                operands.add(
                        constant == null
                                ? null
                                : new TensorLayer.Operand(constant, -1, constant.type(), constant.shape()));
            } else {
                operands.add(new TensorLayer.Operand(null, inputs.size(), value.type(), value.shape()));
                inputs.add(toPixel(value).layer());
            }
        }
        for (int output = 0; output < node.outputs().size(); output++) {
            String name = node.outputs().get(output);
            Tensor tensor = tensors.get(name);
            if (name.isEmpty() || tensor == null || tensor.isKnown()) {
                continue;
            }
            TensorLayer layer = new TensorLayer(node.text(), node.operation(), operands, output, tensor.shape());
            requireValues(node, tensor);
            values.put(
                    name,
                    new MapValue(
                            add(name, layer, Size.THIS, List.copyOf(inputs)), tensor.shape(), null, tensor.type()));
        }
    }

    private static void requireValues(OnnxNode node, Tensor tensor) {
        if (tensor.size() == 0) {
            throw new IllegalArgumentException("its result of " + Tensor.text(tensor.shape()) + " has no values");
        }
    }
}
