package io.sparkconv.conv;

import io.sparkconv.SeededRandom;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.PaddingMode;

/** Random layers that Winograd's algorithm computes. */
final class WinogradGeometry {
    private WinogradGeometry() {}

    static RandomGeometry next(SeededRandom random) {
        AxisGeometry y = AxisGeometry.of(3).withPadding(random.between(0, 2), random.between(0, 2));
        AxisGeometry x = AxisGeometry.of(3).withPadding(random.between(0, 2), random.between(0, 2));
        int groups = random.oneOf(1, 1, 1, 2);
        int inputs = groups * (random.onceIn(8) ? random.between(193, 210) : random.between(16, 40));
        int outputs = groups * random.between(16, 40);
        Shape input = new Shape(inputs, random.oneOf(1, 1, 2), random.between(3, 12), random.between(3, 12));
        PaddingMode mode = random.pick(PaddingMode.values());
        return new RandomGeometry(
                RandomGeometry.Kind.CONVOLUTION,
                new ConvolutionGeometry(inputs, outputs, groups, AxisGeometry.IDENTITY, y, x, mode),
                input);
    }
}
