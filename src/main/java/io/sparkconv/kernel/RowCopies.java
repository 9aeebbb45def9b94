package io.sparkconv.kernel;

/** Copies of rows of pixels. */
public sealed interface RowCopies permits ScalarRowCopies, VectorRowCopies {
    /**
     * Copies rows and puts zeros before and after each: {@code target[targetPosition + row · targetStep + before + i] =
     * source[position + row · step + i]}.
     *
     * @param rows number of rows
     * @param count values of a row
     * @param target another array than the source, written
     * @param before zeros before a row
     * @param after zeros after it
     */
    void pad(
            float[] source,
            int position,
            int step,
            int rows,
            int count,
            float[] target,
            int targetPosition,
            int targetStep,
            int before,
            int after);

    /**
     * Copies rows: {@code target[targetPosition + row · targetStep + i] = source[position + row · step + i]}.
     *
     * @param count values of a row
     * @param target another array than the source, written
     */
    void copy(
            float[] source,
            int position,
            int step,
            int rows,
            int count,
            float[] target,
            int targetPosition,
            int targetStep);

    /**
     * Copies pixels to every so many: {@code target[targetPosition + i · stride] = source[position + i]}.
     *
     * @param target another array than the source, written
     */
    default void spread(float[] source, int position, int count, float[] target, int targetPosition, int stride) {
        for (int i = 0; i < count; i++) {
            target[targetPosition + i * stride] = source[position + i];
        }
    }

    /**
     * Divides pixels in turn: {@code target[targetPosition + i] = source[position + 2 · i]} and {@code target[oddPosition + i] =
     * source[position + 2 · i + 1]}.
     *
     * @param target another array than the source, written
     * @param count pixels of each half
     */
    void divide(float[] source, int position, float[] target, int targetPosition, int oddPosition, int count);

    /**
     * Puts pixels in turn, the inverse of {@link #divide}: {@code target[targetPosition + 2 · i] = source[position + i]} and {@code
     * target[targetPosition + 2 · i + 1] = source[oddPosition + i]}.
     *
     * @param count pixels of each half
     * @param target another array than the source, written
     */
    void join(float[] source, int position, int oddPosition, int count, float[] target, int targetPosition);
}
