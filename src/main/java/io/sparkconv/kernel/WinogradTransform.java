package io.sparkconv.kernel;

/**
 * One-dimensional transforms of Winograd's minimal filtering for kernels of three taps (Lavin &amp; Gray 2016): {@code y = Aᵀ
 * ((G g) ⊙ (Bᵀ d))}. {@code d} are {@code outputs + 2} neighbouring inputs, {@code y} the outputs. F(2, 3) has the points 0, 1,
 * −1 and infinity, F(4, 3) also 2 and −2.
 *
 * <p>Each is made of additions, subtractions and products by small whole numbers in the order that {@link #apply} writes down;
 * micro-kernels with vectors take the same steps.
 */
public enum WinogradTransform {
    /** Leaves one value as it is. */
    ONE(1, 1) {
        @Override
        void apply(float[] v) {}
    },
    /** Leaves two values as they are: one tap at the points 0 and infinity of F(2, 3). */
    PAIR(2, 2) {
        @Override
        void apply(float[] v) {}
    },
    /** {@code Bᵀ} of F(2, 2) with the points 0, 1 and infinity, of which the first output needs no third input. */
    INPUT_OF_TWO_TAPS(3, 3) {
        @Override
        void apply(float[] v) {
            v[0] = v[0] - v[1];
            v[2] = v[1] - v[2];
        }
    },
    /** {@code Aᵀ} of F(2, 2). */
    OUTPUT_OF_TWO_TAPS(3, 2) {
        @Override
        void apply(float[] v) {
            v[0] = v[0] + v[1];
            v[1] = v[1] - v[2];
        }
    },
    /** {@code Bᵀ} of F(2, 3). */
    INPUT_OF_TWO(4, 4) {
        @Override
        void apply(float[] v) {
            float a = v[0] - v[2];
            float b = v[1] + v[2];
            float c = v[2] - v[1];
            float d = v[1] - v[3];
            put(v, a, b, c, d);
        }
    },
    /** {@code Aᵀ} of F(2, 3). */
    OUTPUT_OF_TWO(4, 2) {
        @Override
        void apply(float[] v) {
            float a = v[0] + v[1] + v[2];
            v[1] = v[1] - v[2] - v[3];
            v[0] = a;
        }
    },
    /** {@code Bᵀ} of F(4, 3). */
    INPUT_OF_FOUR(6, 6) {
        @Override
        void apply(float[] v) {
            float a = v[4] - v[2] + (v[0] - v[2]) * 4;
            float sum = v[4] - v[2] * 4;
            float difference = v[3] - v[1] * 4;
            float twiceSum = v[4] - v[2];
            float twiceDifference = (v[3] - v[1]) * 2;
            v[5] = v[5] - v[3] + (v[1] - v[3]) * 4;
            put(v, a, sum + difference, sum - difference, twiceSum + twiceDifference);
            v[4] = twiceSum - twiceDifference;
        }
    },
    /** {@code Aᵀ} of F(4, 3). */
    OUTPUT_OF_FOUR(6, 4) {
        @Override
        void apply(float[] v) {
            float sum = v[1] + v[2];
            float difference = v[1] - v[2];
            float twiceSum = v[3] + v[4];
            float twiceDifference = v[3] - v[4];
            put(
                    v,
                    v[0] + sum + twiceSum,
                    difference + twiceDifference * 2,
                    sum + twiceSum * 4,
                    difference + twiceDifference * 8 + v[5]);
        }
    };

    private final int inputs;
    private final int outputs;

    WinogradTransform(int inputs, int outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
    }

    /** Values that go in. */
    public int inputs() {
        return inputs;
    }

    /** Values that come out. */
    public int outputs() {
        return outputs;
    }

    /** Transforms the first values in place. */
    abstract void apply(float[] v);

    private static void put(float[] v, float a, float b, float c, float d) {
        v[0] = a;
        v[1] = b;
        v[2] = c;
        v[3] = d;
    }
}
