package io.sparkconv.benchmark;

import io.sparkconv.conv.Accuracy;
import io.sparkconv.conv.Convolution;
import io.sparkconv.conv.ConvolutionOperator;
import io.sparkconv.conv.Epilogue;
import io.sparkconv.conv.TransposedConvolution;
import io.sparkconv.network.Network;
import io.sparkconv.onnx.OnnxRuntimeOracle.Tensor;
import io.sparkconv.plan.FusedGroup;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** This project's side: from a whole map to whole maps, padding included, packing of weights not (the first run does it). */
final class OurEngine {
    private OurEngine() {}

    /** A layer by itself. */
    static Contender layer(BenchmarkLayer layer, Accuracy accuracy, LayerValues values) {
        ConvolutionOperator operator = layer.isTransposed()
                ? new TransposedConvolution(layer.geometry(), values.weights(), values.bias())
                : new Convolution(layer.geometry(), values.weights(), values.bias(), accuracy);
        Tile input = Tile.ofMap(new FeatureMap(layer.input(), values.input()));
        FeatureMap output = FeatureMap.zeros(layer.output());
        Tile target = Tile.ofMap(output);
        Workspace workspace = new Workspace();
        return new Contender() {
            @Override
            public void run() {
                operator.compute(input, layer.input(), target, Epilogue.NONE, workspace);
            }

            @Override
            public List<Tensor> outputs() {
                return List.of(Tensor.of(output, layer.dimensions()));
            }
        };
    }

    /**
     * A whole network, in one fused group.
     *
     * @param outputs names of the layers that it gives
     */
    static Contender network(NetworkModel model, List<String> outputs, Accuracy accuracy, FeatureMap image) {
        Network network = model.network().withAccuracy(accuracy);
        List<String> layers = outputs.stream().distinct().toList();
        FusedGroup group = FusedGroup.of(network, image.shape(), layers);
        Map<String, Region> targets = new LinkedHashMap<>();
        layers.forEach(layer -> targets.put(layer, Region.ofMap(group.shape(layer))));
        Map<String, Tile> inside = Map.of(Network.INPUT, Tile.ofMap(image));
        Workspace workspace = new Workspace();
        return new Contender() {
            private Map<String, Tile> computed = Map.of();

            @Override
            public void run() {
                computed = group.compute(inside, Map.of(), targets, workspace);
            }

            @Override
            public List<Tensor> outputs() {
                return outputs.stream()
                        .map(layer -> Tensor.of(computed.get(layer).featureMap(), model.dimensions()))
                        .toList();
            }
        };
    }
}
