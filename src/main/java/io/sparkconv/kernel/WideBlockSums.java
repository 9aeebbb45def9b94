package io.sparkconv.kernel;

/** {@link BlockSums} for vectors of 512 bits, of which processors have 32 registers. */
final class WideBlockSums implements BlockSums {
    /** Distance of neighbouring pixels of 16 channels. */
    private static final int BLOCKED = 16;
    /** Seen with 25. With 17 most stores after a cut by bits stay calls in some networks, so that vectors become objects. */
    private static final int LEAST_JAVA_FOR_REGISTERS = 25;

    private final Stores stores;

    /** Where {@link #sumAndStore} stores sums from. */
    enum Stores {
        REGISTERS,
        ARRAYS
    }

    WideBlockSums(Stores stores) {
        this.stores = stores;
    }

    /** What is faster with this Java. */
    static Stores chosenStores() {
        return Runtime.version().feature() >= LEAST_JAVA_FOR_REGISTERS ? Stores.REGISTERS : Stores.ARRAYS;
    }

    @Override
    public int vectors() {
        return 4;
    }

    @Override
    public int pixels(int vectors) {
        return switch (vectors) {
            case 1 -> WideBlocksOfOne.PIXELS;
            case 2 -> WideBlocksOfTwo.PIXELS;
            case 3 -> WideBlocksOfThree.PIXELS;
            default -> WideBlocksOfFour.PIXELS;
        };
    }

    @Override
    public void sum(
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
        switch (vectors) {
            case 4 ->
                WideBlocksOfFour.sum(
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
                WideBlocksOfThree.sum(
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
                WideBlocksOfTwo.sum(
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
                WideBlocksOfOne.sum(
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
    public boolean sumAndStore(
            float[] source,
            int position,
            int step,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int weightPosition,
            int vectors,
            float[] bias,
            int biasPosition,
            StoreActivation activation,
            float[] output,
            int outputPosition,
            int outputStep) {
        if (stores == Stores.ARRAYS || step != BLOCKED || !activation.cutsBits()) {
            return false;
        }
        int least = activation.leastBits();
        int greatest = activation.greatestBits();
        boolean isFinite =
                switch (vectors) {
                    case 4 ->
                        WideStoredBlocks.four(
                                source,
                                position,
                                taps,
                                from,
                                to,
                                weights,
                                weightPosition,
                                bias,
                                biasPosition,
                                least,
                                greatest,
                                output,
                                outputPosition,
                                outputStep);
                    case 3 ->
                        WideStoredBlocks.three(
                                source,
                                position,
                                taps,
                                from,
                                to,
                                weights,
                                weightPosition,
                                bias,
                                biasPosition,
                                least,
                                greatest,
                                output,
                                outputPosition,
                                outputStep);
                    case 2 ->
                        WideStoredBlocks.two(
                                source,
                                position,
                                taps,
                                from,
                                to,
                                weights,
                                weightPosition,
                                bias,
                                biasPosition,
                                least,
                                greatest,
                                output,
                                outputPosition,
                                outputStep);
                    default ->
                        WideStoredBlocks.one(
                                source,
                                position,
                                taps,
                                from,
                                to,
                                weights,
                                weightPosition,
                                bias,
                                biasPosition,
                                least,
                                greatest,
                                output,
                                outputPosition);
                };
        return isFinite || activation.kind() == StoreActivation.Kind.NONE;
    }
}
