package io.sparkconv.network;

/**
 * Loops over arrays in which one index counts for all: the JIT makes vectors of these, but of none whose arrays have offsets of
 * their own, which might overlap. Values are copied to where the index finds them.
 */
final class IndexedLoops {
    private IndexedLoops() {}

    /**
     * Values where the index of their results finds them: the array itself if they lie so, else copied into the results.
     *
     * @param results written from {@code to} on if the values lie elsewhere
     */
    static float[] aligned(float[] values, int from, float[] results, int to, int count) {
        if (from == to) {
            return values;
        }
        System.arraycopy(values, from, results, to, count);
        return results;
    }

    static void add(float[] one, float[] other, float[] results, int begin, int end) {
        for (int i = begin; i < end; i++) {
            results[i] = one[i] + other[i];
        }
    }

    static void multiply(float[] one, float[] other, float[] results, int begin, int end) {
        for (int i = begin; i < end; i++) {
            results[i] = one[i] * other[i];
        }
    }

    static void divide(float[] one, float[] other, float[] results, int begin, int end) {
        for (int i = begin; i < end; i++) {
            results[i] = one[i] / other[i];
        }
    }

    static void largest(float[] one, float[] other, float[] results, int begin, int end) {
        for (int i = begin; i < end; i++) {
            results[i] = Math.max(one[i], other[i]);
        }
    }

    /** {@code max(values, values · slope)}. */
    static void largestScaled(float[] values, float slope, float[] results, int begin, int end) {
        for (int i = begin; i < end; i++) {
            results[i] = Math.max(values[i], values[i] * slope);
        }
    }

    /** {@code max(values, 0)}. */
    static void rectify(float[] values, float[] results, int begin, int end) {
        for (int i = begin; i < end; i++) {
            results[i] = Math.max(values[i], 0f);
        }
    }

    /** {@code min(max(values, low), high)}. */
    static void clip(float[] values, float low, float high, float[] results, int begin, int end) {
        for (int i = begin; i < end; i++) {
            results[i] = Math.min(Math.max(values[i], low), high);
        }
    }

    /** {@code max(0, min(1, slope · values + shift))}. */
    static void hardSigmoid(float[] values, float slope, float shift, float[] results, int begin, int end) {
        for (int i = begin; i < end; i++) {
            results[i] = Math.max(0f, Math.min(1f, slope * values[i] + shift));
        }
    }

    /** {@code values · max(0, min(1, values / 6 + 0.5))}. */
    static void hardSwish(float[] values, float[] results, int begin, int end) {
        for (int i = begin; i < end; i++) {
            results[i] = values[i] * Math.max(0f, Math.min(1f, values[i] / 6f + 0.5f));
        }
    }

    static void scale(float[] values, float scale, float shift, float[] results, int begin, int end) {
        for (int i = begin; i < end; i++) {
            results[i] = Math.fma(values[i], scale, shift);
        }
    }

    static void scale(float[] values, float[] scales, float[] shifts, float[] results, int begin, int end) {
        for (int i = begin; i < end; i++) {
            results[i] = Math.fma(values[i], scales[i], shifts[i]);
        }
    }

    /** {@code fma(upper, weight, lower · (1 − weight))}. */
    static void mix(float[] lower, float[] upper, float upperWeight, float[] results, int begin, int end) {
        float lowerWeight = 1f - upperWeight;
        for (int i = begin; i < end; i++) {
            results[i] = Math.fma(upper[i], upperWeight, lower[i] * lowerWeight);
        }
    }
}
