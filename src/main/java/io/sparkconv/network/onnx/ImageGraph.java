package io.sparkconv.network.onnx;

import io.sparkconv.network.Layer;
import io.sparkconv.network.SizedLayer;
import io.sparkconv.tensor.Shape;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A graph whose input is an image, and its layers for images of any size. */
final class ImageGraph implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int LATELY = 64;

    private final OnnxGraph graph;
    private final ImageInput input;
    private transient Map<Shape, Map<String, Layer>> lately;
    private transient Map<String, Layer> shared;

    ImageGraph(OnnxGraph graph, ImageInput input) {
        this.graph = graph;
        this.input = input;
    }

    OnnxGraph graph() {
        return graph;
    }

    ImageInput input() {
        return input;
    }

    /** The graph as layers, for one size. */
    NetworkBuilder build(Shape image) {
        return new NetworkBuilder(this, image);
    }

    /** Layers with packed weights, which images of several sizes share. */
    synchronized Map<String, Layer> shared() {
        if (shared == null) {
            shared = new ConcurrentHashMap<>();
        }
        return shared;
    }

    /** All layers that depend on the image's size, by name. */
    synchronized Map<String, Layer> layers(Shape image) {
        if (lately == null) {
            lately = new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Shape, Map<String, Layer>> eldest) {
                    return size() > LATELY;
                }
            };
        }
        Map<String, Layer> layers = lately.get(image);
        if (layers == null) {
            layers = build(image).build().sized();
            lately.put(image, layers);
        }
        return layers;
    }

    /**
     * A layer of the graph for any size.
     *
     * @param graph the graph
     * @param name its name in the graph
     * @param description what it is, for people
     */
    record AnySize(ImageGraph graph, String name, String description) implements SizedLayer {

        @Override
        public Layer at(Shape image) {
            Layer layer = graph.layers(image).get(name);
            if (layer == null) {
                throw new IllegalArgumentException("Cannot run layer '" + name + "' on an image of " + image
                        + ": for images of this size the network computes it otherwise");
            }
            return layer;
        }
    }
}
