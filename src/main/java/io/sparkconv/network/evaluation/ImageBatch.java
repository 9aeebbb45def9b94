package io.sparkconv.network.evaluation;

import io.sparkconv.network.Layer;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Padding;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Arrays;
import java.util.List;

/** Runs layers on tensors {@code (batch, channel, space…)} of 2 to 5 axes, image by image. */
public final class ImageBatch {
    private static final int MOST_AXES = 5;

    private ImageBatch() {}

    /** The map of one image of a batch. */
    public static Shape shape(int[] shape) {
        if (shape.length < 2 || shape.length > MOST_AXES) {
            throw new IllegalArgumentException("Cannot use a tensor of " + Tensor.text(shape)
                    + " as images: 3 to 5 axes (batch, channel, and 1 to 3 of space) are needed");
        }
        int last = shape.length - 1;
        return new Shape(
                shape[1], last > 3 ? shape[last - 2] : 1, last > 2 ? shape[last - 1] : 1, last > 1 ? shape[last] : 1);
    }

    /** A batch of maps as a tensor of so many axes. */
    static int[] shape(int batch, Shape map, int rank) {
        int[] all = {map.depth(), map.height(), map.width()};
        int[] shape = new int[rank];
        shape[0] = batch;
        shape[1] = map.channels();
        System.arraycopy(all, 3 - (rank - 2), shape, 2, rank - 2);
        return shape;
    }

    /** The layer's output for every image. */
    static Tensor run(Layer layer, Tensor input) {
        Shape map = shape(input.shape());
        Shape result = layer.outputShape(List.of(map));
        int batch = input.shape()[0];
        int[] shape = shape(batch, result, input.rank());
        return Tensor.lazy(input.type(), shape, List.of(input), () -> {
            float[] output = new float[Tensor.size(shape)];
            int inputSize = map.arrayLength();
            int outputSize = result.arrayLength();
            for (int image = 0; image < batch; image++) {
                float[] values = Arrays.copyOfRange(input.floats(), image * inputSize, (image + 1) * inputSize);
                float[] mapped = whole(layer, new FeatureMap(map, values), result);
                System.arraycopy(mapped, 0, output, image * outputSize, outputSize);
            }
            return input.isFloat() ? output : wholes(output);
        });
    }

    private static long[] wholes(float[] values) {
        long[] wholes = new long[values.length];
        for (int i = 0; i < wholes.length; i++) {
            wholes[i] = (long) values[i];
        }
        return wholes;
    }

    private static float[] whole(Layer layer, FeatureMap map, Shape result) {
        List<Shape> inputs = List.of(map.shape());
        Region target = Region.ofMap(result);
        Region wanted = layer.requiredSource(target, 0, inputs);
        Tile tile = Tile.ofMap(map);
        Padding padding = layer.padding();
        boolean isEnough = layer.padsByItself() || tile.region().contains(wanted);
        float[] output = new float[result.arrayLength()];
        layer.compute(
                List.of(isEnough ? tile : tile.extend(wanted, Region.ofMap(map.shape()), padding)),
                inputs,
                target,
                output);
        return output;
    }
}
