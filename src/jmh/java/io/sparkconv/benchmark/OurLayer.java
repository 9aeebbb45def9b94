package io.sparkconv.benchmark;

import io.sparkconv.conv.Convolution;
import io.sparkconv.conv.ConvolutionOperator;
import io.sparkconv.conv.TransposedConvolution;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;

/** A layer as this project computes it, from a whole map to a whole map: padding included, packing of weights not. */
final class OurLayer {
    private final ConvolutionOperator operator;
    private final Tile input;
    private final Region target;
    private final float[] output; // (channel, z, y, x)

    OurLayer(BenchmarkLayer layer, float[] weights, float[] bias, float[] values) {
        this.operator = layer.isTransposed()
                ? new TransposedConvolution(layer.geometry(), weights, bias)
                : new Convolution(layer.geometry(), weights, bias);
        this.input = Tile.ofMap(new FeatureMap(layer.input(), values));
        Shape shape = operator.outputShape(layer.input());
        this.target = Region.ofMap(shape);
        this.output = new float[shape.arrayLength()];
    }

    ConvolutionOperator operator() {
        return operator;
    }

    void run() {
        operator.compute(input, target, output);
    }

    /** Values of the last run, {@code (channel, z, y, x)}. */
    float[] output() {
        return output;
    }
}
