package io.sparkconv.conv;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.RawBits;
import io.sparkconv.SeededRandom;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.PaddingMode;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import org.junit.jupiter.api.Test;

/** Transposed layers whose kernel is as long as their stride, large enough to be computed as pointwise ones. */
class SubpixelAlgorithmTest {
    private final SeededRandom random = SeededRandom.announced(this);

    /** A kernel as long as its stride; a padding cuts outputs off within a stride. */
    private AxisGeometry axis() {
        int stride = random.between(1, 4);
        int before = random.onceIn(2) ? 0 : random.between(0, stride);
        int after = random.onceIn(2) ? 0 : random.between(0, stride);
        return new AxisGeometry(stride, stride, 1, before, after, random.onceIn(3) ? stride - 1 : 0);
    }

    @Test
    void everyOutputIsTheChainOfItsOneSourcePixel() {
        int aligned = 0;
        for (int i = 0; i < 120; i++) {
            int groups = random.onceIn(3) ? random.between(2, 3) : 1;
            int outputs = groups * random.between(1, 12);
            boolean isVolume = random.onceIn(3);
            AxisGeometry z = isVolume ? axis() : AxisGeometry.IDENTITY;
            ConvolutionGeometry geometry = new ConvolutionGeometry(
                    groups * random.between(1, 40), outputs, groups, z, axis(), axis(), PaddingMode.ZEROS);
            Shape shape = new Shape(
                    geometry.inputChannels(), isVolume ? 3 : 1, random.between(9, 24), random.between(16, 90));
            float[] weights = random.values(geometry.weightCount());
            float[] bias = random.onceIn(4) ? null : random.values(outputs);
            TransposedConvolution operator = new TransposedConvolution(geometry, weights, bias);
            FeatureMap input = random.map(shape);
            Region map = Region.ofMap(operator.outputShape(shape));
            float[] expected = chains(geometry, weights, bias, input, map.shape(outputs));
            assertThat(RawBits.of(OperatorRuns.compute(operator, Tile.ofMap(input), shape, map)))
                    .as("%s of %s", geometry, shape)
                    .isEqualTo(RawBits.of(expected));
            Region target = random.part(map);
            assertThat(RawBits.of(OperatorRuns.region(operator, input, target)))
                    .as("%s of %s at %s", geometry, shape, target)
                    .isEqualTo(RawBits.of(
                            new Tile(map, outputs, expected).crop(target).values()));
            Tile blocked = OperatorRuns.in(operator, input, map, Layout.BLOCKED, Layout.BLOCKED, Epilogue.NONE);
            assertThat(RawBits.of(blocked.in(Layout.PLANAR).values()))
                    .as("%s of %s in blocks", geometry, shape)
                    .isEqualTo(RawBits.of(expected));
            boolean isAligned = geometry.y().before() == 0
                    && geometry.x().before() == 0
                    && geometry.y().transposedOutput(shape.height())
                                    % geometry.y().stride()
                            == 0
                    && geometry.x().transposedOutput(shape.width())
                                    % geometry.x().stride()
                            == 0;
            aligned += isAligned ? 1 : 0;
        }
        assertThat(aligned).as("layers whose outputs are whole strides").isGreaterThan(10);
    }

    /** The sum's definition: a chain over the input channels from 0, then the bias; zeros beyond the input. */
    private static float[] chains(
            ConvolutionGeometry geometry, float[] weights, float[] bias, FeatureMap input, Shape output) {
        float[] sums = new float[output.arrayLength()];
        int kernel = (int) geometry.kernelPixels();
        for (int value = 0; value < sums.length; value++) {
            int x = value % output.width() + geometry.x().before();
            int y = value / output.width() % output.height() + geometry.y().before();
            int z = value / output.width() / output.height() % output.depth()
                    + geometry.z().before();
            int channel = value / (output.width() * output.height() * output.depth());
            int group = channel / geometry.groupOutputs();
            int element = (z % geometry.z().kernel() * geometry.y().kernel()
                                    + y % geometry.y().kernel())
                            * geometry.x().kernel()
                    + x % geometry.x().kernel();
            int fromZ = z / geometry.z().stride();
            int fromY = y / geometry.y().stride();
            int fromX = x / geometry.x().stride();
            boolean isInside = fromZ < input.shape().depth()
                    && fromY < input.shape().height()
                    && fromX < input.shape().width();
            float sum = 0;
            for (int index = 0; index < geometry.groupInputs(); index++) {
                int source = group * geometry.groupInputs() + index;
                int weight = source * geometry.groupOutputs() + channel % geometry.groupOutputs();
                float pixel = isInside ? input.value(source, fromZ, fromY, fromX) : 0;
                sum = Math.fma(weights[weight * kernel + element], pixel, sum);
            }
            sums[value] = bias == null ? sum : sum + bias[channel];
        }
        return sums;
    }
}
