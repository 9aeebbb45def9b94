package io.sparkconv.network;

import io.sparkconv.tensor.Shape;
import java.util.List;

/** The sum of all pixels of each channel: exact, and rounded once to double and once to float. */
public record GlobalSum() implements GlobalLayer {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return new Shape(inputs.get(0).channels(), 1, 1, 1);
    }

    @Override
    public Gathered begin(int channels) {
        return new GatheredSums(channels, GatheredSums.Result.SUM);
    }

    @Override
    public String description() {
        return "sum of all pixels";
    }
}
