package io.sparkconv.conv;

/** Checks that weights and bias have as many values as their geometry says. */
final class WeightCounts {
    private WeightCounts() {}

    static void require(ConvolutionGeometry geometry, float[] weights, float[] bias) {
        if (weights.length != geometry.weightCount()) {
            throw new IllegalArgumentException("Cannot use " + weights.length + " weights for "
                    + geometry.inputChannels() + " → " + geometry.outputChannels() + " channels, groups "
                    + geometry.groups() + ", kernel " + geometry.z().kernel() + " × "
                    + geometry.y().kernel() + " × " + geometry.x().kernel() + ": " + geometry.weightCount()
                    + " are needed");
        }
        if (bias != null && bias.length != geometry.outputChannels()) {
            throw new IllegalArgumentException("Cannot use a bias of " + bias.length + " values: "
                    + geometry.outputChannels() + " output channels need as many");
        }
    }
}
