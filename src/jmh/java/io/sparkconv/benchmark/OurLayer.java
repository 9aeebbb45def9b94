package io.sparkconv.benchmark;

import io.sparkconv.conv.Accuracy;
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
    private final Shape shape;
    private final Region target;
    private final float[] output; // (channel, z, y, x)

    OurLayer(BenchmarkLayer layer, Accuracy accuracy, float[] weights, float[] bias, float[] values) {
        this.operator = layer.isTransposed()
                ? new TransposedConvolution(layer.geometry(), weights, bias)
                : new Convolution(layer.geometry(), weights, bias, accuracy);
        this.input = Tile.ofMap(new FeatureMap(layer.input(), values));
        this.shape = layer.input();
        Shape outputShape = operator.outputShape(shape);
        this.target = Region.ofMap(outputShape);
        this.output = new float[outputShape.arrayLength()];
    }

    ConvolutionOperator operator() {
        return operator;
    }

    void run() {
        operator.compute(input, shape, target, output);
    }

    /** Values of the last run, {@code (channel, z, y, x)}. */
    float[] output() {
        return output;
    }
}
