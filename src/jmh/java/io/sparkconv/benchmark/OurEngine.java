package io.sparkconv.benchmark;

import io.sparkconv.conv.Accuracy;
import io.sparkconv.conv.Convolution;
import io.sparkconv.conv.ConvolutionOperator;
import io.sparkconv.conv.Epilogue;
import io.sparkconv.conv.TransposedConvolution;
import io.sparkconv.network.Network;
import io.sparkconv.plan.FusedGroup;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;
import java.util.Map;

/** This project's side: from a whole map to a whole map, padding included, packing of weights not (the first run does it). */
final class OurEngine {
    private OurEngine() {}

    /** A layer by itself. */
    static Contender layer(BenchmarkLayer layer, Accuracy accuracy, LayerValues values) {
        ConvolutionOperator operator = layer.isTransposed()
                ? new TransposedConvolution(layer.geometry(), values.weights(), values.bias())
                : new Convolution(layer.geometry(), values.weights(), values.bias(), accuracy);
        Tile input = Tile.ofMap(new FeatureMap(layer.input(), values.input()));
        float[] output = new float[layer.output().arrayLength()]; // (channel, z, y, x)
        Tile target = Tile.ofMap(new FeatureMap(layer.output(), output));
        Workspace workspace = new Workspace();
        return new Contender() {
            @Override
            public void run() {
                operator.compute(input, layer.input(), target, Epilogue.NONE, workspace);
            }

            @Override
            public float[] output() {
                return output;
            }
        };
    }

    /** A whole network, in one fused group. */
    static Contender network(NetworkDescription description, Accuracy accuracy, float[] values) {
        Network network = description.network().withAccuracy(accuracy);
        String last = description.output();
        Shape shape = description.input();
        FusedGroup group = FusedGroup.of(network, shape, List.of(last));
        Tile input = Tile.ofMap(new FeatureMap(shape, values));
        Map<String, Region> targets = Map.of(last, Region.ofMap(group.shape(last)));
        Map<String, Tile> inside = Map.of(Network.INPUT, input);
        Workspace workspace = new Workspace();
        return new Contender() {
            private Tile output;

            @Override
            public void run() {
                output = group.compute(inside, Map.of(), targets, workspace).get(last);
            }

            @Override
            public float[] output() {
                return output.values();
            }
        };
    }
}
