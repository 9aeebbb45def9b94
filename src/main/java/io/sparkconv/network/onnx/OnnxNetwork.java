package io.sparkconv.network.onnx;

import io.sparkconv.network.Network;
import io.sparkconv.network.evaluation.Tensor;
import io.sparkconv.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The network of an ONNX model: layers are named by the tensors that they make.
 *
 * @param network what to compute
 * @param dimensions number of axes of space of its input, 1 to 3
 * @param usualImage an image that it takes: of the size that the model tells, or a usual one
 * @param layers for the names of nodes and tensors the layers that make them
 */
public record OnnxNetwork(Network network, int dimensions, Shape usualImage, Map<String, String> layers) {
    private static final List<Integer> USUAL_EXTENTS = List.of(224, 256, 299, 64, 128, 32, 16, 8, 512, 1024);
    private static final int USUAL_CHANNELS = 3;

    /**
     * Loads a local file.
     *
     * @throws IllegalArgumentException if it can't be read, or isn't a network of one image; the message is one line and
     *     names file and node
     */
    public static OnnxNetwork load(Path file) {
        OnnxModel model = OnnxModel.load(file);
        try {
            return of(model);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw Refusal.of("Cannot load network " + file + ": " + Refusal.reason(e), e);
        } catch (OutOfMemoryError e) {
            throw Refusal.of(
                    "Cannot load network " + file + ": its tensors don't fit in the heap of "
                            + (Runtime.getRuntime().maxMemory() >> 20) + " MiB",
                    e);
        }
    }

    /**
     * The network of a model.
     *
     * @throws IllegalArgumentException if it isn't a network of one image
     */
    public static OnnxNetwork of(OnnxModel model) {
        List<GraphInput> inputs = model.graph().inputs();
        if (inputs.size() != 1) {
            throw new IllegalArgumentException("it has " + inputs.size() + " inputs ("
                    + String.join(
                            ", ",
                            inputs.stream()
                                    .map(input -> Refusal.shortened(input.name()))
                                    .limit(9)
                                    .toList())
                    + "); supported is one, the image");
        }
        ImageGraph graph = new ImageGraph(model.graph(), ImageInput.of(inputs.get(0)));
        IllegalArgumentException first = null;
        for (Shape image : images(graph)) {
            try {
                return of(graph, image, model.metadata());
            } catch (IllegalArgumentException | ArithmeticException e) {
                first = first != null ? first : new IllegalArgumentException(e.getMessage(), e);
            }
        }
        throw first;
    }

    private static OnnxNetwork of(ImageGraph graph, Shape image, Map<String, String> metadata) {
        NetworkBuilder.Built built = graph.build(image).build();
        Network network = new Network(
                new ImageMetadata(metadata).specification(image.channels()), built.nodes(), built.outputs());
        network.at(image).shapes(image, network.at(image).nodes());
        Map<String, String> layers = new LinkedHashMap<>();
        for (OnnxNode node : graph.graph().nodes()) {
            for (String tensor : node.outputs()) {
                MapValue value = built.values().get(tensor);
                String layer = value == null ? null : value.layer();
                if (layer != null && (layer.equals(Network.INPUT) || has(network, layer))) {
                    layers.putIfAbsent(node.name(), layer);
                    layers.putIfAbsent(tensor, layer);
                }
            }
        }
        network.nodes().forEach(node -> layers.put(node.name(), node.name()));
        return new OnnxNetwork(network, graph.input().dimensions(), image, layers);
    }

    private static boolean has(Network network, String layer) {
        return network.nodes().stream().anyMatch(node -> node.name().equals(layer));
    }

    /** Sizes to try where the model leaves some open. */
    private static List<Shape> images(ImageGraph graph) {
        ImageInput input = graph.input();
        int channels = input.declared(MapAxis.CHANNEL);
        if (channels == GraphInput.OPEN) {
            channels = channels(graph.graph(), input.name());
        }
        List<Shape> images = new ArrayList<>();
        for (int extent : USUAL_EXTENTS) {
            int usual = input.dimensions() == 1 ? extent * 64 : input.dimensions() == 3 ? Math.min(extent, 64) : extent;
            Shape image = new Shape(
                    channels,
                    declared(input, MapAxis.Z, usual),
                    declared(input, MapAxis.Y, usual),
                    declared(input, MapAxis.X, usual));
            if (!images.contains(image)) {
                images.add(image);
            }
        }
        return images;
    }

    private static int declared(ImageInput input, MapAxis axis, int usual) {
        int extent = input.declared(axis);
        return extent == GraphInput.OPEN ? usual : extent;
    }

    /** As many as the first convolution reads. */
    private static int channels(OnnxGraph graph, String input) {
        for (OnnxNode node : graph.nodes()) {
            if (node.operation().name().equals("Conv") && node.inputs().size() > 1) {
                Tensor weights = graph.constants().get(node.inputs().get(1));
                if (weights != null
                        && weights.rank() > 1
                        && node.inputs().get(0).equals(input)) {
                    return Math.multiplyExact(
                            weights.shape()[1], node.operation().attributes().count("group", 1));
                }
            }
        }
        return USUAL_CHANNELS;
    }

    /**
     * The layer of a name of a node or a tensor.
     *
     * @throws IllegalArgumentException if there is none; the message tells the nearest names
     */
    public String layer(String name) {
        String layer = layers.get(name);
        if (layer == null) {
            throw Refusal.of(
                    "Cannot find layer '" + name + "': the nearest names are "
                            + String.join(", ", NearNames.of(name, layers.keySet())),
                    null);
        }
        return layer;
    }
}
