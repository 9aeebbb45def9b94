package io.sparkconv.kernel;

/** The micro-kernel in vectors of the chosen species; its innermost loops are {@code …Blocks} and {@link VectorRows}. */
final class VectorMicroKernel implements MicroKernel {
    private static final int LANES = ChosenSpecies.FLOATS.length();
    /** Processors with vectors of 512 bits have 32 registers. */
    private static final boolean IS_WIDE = ChosenSpecies.FLOATS.vectorBitSize() == 512;

    /** Longer rows are copied as fast by the JVM itself. */
    private static final int MOST_COPIED = 256;

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public int vectors() {
        return 2;
    }

    @Override
    public int pixels(int vectors) {
        if (IS_WIDE) {
            return vectors == 2 ? WideBlocks.PIXELS_OF_TWO : WideBlocks.PIXELS_OF_ONE;
        }
        return vectors == 2 ? NarrowBlocks.PIXELS_OF_TWO : NarrowBlocks.PIXELS_OF_ONE;
    }

    @Override
    public void block(
            float[] source,
            int position,
            int step,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int vectors,
            float[] sums,
            int sumPosition) {
        if (IS_WIDE) {
            wide(source, position, step, taps, from, to, weights, weightPosition, vectors, sums, sumPosition);
        } else {
            narrow(source, position, step, taps, from, to, weights, weightPosition, vectors, sums, sumPosition);
        }
    }

    private static void narrow(
            float[] source,
            int position,
            int step,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int vectors,
            float[] sums,
            int sumPosition) {
        if (vectors == 2 && step == 1) {
            NarrowBlocks.twoAdjacent(source, position, taps, from, to, weights, weightPosition, sums, sumPosition);
        } else if (vectors == 2 && step == 2) {
            NarrowBlocks.twoAlternate(source, position, taps, from, to, weights, weightPosition, sums, sumPosition);
        } else if (vectors == 2) {
            NarrowBlocks.twoApart(source, position, step, taps, from, to, weights, weightPosition, sums, sumPosition);
        } else if (step == 1) {
            NarrowBlocks.oneAdjacent(source, position, taps, from, to, weights, weightPosition, sums, sumPosition);
        } else if (step == 2) {
            NarrowBlocks.oneAlternate(source, position, taps, from, to, weights, weightPosition, sums, sumPosition);
        } else {
            NarrowBlocks.oneApart(source, position, step, taps, from, to, weights, weightPosition, sums, sumPosition);
        }
    }

    private static void wide(
            float[] source,
            int position,
            int step,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int vectors,
            float[] sums,
            int sumPosition) {
        if (vectors == 2 && step == 1) {
            WideBlocks.twoAdjacent(source, position, taps, from, to, weights, weightPosition, sums, sumPosition);
        } else if (vectors == 2 && step == 2) {
            WideBlocks.twoAlternate(source, position, taps, from, to, weights, weightPosition, sums, sumPosition);
        } else if (vectors == 2) {
            WideBlocks.twoApart(source, position, step, taps, from, to, weights, weightPosition, sums, sumPosition);
        } else if (step == 1) {
            WideBlocks.oneAdjacent(source, position, taps, from, to, weights, weightPosition, sums, sumPosition);
        } else if (step == 2) {
            WideBlocks.oneAlternate(source, position, taps, from, to, weights, weightPosition, sums, sumPosition);
        } else {
            WideBlocks.oneApart(source, position, step, taps, from, to, weights, weightPosition, sums, sumPosition);
        }
    }

    @Override
    public void tripleBlock(
            float[] source,
            int position,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] sums,
            int sumPosition) {
        if (IS_WIDE) {
            WideBlocks.oneTriple(source, position, taps, from, to, weights, weightPosition, sums, sumPosition);
        } else {
            NarrowBlocks.oneTriple(source, position, taps, from, to, weights, weightPosition, sums, sumPosition);
        }
    }

    @Override
    public int densePixels(int vectors) {
        if (IS_WIDE) {
            return vectors == 2 ? WideBlocks.DENSE_PIXELS_OF_TWO : WideBlocks.DENSE_PIXELS_OF_ONE;
        }
        return vectors == 2 ? NarrowBlocks.DENSE_PIXELS_OF_TWO : NarrowBlocks.DENSE_PIXELS_OF_ONE;
    }

    @Override
    public void denseBlock(
            float[] source,
            int position,
            int step,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int vectors,
            float[] sums,
            int sumPosition) {
        if (IS_WIDE && vectors == 2) {
            WideBlocks.twoDense(source, position, step, from, to, weights, weightPosition, sums, sumPosition);
        } else if (IS_WIDE) {
            WideBlocks.oneDense(source, position, step, from, to, weights, weightPosition, sums, sumPosition);
        } else if (vectors == 2) {
            NarrowBlocks.twoDense(source, position, step, from, to, weights, weightPosition, sums, sumPosition);
        } else {
            NarrowBlocks.oneDense(source, position, step, from, to, weights, weightPosition, sums, sumPosition);
        }
    }

    @Override
    public void transform(
            WinogradTransform transform,
            float[] source,
            int position,
            int step,
            int next,
            float[] target,
            int targetPosition,
            int targetStep,
            int targetNext,
            int count,
            int repeats) {
        VectorTransforms.transform(
                transform,
                source,
                position,
                step,
                next,
                target,
                targetPosition,
                targetStep,
                targetNext,
                count,
                repeats);
    }

    @Override
    public int rowOutputs() {
        return IS_WIDE ? 8 : 4;
    }

    @Override
    public void rows(
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
        VectorRows.rows(
                source,
                position,
                taps,
                from,
                to,
                weights,
                weightPosition,
                outputs,
                vectors,
                bias,
                biasPosition,
                sums,
                sumPosition,
                sumStep);
    }

    @Override
    public void addRows(
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
        VectorRows.addRows(
                source,
                position,
                taps,
                from,
                to,
                weights,
                weightPosition,
                outputs,
                vectors,
                bias,
                biasPosition,
                sums,
                sumPosition,
                sumStep);
    }

    @Override
    public void packRows(
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
            float[] panel,
            int panelPosition,
            int panelStep) {
        VectorRows.packRows(
                source,
                position,
                taps,
                from,
                to,
                weights,
                weightPosition,
                vectors,
                bias,
                biasPosition,
                sums,
                sumPosition,
                sumStep,
                panel,
                panelPosition,
                panelStep);
    }

    @Override
    public void addPackRows(
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
            float[] panel,
            int panelPosition,
            int panelStep) {
        VectorRows.addPackRows(
                source,
                position,
                taps,
                from,
                to,
                weights,
                weightPosition,
                vectors,
                bias,
                biasPosition,
                sums,
                sumPosition,
                sumStep,
                panel,
                panelPosition,
                panelStep);
    }

    @Override
    public void windows(
            float[] source,
            int position,
            int rowStep,
            int pixelStep,
            int[] taps,
            float[] weights,
            int weightPosition,
            int rows,
            int pixels,
            float[] bias,
            int biasPosition,
            float[] sums,
            int sumPosition,
            int sumStep) {
        VectorWindows.windows(
                source,
                position,
                rowStep,
                pixelStep,
                taps,
                weights,
                weightPosition,
                rows,
                pixels,
                bias,
                biasPosition,
                sums,
                sumPosition,
                sumStep);
    }

    @Override
    public void padRows(
            float[] source,
            int position,
            int step,
            int rows,
            int count,
            float[] target,
            int targetPosition,
            int targetStep,
            int before,
            int after) {
        if (count < LANES) {
            VectorCopies.padShortRows(
                    source, position, step, rows, count, target, targetPosition, targetStep, before, after);
        } else if (count > MOST_COPIED) {
            MicroKernel.super.padRows(
                    source, position, step, rows, count, target, targetPosition, targetStep, before, after);
        } else {
            VectorCopies.padRows(
                    source, position, step, rows, count, target, targetPosition, targetStep, before, after);
        }
    }

    @Override
    public void add(float[] sums, int sumPosition, float[] addends, int count) {
        VectorCopies.add(sums, sumPosition, addends, count);
    }

    @Override
    public void storeRow(
            float[] sums,
            int sumPosition,
            int pixels,
            float[] bias,
            int biasPosition,
            float[] output,
            int outputPosition,
            int pixelStride) {
        if (pixelStride != 1 || pixels < LANES) {
            MicroKernel.super.storeRow(
                    sums, sumPosition, pixels, bias, biasPosition, output, outputPosition, pixelStride);
        } else if (bias == null) {
            System.arraycopy(sums, sumPosition, output, outputPosition, pixels);
        } else {
            VectorCopies.addTo(sums, sumPosition, bias[biasPosition], output, outputPosition, pixels);
        }
    }

    @Override
    public void storeRows(
            float[] sums,
            int sumPosition,
            int sumStep,
            int rows,
            int count,
            float[] output,
            int outputPosition,
            int outputStep) {
        if (count < LANES && outputStep == count && sumStep >= count) {
            VectorCopies.storeShortRows(sums, sumPosition, sumStep, rows, count, output, outputPosition);
        } else if (count < LANES || count > MOST_COPIED) {
            MicroKernel.super.storeRows(sums, sumPosition, sumStep, rows, count, output, outputPosition, outputStep);
        } else {
            VectorCopies.padRows(sums, sumPosition, sumStep, rows, count, output, outputPosition, outputStep, 0, 0);
        }
    }

    @Override
    public void transpose(
            float[] source,
            int position,
            int step,
            int rows,
            int columns,
            float[] target,
            int targetPosition,
            int targetStep) {
        if (rows < LANES || columns < LANES) {
            MicroKernel.super.transpose(source, position, step, rows, columns, target, targetPosition, targetStep);
        } else {
            VectorCopies.transpose(source, position, step, rows, columns, target, targetPosition, targetStep);
        }
    }

    @Override
    public void divide(float[] source, int position, float[] target, int targetPosition, int oddPosition, int count) {
        if (count < LANES) {
            MicroKernel.super.divide(source, position, target, targetPosition, oddPosition, count);
        } else {
            VectorCopies.divide(source, position, target, targetPosition, oddPosition, count);
        }
    }
}
