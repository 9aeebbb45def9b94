package io.sparkconv.benchmark;

import io.sparkconv.onnx.OnnxRuntimeOracle.Tensor;
import java.util.Arrays;
import java.util.List;

/** How far what this project computes is from what ONNX Runtime does. */
final class OutputDifference {
    private OutputDifference() {}

    /** The worst output's largest difference over the largest magnitude that is expected of it; NaN where a value is. */
    static double of(List<Tensor> actual, List<Tensor> expected) {
        double worst = 0;
        for (int output = 0; output < expected.size(); output++) {
            worst = Math.max(worst, of(ordered(actual.get(output), expected.get(output)), expected.get(output).values()));
        }
        return worst;
    }

    /** Largest difference over the largest magnitude of what is expected. */
    static double of(float[] actual, float[] expected) {
        if (actual.length != expected.length) {
            throw new IllegalStateException("Cannot compare " + actual.length + " values with " + expected.length
                    + ": as many are needed");
        }
        double difference = 0;
        double magnitude = 0;
        for (int i = 0; i < expected.length; i++) {
            difference = Math.max(difference, Math.abs((double) actual[i] - expected[i]));
            magnitude = Math.max(magnitude, Math.abs(expected[i]));
        }
        return difference == 0 ? 0 : difference / magnitude;
    }

    /** Values with channels last where they are in what is expected. */
    private static float[] ordered(Tensor actual, Tensor expected) {
        long[] last = actual.shape().clone();
        System.arraycopy(actual.shape(), 2, last, 1, last.length - 2);
        last[last.length - 1] = actual.shape()[1];
        boolean isChannelLast =
                !Arrays.equals(actual.shape(), expected.shape()) && Arrays.equals(last, expected.shape());
        return isChannelLast
                ? BatchOfOne.channelsLast(actual.values(), (int) actual.shape()[1])
                : actual.values();
    }
}
