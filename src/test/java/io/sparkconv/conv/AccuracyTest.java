package io.sparkconv.conv;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.SeededRandom;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import org.junit.jupiter.api.Test;

/** The errors that each accuracy allows, against double precision, and what it reads. */
class AccuracyTest {
    private final SeededRandom random = SeededRandom.announced(this);

    private double largestError(Accuracy accuracy) {
        double worst = 0;
        for (int i = 0; i < 60; i++) {
            RandomGeometry each = WinogradGeometry.next(random);
            float[] weights = random.values(each.weightCount());
            float[] bias = random.values(each.geometry().outputChannels());
            FeatureMap input = random.map(each.input());
            float[] actual = OperatorRuns.whole(new Convolution(each.geometry(), weights, bias, accuracy), input)
                    .values();
            ReferenceConvolution.Output expected = each.reference(weights, bias, input);
            for (int at = 0; at < actual.length; at++) {
                worst = Math.max(worst, Math.abs(actual[at] - expected.values()[at]) / expected.largest());
            }
        }
        return worst;
    }

    @Test
    void defaultIsAsExactAsTheDirectSum() {
        assertThat(largestError(Accuracy.DEFAULT)).isLessThan(2e-6);
    }

    @Test
    void fastStaysWithinItsBoundAndIsAnotherAlgorithm() {
        assertThat(largestError(Accuracy.FAST)).isBetween(2e-6, 2e-5);
    }

    @Test
    void fastReadsWholeBlocksOfThePaddedInput() {
        RandomGeometry each = WinogradGeometry.next(random);
        AxisGeometry three = AxisGeometry.of(3).withPadding(1, 1);
        ConvolutionGeometry geometry = new ConvolutionGeometry(
                16, 16, 1, AxisGeometry.IDENTITY, three, three, each.geometry().paddingMode());
        Convolution operator = new Convolution(geometry, new float[16 * 16 * 9], null, Accuracy.FAST);
        Region target = new Region(Interval.ofExtent(1), new Interval(5, 6), new Interval(8, 10));
        Shape input = new Shape(16, 1, 20, 10);
        assertThat(operator.requiredSource(target, input))
                .isEqualTo(new Region(Interval.ofExtent(1), new Interval(3, 9), new Interval(7, 11)));
    }
}
