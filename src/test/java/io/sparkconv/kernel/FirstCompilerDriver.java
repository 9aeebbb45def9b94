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
        float[] weights = new float[64 * 64];
        int[] taps = new int[64];
        Arrays.fill(source, 0.5f);
        float[] halfway = new float[576];
        List<StoreActivation> activations = List.of(
                StoreActivation.NONE,
                StoreActivation.RELU,
                StoreActivation.leakyRelu(0.1f),
                StoreActivation.clip(0f, 6f));
        for (int round = 0; round < 3000; round++) {
            for (int vectors = 1; vectors <= kernel.vectors(); vectors++) {
                for (int step : new int[] {1, 2, 16, 32, 3}) {
                    kernel.block(source, 0, step, taps, 0, 32, weights, 0, vectors, MicroKernel.NOTHING, 0, target, 0);
                }
            }
            kernel.row(source, 0, 1, taps, 0, 8, weights, 0, 16 * kernel.lanes() - 1, target, 0);
            for (WinogradTransform y : WinogradTransform.values()) {
                for (WinogradTransform x : WinogradTransform.values()) {
                    kernel.transform(y, x, source, 0, 96, 16, 0, target, 0, 96, 16, 0, 1, 16, halfway);
                }
            }
            for (StoreActivation activation : activations) {
                kernel.storeChannels(source, 0, 16, 8, 16, weights, 0, null, 0, 0, activation, target, 0, 16);
                kernel.storeChannels(source, 0, 16, 8, 16, weights, 0, source, 0, 16, activation, target, 0, 16);
            }
            kernel.transpose(source, 0, 32, 32, 32, target, 0, 32);
            kernel.divide(source, 0, target, 0, 1024, 64);
            kernel.storeRow(source, 0, 64, weights, 0, target, 0, 1);
            kernel.add(target, 0, source, 64);
        }
    }
}
