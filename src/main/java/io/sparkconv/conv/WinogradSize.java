package io.sparkconv.conv;

import io.sparkconv.kernel.WinogradTransform;
import io.sparkconv.tile.Interval;

/** The sizes of Winograd's blocks of outputs, for kernels of three taps an axis. */
enum WinogradSize {
    /** F(2×2, 3×3): errors as those of the direct sum. */
    TWO(2, WinogradTransform.INPUT_OF_TWO, WinogradTransform.OUTPUT_OF_TWO, new double[][] {
        {1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}
    }),
    /** F(4×4, 3×3): a quarter of the products, errors some ten times greater. */
    FOUR(4, WinogradTransform.INPUT_OF_FOUR, WinogradTransform.OUTPUT_OF_FOUR, new double[][] {
        {1 / 4.0, 0, 0},
        {-1 / 6.0, -1 / 6.0, -1 / 6.0},
        {-1 / 6.0, 1 / 6.0, -1 / 6.0},
        {1 / 24.0, 1 / 12.0, 1 / 6.0},
        {1 / 24.0, -1 / 12.0, 1 / 6.0},
        {0, 0, 1}
    });

    private final int outputs;
    private final WinogradTransform input;
    private final WinogradTransform output;
    private final double[][] kernel; // G: (point, tap)

    WinogradSize(int outputs, WinogradTransform input, WinogradTransform output, double[][] kernel) {
        this.outputs = outputs;
        this.input = input;
        this.output = output;
        this.kernel = kernel;
    }

    /** Outputs of a block on one axis. */
    int outputs() {
        return outputs;
    }

    /** Inputs of a block on one axis, and its points. */
    int points() {
        return kernel.length;
    }

    WinogradTransform input() {
        return input;
    }

    WinogradTransform output() {
        return output;
    }

    /** The smallest interval of whole blocks that holds an interval of outputs. */
    Interval cover(Interval target) {
        int begin = Math.floorDiv(target.begin(), outputs) * outputs;
        int end = (Math.floorDiv(target.end() - 1, outputs) + 1) * outputs;
        return new Interval(begin, end);
    }

    /** {@code G g Gᵀ} at one point, from nine taps. */
    float weight(int pointY, int pointX, double[] taps) {
        double sum = 0;
        for (int y = 0; y < 3; y++) {
            for (int x = 0; x < 3; x++) {
                sum += kernel[pointY][y] * kernel[pointX][x] * taps[y * 3 + x];
            }
        }
        return (float) sum;
    }
}
