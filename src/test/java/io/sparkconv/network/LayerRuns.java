package io.sparkconv.network;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs a layer on whole maps and compares maps. */
public final class LayerRuns {
    /** Largest relative error of one rounding of a float. */
    static final double ROUNDING = 0x1p-24;

    private LayerRuns() {}

    /** The whole output of a layer, computed in one piece from whole maps. */
    public static FeatureMap whole(Layer layer, FeatureMap... inputs) {
        List<Shape> shapes = Arrays.stream(inputs).map(FeatureMap::shape).toList();
        Shape shape = layer.outputShape(shapes);
        Region target = Region.ofMap(shape);
        List<Tile> sources = new ArrayList<>();
        for (int i = 0; i < inputs.length; i++) {
            Region wanted = layer.requiredSource(target, i, shapes);
            sources.add(Tile.ofMap(inputs[i]).extend(wanted, Region.ofMap(shapes.get(i)), layer.padding()));
        }
        float[] output = new float[shape.arrayLength()]; // (channel, z, y, x)
        // an element that is not written must show
        Arrays.fill(output, Float.NaN);
        layer.compute(sources, shapes, target, output);
        return new FeatureMap(shape, output);
    }

    static double largest(FeatureMap map) {
        double largest = 0;
        for (float value : map.values()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    static void requireClose(Object what, FeatureMap actual, FeatureMap expected, double tolerance) {
        if (!actual.shape().equals(expected.shape())) {
            throw new AssertionError(what + ": " + actual.shape() + ", expected " + expected.shape());
        }
        for (int i = 0; i < expected.values().length; i++) {
            float difference = Math.abs(actual.values()[i] - expected.values()[i]);
            if (!(difference <= tolerance)) {
                throw new AssertionError(what + ": element " + i + " is " + actual.values()[i] + ", expected "
                        + expected.values()[i] + " ± " + tolerance);
            }
        }
    }
}
