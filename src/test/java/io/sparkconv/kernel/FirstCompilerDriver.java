package io.sparkconv.kernel;

import java.util.Arrays;
import java.util.List;

/** Calls every innermost loop of this JVM's micro-kernel until each is compiled. */
final class FirstCompilerDriver {
    private FirstCompilerDriver() {}

    public static void main(String[] arguments) {
        MicroKernel kernel = MicroKernelProvider.kernel();
        float[] source = new float[4096];
        float[] target = new float[4096];
        float[] panel = new float[4096];
        float[] weights = new float[64 * 64];
        int[] taps = new int[64];
        Arrays.fill(source, 0.5f);
        float[] halfway = new float[576];
        int[] rowsOfThree = {0, 16, 32, 512, 528, 544, 1024, 1040, 1056};
        List<StoreActivation> activations = List.of(
                StoreActivation.NONE,
                StoreActivation.RELU,
                StoreActivation.leakyRelu(0.1f),
                StoreActivation.clip(0f, 6f));
        BlockSums stored = kernel.blocks() instanceof WideBlockSums
                ? new WideBlockSums(WideBlockSums.Stores.REGISTERS)
                : kernel.blocks();
        for (int round = 0; round < 700; round++) {
            for (int vectors = 1; vectors <= kernel.blocks().vectors(); vectors++) {
                for (int step : new int[] {1, 2, 16, 32, 3}) {
                    kernel.blocks()
                            .sum(source, 0, step, taps, 0, 32, weights, 0, vectors, MicroKernel.NOTHING, 0, target, 0);
                }
            }
            for (int vectors = 1; vectors <= kernel.blocks().vectors(); vectors++) {
                stored.sumAndStore(
                        source,
                        0,
                        16,
                        taps,
                        0,
                        32,
                        weights,
                        0,
                        vectors,
                        weights,
                        0,
                        StoreActivation.RELU,
                        target,
                        0,
                        256);
            }
            for (int[] each : new int[][] {window(64, 128), window(512, 64), window(100, 300)}) {
                kernel.windows().sum(source, 0, 64, 2, each, weights, 0, 8, 48, weights, 0, target, 0, 64);
                kernel.windows().sum(source, 0, 64, 1, each, weights, 0, 8, 48, weights, 0, target, 0, 64);
            }
            kernel.rows()
                    .sumAhead(
                            source, 0, taps, 0, 8, weights, 0, weights, 0, target, 0, 256, source, 0, 64, panel, 0, 64);
            kernel.rows()
                    .addAhead(
                            source, 0, taps, 0, 8, weights, 0, weights, 0, target, 0, 256, source, 0, 64, panel, 0, 64);
            for (int outputs = 1; outputs <= kernel.rows().outputs(); outputs *= 2) {
                for (int vectors : new int[] {1, 2, 3, 5, 15}) {
                    kernel.rows().sum(source, 0, taps, 0, 8, weights, 0, outputs, vectors, weights, 0, target, 0, 256);
                    kernel.rows().add(source, 0, taps, 0, 8, weights, 0, outputs, vectors, weights, 0, target, 0, 256);
                }
            }
            for (WinogradTransform each : WinogradTransform.values()) {
                kernel.transforms().apply(each, each, source, 0, 96, 16, 32, target, 0, 96, 16, 16, 2, 16, halfway);
                kernel.transforms().apply(each, each, source, 0, 96, 16, 64, target, 0, 256, 64, 128, 2, 16, halfway);
                kernel.transforms().apply(each, each, source, 0, 96, 16, 0, target, 0, 96, 16, 0, 1, 16, halfway);
                kernel.transforms()
                        .apply(WinogradTransform.ONE, each, source, 0, 96, 16, 0, target, 0, 96, 16, 0, 1, 16, halfway);
            }
            kernel.channelwise().sum(source, 0, 16, taps, 0, 32, weights, 0, 9, target, 0, target, 0);
            for (int step : new int[] {16, 32}) {
                kernel.channelwise()
                        .sum(source, 0, step, rowsOfThree, 0, 9, weights, 0, 9, MicroKernel.NOTHING, 0, target, 0);
            }
            for (int step : new int[] {16, 32}) {
                kernel.channelwise()
                        .sumAndStore(
                                source,
                                0,
                                step,
                                rowsOfThree,
                                9,
                                weights,
                                0,
                                9,
                                weights,
                                0,
                                StoreActivation.RELU,
                                target,
                                0);
            }
            for (int channels = 16; channels <= 64; channels += 16) {
                kernel.stores()
                        .storeBlock(
                                source, 0, 5, channels, weights, 0, null, 0, 0, StoreActivation.RELU, target, 0, 256);
                kernel.stores()
                        .storeBlock(
                                source,
                                0,
                                5,
                                channels,
                                weights,
                                0,
                                source,
                                0,
                                256,
                                StoreActivation.RELU,
                                target,
                                0,
                                256);
            }
            for (StoreActivation activation : activations) {
                kernel.stores().storePixels(source, 0, 16, 8, 16, weights, 0, null, 0, 0, activation, target, 0, 16);
                kernel.stores().storePixels(source, 0, 16, 8, 16, weights, 0, source, 0, 16, activation, target, 0, 16);
            }
            kernel.copies().divide(source, 0, target, 0, 1024, 64);
            kernel.copies().join(source, 0, 1024, 64, target, 0);
            kernel.copies().pad(source, 0, 64, 4, 32, target, 0, 64, 1, 1);
            kernel.copies().pad(source, 0, 5, 9, 3, target, 0, 5, 1, 1);
            kernel.copies().copy(source, 0, 5, 9, 3, target, 0, 3);
        }
    }

    /** Three rows of three taps. */
    private static int[] window(int second, int third) {
        return new int[] {0, 1, 2, second, second + 1, second + 2, third, third + 1, third + 2};
    }
}
