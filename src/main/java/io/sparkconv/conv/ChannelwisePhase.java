package io.sparkconv.conv;

import io.sparkconv.tensor.Layout;
import java.util.Arrays;

/**
 * One phase of a depthwise layer with its weights packed for maps in blocks.
 *
 * @param phase the phase
 * @param weights {@code (channel block, tap, channel)}
 * @param bias {@code (channel)}; −0, which changes no bit, where there is none
 * @param runs boundaries of the runs of taps
 */
record ChannelwisePhase(DirectAlgorithm.Phase phase, float[] weights, float[] bias, int[] runs) {
    private static final int LANES = Layout.BLOCKED.lanes();

    /** Whether a layer is depthwise with one output a channel. */
    static boolean fits(ConvolutionGeometry geometry) {
        return geometry.groups() > 1 && geometry.groupInputs() == 1 && geometry.groupOutputs() == 1;
    }

    static ChannelwisePhase of(
            ConvolutionGeometry geometry, DirectAlgorithm.Phase phase, WeightOrder order, float[] bias) {
        int[] elementsX = phase.x().elements();
        int taps = phase.taps();
        int blocks = Layout.BLOCKED.planes(geometry.groups());
        float[] weights = new float[blocks * taps * LANES];
        float[] packedBias = new float[blocks * LANES];
        Arrays.fill(packedBias, -0f);
        for (int channel = 0; channel < geometry.groups(); channel++) {
            int place = channel / LANES * taps * LANES + channel % LANES;
            for (int elementZ : phase.z().elements()) {
                for (int elementY : phase.y().elements()) {
                    int row = (elementZ * geometry.y().kernel() + elementY)
                            * geometry.x().kernel();
                    for (int elementX : elementsX) {
                        weights[place] = order.value(channel, 0, 0, row + elementX);
                        place += LANES;
                    }
                }
            }
            if (bias != null) {
                packedBias[channel] = bias[channel];
            }
        }
        return new ChannelwisePhase(phase, weights, packedBias, PackedPhase.runs(taps, elementsX.length));
    }
}
