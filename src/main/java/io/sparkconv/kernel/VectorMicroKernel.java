package io.sparkconv.kernel;

/**
 * The micro-kernel in vectors of the chosen species; its innermost loops are {@code …BlocksOf…} and {@link VectorRows}. It only chooses
 * among them: its length is that of the argument lists, a line an argument.
 */
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
        return IS_WIDE ? 4 : 2;
    }

    @Override
    public int pixels(int vectors) {
        if (IS_WIDE) {
            return switch (vectors) {
                case 1 -> WideBlocksOfOne.PIXELS;
                case 2 -> WideBlocksOfTwo.PIXELS;
                case 3 -> WideBlocksOfThree.PIXELS;
                default -> WideBlocksOfFour.PIXELS;
            };
        }
        return vectors == 2 ? NarrowBlocksOfTwo.PIXELS : NarrowBlocksOfOne.PIXELS;
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
            float[] before,
            int place,
            float[] sums,
            int sumPosition) {
        if (!IS_WIDE) {
            if (vectors == 2) {
                narrowTwo(
                        source,
                        position,
                        step,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition,
                        before,
                        place,
                        sums,
                        sumPosition);
            } else {
                narrowOne(
                        source,
                        position,
                        step,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition,
                        before,
                        place,
                        sums,
                        sumPosition);
            }
            return;
        }
        switch (vectors) {
            case 4 ->
                wideFour(
                        source,
                        position,
                        step,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition,
                        before,
                        place,
                        sums,
                        sumPosition);
            case 3 ->
                wideThree(
                        source,
                        position,
                        step,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition,
                        before,
                        place,
                        sums,
                        sumPosition);
            case 2 ->
                wideTwo(
                        source,
                        position,
                        step,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition,
                        before,
                        place,
                        sums,
                        sumPosition);
            default ->
                wideOne(
                        source,
                        position,
                        step,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition,
                        before,
                        place,
                        sums,
                        sumPosition);
        }
    }

    private static void wideFour(
            float[] source,
            int position,
            int step,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] before,
            int place,
            float[] sums,
            int sumPosition) {
        switch (step) {
            case 1 ->
                WideBlocksOfFour.adjacent(
                        source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            case 2 ->
                WideBlocksOfFour.alternate(
                        source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            case 16 ->
                WideBlocksOfFour.blocked(
                        source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            case 32 ->
                WideBlocksOfFour.blockedAlternate(
                        source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            default ->
                WideBlocksOfFour.apart(
                        source,
                        position,
                        step,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition,
                        before,
                        place,
                        sums,
                        sumPosition);
        }
    }

    private static void wideThree(
            float[] source,
            int position,
            int step,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] before,
            int place,
            float[] sums,
            int sumPosition) {
        switch (step) {
            case 1 ->
                WideBlocksOfThree.adjacent(
                        source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            case 16 ->
                WideBlocksOfThree.blocked(
                        source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            default ->
                WideBlocksOfThree.apart(
                        source,
                        position,
                        step,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition,
                        before,
                        place,
                        sums,
                        sumPosition);
        }
    }

    private static void wideTwo(
            float[] source,
            int position,
            int step,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] before,
            int place,
            float[] sums,
            int sumPosition) {
        switch (step) {
            case 1 ->
                WideBlocksOfTwo.adjacent(
                        source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            case 2 ->
                WideBlocksOfTwo.alternate(
                        source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            case 16 ->
                WideBlocksOfTwo.blocked(
                        source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            default ->
                WideBlocksOfTwo.apart(
                        source,
                        position,
                        step,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition,
                        before,
                        place,
                        sums,
                        sumPosition);
        }
    }

    private static void wideOne(
            float[] source,
            int position,
            int step,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] before,
            int place,
            float[] sums,
            int sumPosition) {
        switch (step) {
            case 1 ->
                WideBlocksOfOne.adjacent(
                        source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            case 2 ->
                WideBlocksOfOne.alternate(
                        source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            case 16 ->
                WideBlocksOfOne.blocked(
                        source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            default ->
                WideBlocksOfOne.apart(
                        source,
                        position,
                        step,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition,
                        before,
                        place,
                        sums,
                        sumPosition);
        }
    }

    private static void narrowTwo(
            float[] source,
            int position,
            int step,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] before,
            int place,
            float[] sums,
            int sumPosition) {
        switch (step) {
            case 1 ->
                NarrowBlocksOfTwo.adjacent(
                        source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            case 2 ->
                NarrowBlocksOfTwo.alternate(
                        source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            case 16 ->
                NarrowBlocksOfTwo.blocked(
                        source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            case 32 ->
                NarrowBlocksOfTwo.blockedAlternate(
                        source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            default ->
                NarrowBlocksOfTwo.apart(
                        source,
                        position,
                        step,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition,
                        before,
                        place,
                        sums,
                        sumPosition);
        }
    }

    private static void narrowOne(
            float[] source,
            int position,
            int step,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            float[] before,
            int place,
            float[] sums,
            int sumPosition) {
        switch (step) {
            case 1 ->
                NarrowBlocksOfOne.adjacent(
                        source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            case 2 ->
                NarrowBlocksOfOne.alternate(
                        source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            case 16 ->
                NarrowBlocksOfOne.blocked(
                        source, position, taps, from, to, weights, weightPosition, before, place, sums, sumPosition);
            default ->
                NarrowBlocksOfOne.apart(
                        source,
                        position,
                        step,
                        taps,
                        from,
                        to,
                        weights,
                        weightPosition,
                        before,
                        place,
                        sums,
                        sumPosition);
        }
    }

    @Override
    public void channelwise(
            float[] source,
            int position,
            int step,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int pixels,
            float[] before,
            int place,
            float[] sums,
            int sumPosition) {
        for (int lane = 0; lane < 16; lane += LANES) {
            ChannelwiseBlocks.row(
                    source,
                    position + lane,
                    step,
                    taps,
                    from,
                    to,
                    weights,
                    weightPosition + lane,
                    pixels,
                    before,
                    before == sums ? place + lane : place,
                    sums,
                    sumPosition + lane);
        }
    }

    @Override
    public void transform(
            WinogradTransform y,
            WinogradTransform x,
            float[] source,
            int position,
            int rowStep,
            int columnStep,
            int next,
            float[] target,
            int targetPosition,
            int targetRowStep,
            int targetColumnStep,
            int targetNext,
            int count,
            int channels,
            float[] halfway) {
        for (int lane = 0; lane < channels; lane += LANES) {
            VectorTransforms.transform(
                    y,
                    x,
                    source,
                    position + lane,
                    rowStep,
                    columnStep,
                    next,
                    target,
                    targetPosition + lane,
                    targetRowStep,
                    targetColumnStep,
                    targetNext,
                    count,
                    halfway);
        }
    }

    @Override
    public void storeChannels(
            float[] sums,
            int sumPosition,
            int sumStep,
            int pixels,
            int channels,
            float[] bias,
            int biasPosition,
            float[] residual,
            int residualPosition,
            int residualStep,
            StoreActivation activation,
            float[] output,
            int outputPosition,
            int outputStep) {
        for (int lane = 0; lane < channels; lane += LANES) {
            VectorStores.channels(
                    sums,
                    sumPosition + lane,
                    sumStep,
                    pixels,
                    bias,
                    biasPosition + lane,
                    residual,
                    residualPosition + lane,
                    residualStep,
                    activation,
                    output,
                    outputPosition + lane,
                    outputStep);
        }
    }

    @Override
    public void storeBlock(
            float[] sums,
            int sumPosition,
            int pixels,
            int channels,
            float[] bias,
            int biasPosition,
            float[] residual,
            int residualPosition,
            int residualStep,
            StoreActivation activation,
            float[] output,
            int outputPosition,
            int outputStep) {
        boolean isStored = false;
        if (IS_WIDE && WideBlockStores.fits(activation)) {
            if (residual == null) {
                isStored = switch (channels / LANES) {
                    case 1 ->
                        WideBlockStores.one(
                                sums,
                                sumPosition,
                                pixels,
                                bias,
                                biasPosition,
                                activation,
                                output,
                                outputPosition,
                                outputStep);
                    case 2 ->
                        WideBlockStores.two(
                                sums,
                                sumPosition,
                                pixels,
                                bias,
                                biasPosition,
                                activation,
                                output,
                                outputPosition,
                                outputStep);
                    case 3 ->
                        WideBlockStores.three(
                                sums,
                                sumPosition,
                                pixels,
                                bias,
                                biasPosition,
                                activation,
                                output,
                                outputPosition,
                                outputStep);
                    case 4 ->
                        WideBlockStores.four(
                                sums,
                                sumPosition,
                                pixels,
                                bias,
                                biasPosition,
                                activation,
                                output,
                                outputPosition,
                                outputStep);
                    default -> false;
                };
            } else {
                isStored = switch (channels / LANES) {
                    case 1 ->
                        WideBlockStores.oneResidual(
                                sums,
                                sumPosition,
                                pixels,
                                bias,
                                biasPosition,
                                residual,
                                residualPosition,
                                residualStep,
                                activation,
                                output,
                                outputPosition,
                                outputStep);
                    case 2 ->
                        WideBlockStores.twoResidual(
                                sums,
                                sumPosition,
                                pixels,
                                bias,
                                biasPosition,
                                residual,
                                residualPosition,
                                residualStep,
                                activation,
                                output,
                                outputPosition,
                                outputStep);
                    case 3 ->
                        WideBlockStores.threeResidual(
                                sums,
                                sumPosition,
                                pixels,
                                bias,
                                biasPosition,
                                residual,
                                residualPosition,
                                residualStep,
                                activation,
                                output,
                                outputPosition,
                                outputStep);
                    case 4 ->
                        WideBlockStores.fourResidual(
                                sums,
                                sumPosition,
                                pixels,
                                bias,
                                biasPosition,
                                residual,
                                residualPosition,
                                residualStep,
                                activation,
                                output,
                                outputPosition,
                                outputStep);
                    default -> false;
                };
            }
        }
        if (!isStored) {
            MicroKernel.super.storeBlock(
                    sums,
                    sumPosition,
                    pixels,
                    channels,
                    bias,
                    biasPosition,
                    residual,
                    residualPosition,
                    residualStep,
                    activation,
                    output,
                    outputPosition,
                    outputStep);
        }
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
    public void rowsAhead(
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
        VectorRows.rowsAhead(
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
                far,
                farPosition,
                farStep,
                panel,
                panelPosition,
                panelStep);
    }

    @Override
    public void addRowsAhead(
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
        VectorRows.addRowsAhead(
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
                far,
                farPosition,
                farStep,
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
        if (count < LANES && targetStep == before + count + after) {
            VectorCopies.padShortRows(
                    source, position, step, rows, count, target, targetPosition, targetStep, before, after);
        } else if (count < LANES || count > MOST_COPIED) {
            MicroKernel.super.padRows(
                    source, position, step, rows, count, target, targetPosition, targetStep, before, after);
        } else {
            VectorCopies.padRows(
                    source, position, step, rows, count, target, targetPosition, targetStep, before, after);
        }
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
    public void divide(float[] source, int position, float[] target, int targetPosition, int oddPosition, int count) {
        if (count < LANES) {
            MicroKernel.super.divide(source, position, target, targetPosition, oddPosition, count);
        } else {
            VectorCopies.divide(source, position, target, targetPosition, oddPosition, count);
        }
    }
}
