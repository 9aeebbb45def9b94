package io.sparkconv.kernel;

/**
 * {@link RowSums} in vectors: divides rows of pixels among the unrolled loops {@code RowsOf…}, each of which holds its sums in registers.
 *
 * <p>It only chooses among them; its length is that of the argument lists, without which the compiler would meet objects on the way. So that
 * calls fit into lines, positions have short names: {@code weight} in the weights, {@code lane} in the bias, {@code at} in the sums.
 */
final class VectorRowSums implements RowSums {
    private static final int LANES = ChosenSpecies.FLOATS.length();
    private static final boolean IS_WIDE = ChosenSpecies.IS_WIDE;

    @Override
    public int outputs() {
        return IS_WIDE ? 8 : 4;
    }

    @Override
    public void sumAhead(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weight,
            float[] bias,
            int lane,
            float[] sums,
            int at,
            int sumStep,
            float[] far,
            int farAt,
            int farStep,
            float[] panel,
            int panelAt,
            int panelStep) {
        if (IS_WIDE) {
            RowsOfEight.twoAhead(
                    source, position, taps, from, to, weights, weight, bias, lane, sums, at, sumStep, far, farAt,
                    farStep, panel, panelAt, panelStep);
        } else {
            RowsOfFour.twoAhead(
                    source, position, taps, from, to, weights, weight, bias, lane, sums, at, sumStep, far, farAt,
                    farStep, panel, panelAt, panelStep);
        }
        sum(
                source,
                position + 2 * LANES,
                taps,
                from,
                to,
                weights,
                weight,
                outputs(),
                AHEAD_VECTORS - 2,
                bias,
                lane,
                sums,
                at + 2 * LANES,
                sumStep);
    }

    @Override
    public void addAhead(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weight,
            float[] bias,
            int lane,
            float[] sums,
            int at,
            int sumStep,
            float[] far,
            int farAt,
            int farStep,
            float[] panel,
            int panelAt,
            int panelStep) {
        if (IS_WIDE) {
            RowsOfEight.addTwoAhead(
                    source, position, taps, from, to, weights, weight, bias, lane, sums, at, sumStep, far, farAt,
                    farStep, panel, panelAt, panelStep);
        } else {
            RowsOfFour.addTwoAhead(
                    source, position, taps, from, to, weights, weight, bias, lane, sums, at, sumStep, far, farAt,
                    farStep, panel, panelAt, panelStep);
        }
        add(
                source,
                position + 2 * LANES,
                taps,
                from,
                to,
                weights,
                weight,
                outputs(),
                AHEAD_VECTORS - 2,
                bias,
                lane,
                sums,
                at + 2 * LANES,
                sumStep);
    }

    @Override
    public void sum(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weight,
            int outputs,
            int vectors,
            float[] bias,
            int lane,
            float[] sums,
            int at,
            int sumStep) {
        int pixels = vectors * LANES;
        if (outputs == 8) {
            ofEight(source, position, taps, from, to, weights, weight, pixels, bias, lane, sums, at, sumStep);
        } else if (outputs == 4) {
            ofFour(source, position, taps, from, to, weights, weight, pixels, bias, lane, sums, at, sumStep);
        } else if (outputs == 2) {
            ofTwo(source, position, taps, from, to, weights, weight, pixels, bias, lane, sums, at, sumStep);
        } else {
            ofOne(source, position, taps, from, to, weights, weight, pixels, bias, lane, sums, at);
        }
    }

    @Override
    public void add(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weight,
            int outputs,
            int vectors,
            float[] bias,
            int lane,
            float[] sums,
            int at,
            int sumStep) {
        int pixels = vectors * LANES;
        if (outputs == 8) {
            addToEight(source, position, taps, from, to, weights, weight, pixels, bias, lane, sums, at, sumStep);
        } else if (outputs == 4) {
            addToFour(source, position, taps, from, to, weights, weight, pixels, bias, lane, sums, at, sumStep);
        } else if (outputs == 2) {
            addToTwo(source, position, taps, from, to, weights, weight, pixels, bias, lane, sums, at, sumStep);
        } else {
            addToOne(source, position, taps, from, to, weights, weight, pixels, bias, lane, sums, at);
        }
    }

    private static void ofEight(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weight,
            int pixels,
            float[] bias,
            int lane,
            float[] sums,
            int at,
            int sumStep) {
        int pixel = 0;
        if (pixels % (2 * LANES) != 0 && pixels > LANES) {
            RowsOfEight.three(
                    source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel, sumStep);
            pixel += 3 * LANES;
        }
        while (pixel + 2 * LANES <= pixels) {
            RowsOfEight.two(
                    source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel, sumStep);
            pixel += 2 * LANES;
        }
        while (pixel < pixels) {
            RowsOfEight.one(
                    source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel, sumStep);
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
            int weight,
            int pixels,
            float[] bias,
            int lane,
            float[] sums,
            int at,
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
                        weight,
                        bias,
                        lane,
                        sums,
                        at + pixel,
                        sumStep);
                pixel += 3 * LANES;
            }
        }
        while (IS_WIDE && pixel + 4 * LANES <= pixels) {
            RowsOfFour.four(
                    source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel, sumStep);
            pixel += 4 * LANES;
        }
        while (pixel + 2 * LANES <= pixels) {
            RowsOfFour.two(
                    source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel, sumStep);
            pixel += 2 * LANES;
        }
        while (pixel < pixels) {
            RowsOfFour.one(
                    source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel, sumStep);
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
            int weight,
            int pixels,
            float[] bias,
            int lane,
            float[] sums,
            int at,
            int sumStep) {
        int pixel = 0;
        while (IS_WIDE && pixel + 8 * LANES <= pixels) {
            RowsOfTwo.eight(
                    source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel, sumStep);
            pixel += 8 * LANES;
        }
        while (pixel + 4 * LANES <= pixels) {
            RowsOfTwo.four(
                    source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel, sumStep);
            pixel += 4 * LANES;
        }
        while (pixel + 2 * LANES <= pixels) {
            RowsOfTwo.two(
                    source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel, sumStep);
            pixel += 2 * LANES;
        }
        while (pixel < pixels) {
            RowsOfTwo.one(
                    source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel, sumStep);
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
            int weight,
            int pixels,
            float[] bias,
            int lane,
            float[] sums,
            int at) {
        int pixel = 0;
        while (IS_WIDE && pixel + 8 * LANES <= pixels) {
            RowsOfOne.eight(source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel);
            pixel += 8 * LANES;
        }
        while (pixel + 4 * LANES <= pixels) {
            RowsOfOne.four(source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel);
            pixel += 4 * LANES;
        }
        while (pixel + 2 * LANES <= pixels) {
            RowsOfOne.two(source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel);
            pixel += 2 * LANES;
        }
        while (pixel < pixels) {
            RowsOfOne.one(source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel);
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
            int weight,
            int pixels,
            float[] bias,
            int lane,
            float[] sums,
            int at,
            int sumStep) {
        int pixel = 0;
        while (pixel + 2 * LANES <= pixels) {
            RowsOfEight.addTwo(
                    source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel, sumStep);
            pixel += 2 * LANES;
        }
        while (pixel < pixels) {
            RowsOfEight.addOne(
                    source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel, sumStep);
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
            int weight,
            int pixels,
            float[] bias,
            int lane,
            float[] sums,
            int at,
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
                        weight,
                        bias,
                        lane,
                        sums,
                        at + pixel,
                        sumStep);
                pixel += 3 * LANES;
            }
        }
        while (IS_WIDE && pixel + 4 * LANES <= pixels) {
            RowsOfFour.addFour(
                    source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel, sumStep);
            pixel += 4 * LANES;
        }
        while (pixel + 2 * LANES <= pixels) {
            RowsOfFour.addTwo(
                    source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel, sumStep);
            pixel += 2 * LANES;
        }
        while (pixel < pixels) {
            RowsOfFour.addOne(
                    source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel, sumStep);
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
            int weight,
            int pixels,
            float[] bias,
            int lane,
            float[] sums,
            int at,
            int sumStep) {
        int pixel = 0;
        while (IS_WIDE && pixel + 8 * LANES <= pixels) {
            RowsOfTwo.addEight(
                    source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel, sumStep);
            pixel += 8 * LANES;
        }
        while (pixel + 4 * LANES <= pixels) {
            RowsOfTwo.addFour(
                    source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel, sumStep);
            pixel += 4 * LANES;
        }
        while (pixel + 2 * LANES <= pixels) {
            RowsOfTwo.addTwo(
                    source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel, sumStep);
            pixel += 2 * LANES;
        }
        while (pixel < pixels) {
            RowsOfTwo.addOne(
                    source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel, sumStep);
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
            int weight,
            int pixels,
            float[] bias,
            int lane,
            float[] sums,
            int at) {
        int pixel = 0;
        while (IS_WIDE && pixel + 8 * LANES <= pixels) {
            RowsOfOne.addEight(source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel);
            pixel += 8 * LANES;
        }
        while (pixel + 4 * LANES <= pixels) {
            RowsOfOne.addFour(source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel);
            pixel += 4 * LANES;
        }
        while (pixel + 2 * LANES <= pixels) {
            RowsOfOne.addTwo(source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel);
            pixel += 2 * LANES;
        }
        while (pixel < pixels) {
            RowsOfOne.addOne(source, position + pixel, taps, from, to, weights, weight, bias, lane, sums, at + pixel);
            pixel += 1 * LANES;
        }
    }
}
