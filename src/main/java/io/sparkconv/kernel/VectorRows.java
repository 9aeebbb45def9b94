package io.sparkconv.kernel;

import jdk.incubator.vector.VectorSpecies;

/**
 * Sums with pixels as lanes: divides rows of pixels among the blocks that registers hold. It only chooses among them: its length is that of
 * the argument lists, a line an argument, without which the compiler would meet objects on the way.
 */
final class VectorRows {
    private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;
    private static final int LANES = SPECIES.length();
    /** Processors with vectors of 512 bits have 32 registers. */
    private static final boolean IS_WIDE = SPECIES.vectorBitSize() == 512;

    private VectorRows() {}

    /** As {@link MicroKernel#rowsAhead}. */
    static void rowsAhead(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int vectors,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition,
            int sumStep,
            float[] far,
            int farPosition,
            int farStep,
            float[] panel,
            int panelPosition,
            int panelStep) {
        for (int pixel = 0; pixel < vectors * LANES; pixel += 2 * LANES) {
            if (IS_WIDE) {
                RowsOfEight.twoAhead(
                        source,
                        position + pixel,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition,
                        bias,
                        biasPosition,
                        sums,
                        sumPosition + pixel,
                        sumStep,
                        far,
                        farPosition + pixel / 2,
                        farStep,
                        panel,
                        panelPosition + pixel / 2,
                        panelStep);
            } else {
                RowsOfFour.twoAhead(
                        source,
                        position + pixel,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition,
                        bias,
                        biasPosition,
                        sums,
                        sumPosition + pixel,
                        sumStep,
                        far,
                        farPosition + pixel / 2,
                        farStep,
                        panel,
                        panelPosition + pixel / 2,
                        panelStep);
            }
        }
    }

    /** As {@link MicroKernel#addRowsAhead}. */
    static void addRowsAhead(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int vectors,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition,
            int sumStep,
            float[] far,
            int farPosition,
            int farStep,
            float[] panel,
            int panelPosition,
            int panelStep) {
        for (int pixel = 0; pixel < vectors * LANES; pixel += 2 * LANES) {
            if (IS_WIDE) {
                RowsOfEight.addTwoAhead(
                        source,
                        position + pixel,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition,
                        bias,
                        biasPosition,
                        sums,
                        sumPosition + pixel,
                        sumStep,
                        far,
                        farPosition + pixel / 2,
                        farStep,
                        panel,
                        panelPosition + pixel / 2,
                        panelStep);
            } else {
                RowsOfFour.addTwoAhead(
                        source,
                        position + pixel,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition,
                        bias,
                        biasPosition,
                        sums,
                        sumPosition + pixel,
                        sumStep,
                        far,
                        farPosition + pixel / 2,
                        farStep,
                        panel,
                        panelPosition + pixel / 2,
                        panelStep);
            }
        }
    }

    /** As {@link MicroKernel#rows}. */
    static void rows(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int outputs,
            int vectors,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition,
            int sumStep) {
        int pixels = vectors * LANES;
        if (outputs == 8) {
            ofEight(
                    source,
                    position,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    pixels,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition,
                    sumStep);
        } else if (outputs == 4) {
            ofFour(
                    source,
                    position,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    pixels,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition,
                    sumStep);
        } else if (outputs == 2) {
            ofTwo(
                    source,
                    position,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    pixels,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition,
                    sumStep);
        } else {
            ofOne(
                    source,
                    position,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    pixels,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition);
        }
    }

    /** As {@link MicroKernel#addRows}. */
    static void addRows(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int outputs,
            int vectors,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition,
            int sumStep) {
        int pixels = vectors * LANES;
        if (outputs == 8) {
            addToEight(
                    source,
                    position,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    pixels,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition,
                    sumStep);
        } else if (outputs == 4) {
            addToFour(
                    source,
                    position,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    pixels,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition,
                    sumStep);
        } else if (outputs == 2) {
            addToTwo(
                    source,
                    position,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    pixels,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition,
                    sumStep);
        } else {
            addToOne(
                    source,
                    position,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    pixels,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition);
        }
    }

    private static void ofEight(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int pixels,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition,
            int sumStep) {
        int pixel = 0;
        if (pixels % (2 * LANES) != 0 && pixels > LANES) {
            RowsOfEight.three(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel,
                    sumStep);
            pixel += 3 * LANES;
        }
        while (pixel + 2 * LANES <= pixels) {
            RowsOfEight.two(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel,
                    sumStep);
            pixel += 2 * LANES;
        }
        while (pixel < pixels) {
            RowsOfEight.one(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel,
                    sumStep);
            pixel += 1 * LANES;
        }
    }

    private static void ofFour(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int pixels,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition,
            int sumStep) {
        int pixel = 0;
        if (!IS_WIDE) {
            while (pixel + 3 * LANES <= pixels && pixels - pixel != 4 * LANES) {
                RowsOfFour.three(
                        source,
                        position + pixel,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition,
                        bias,
                        biasPosition,
                        sums,
                        sumPosition + pixel,
                        sumStep);
                pixel += 3 * LANES;
            }
        }
        while (IS_WIDE && pixel + 4 * LANES <= pixels) {
            RowsOfFour.four(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel,
                    sumStep);
            pixel += 4 * LANES;
        }
        while (pixel + 2 * LANES <= pixels) {
            RowsOfFour.two(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel,
                    sumStep);
            pixel += 2 * LANES;
        }
        while (pixel < pixels) {
            RowsOfFour.one(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel,
                    sumStep);
            pixel += 1 * LANES;
        }
    }

    private static void ofTwo(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int pixels,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition,
            int sumStep) {
        int pixel = 0;
        while (IS_WIDE && pixel + 8 * LANES <= pixels) {
            RowsOfTwo.eight(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel,
                    sumStep);
            pixel += 8 * LANES;
        }
        while (pixel + 4 * LANES <= pixels) {
            RowsOfTwo.four(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel,
                    sumStep);
            pixel += 4 * LANES;
        }
        while (pixel + 2 * LANES <= pixels) {
            RowsOfTwo.two(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel,
                    sumStep);
            pixel += 2 * LANES;
        }
        while (pixel < pixels) {
            RowsOfTwo.one(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel,
                    sumStep);
            pixel += 1 * LANES;
        }
    }

    private static void ofOne(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int pixels,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition) {
        int pixel = 0;
        while (IS_WIDE && pixel + 8 * LANES <= pixels) {
            RowsOfOne.eight(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel);
            pixel += 8 * LANES;
        }
        while (pixel + 4 * LANES <= pixels) {
            RowsOfOne.four(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel);
            pixel += 4 * LANES;
        }
        while (pixel + 2 * LANES <= pixels) {
            RowsOfOne.two(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel);
            pixel += 2 * LANES;
        }
        while (pixel < pixels) {
            RowsOfOne.one(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel);
            pixel += 1 * LANES;
        }
    }

    private static void addToEight(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int pixels,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition,
            int sumStep) {
        int pixel = 0;
        while (pixel + 2 * LANES <= pixels) {
            RowsOfEight.addTwo(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel,
                    sumStep);
            pixel += 2 * LANES;
        }
        while (pixel < pixels) {
            RowsOfEight.addOne(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel,
                    sumStep);
            pixel += 1 * LANES;
        }
    }

    private static void addToFour(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int pixels,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition,
            int sumStep) {
        int pixel = 0;
        if (!IS_WIDE) {
            while (pixel + 3 * LANES <= pixels && pixels - pixel != 4 * LANES) {
                RowsOfFour.addThree(
                        source,
                        position + pixel,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition,
                        bias,
                        biasPosition,
                        sums,
                        sumPosition + pixel,
                        sumStep);
                pixel += 3 * LANES;
            }
        }
        while (IS_WIDE && pixel + 4 * LANES <= pixels) {
            RowsOfFour.addFour(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel,
                    sumStep);
            pixel += 4 * LANES;
        }
        while (pixel + 2 * LANES <= pixels) {
            RowsOfFour.addTwo(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel,
                    sumStep);
            pixel += 2 * LANES;
        }
        while (pixel < pixels) {
            RowsOfFour.addOne(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel,
                    sumStep);
            pixel += 1 * LANES;
        }
    }

    private static void addToTwo(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int pixels,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition,
            int sumStep) {
        int pixel = 0;
        while (IS_WIDE && pixel + 8 * LANES <= pixels) {
            RowsOfTwo.addEight(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel,
                    sumStep);
            pixel += 8 * LANES;
        }
        while (pixel + 4 * LANES <= pixels) {
            RowsOfTwo.addFour(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel,
                    sumStep);
            pixel += 4 * LANES;
        }
        while (pixel + 2 * LANES <= pixels) {
            RowsOfTwo.addTwo(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel,
                    sumStep);
            pixel += 2 * LANES;
        }
        while (pixel < pixels) {
            RowsOfTwo.addOne(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel,
                    sumStep);
            pixel += 1 * LANES;
        }
    }

    private static void addToOne(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int pixels,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition) {
        int pixel = 0;
        while (IS_WIDE && pixel + 8 * LANES <= pixels) {
            RowsOfOne.addEight(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel);
            pixel += 8 * LANES;
        }
        while (pixel + 4 * LANES <= pixels) {
            RowsOfOne.addFour(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel);
            pixel += 4 * LANES;
        }
        while (pixel + 2 * LANES <= pixels) {
            RowsOfOne.addTwo(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel);
            pixel += 2 * LANES;
        }
        while (pixel < pixels) {
            RowsOfOne.addOne(
                    source,
                    position + pixel,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition,
                    bias,
                    biasPosition,
                    sums,
                    sumPosition + pixel);
            pixel += 1 * LANES;
        }
    }
}
