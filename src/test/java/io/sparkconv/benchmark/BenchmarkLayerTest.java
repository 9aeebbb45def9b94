package io.sparkconv.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.PaddingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How {@code --layer} is read. */
class BenchmarkLayerTest {

    @Test
    void keysStandInAnyOrderAndHaveDefaults() {
        AxisGeometry axis = new AxisGeometry(3, 1, 1, 0, 0, 0);
        BenchmarkLayer expected = new BenchmarkLayer(
                "in=8,out=16,k=3,size=10x12",
                false,
                new ConvolutionGeometry(8, 16, 1, AxisGeometry.IDENTITY, axis, axis, PaddingMode.ZEROS),
                new Shape(8, 1, 10, 12),
                new Shape(16, 1, 8, 10),
                2);
        assertThat(BenchmarkLayer.parse("in=8,out=16,k=3,size=10x12")).isEqualTo(expected);
        BenchmarkLayer turned = BenchmarkLayer.parse("size=10x12, g=1,d=1,p=0,s=1,k=3,out=16,in=8");
        assertThat(turned.geometry()).isEqualTo(expected.geometry());
        assertThat(turned.output()).isEqualTo(expected.output());
    }

    @Test
    void eachAxisMayHaveItsOwnNumbers() {
        BenchmarkLayer layer =
                BenchmarkLayer.parse("transposed,in=4,out=2,g=2,k=1x5x3,s=1x2x3,p=0x1x0,op=0x1x2,size=2x5x7");
        assertThat(layer.isTransposed()).isTrue();
        assertThat(layer.geometry())
                .isEqualTo(new ConvolutionGeometry(
                        4,
                        2,
                        2,
                        new AxisGeometry(1, 1, 1, 0, 0, 0),
                        new AxisGeometry(5, 2, 1, 1, 1, 1),
                        new AxisGeometry(3, 3, 1, 0, 0, 2),
                        PaddingMode.ZEROS));
        // PyTorch: (5 − 1)·2 − 2 + 4 + 1 + 1 and (7 − 1)·3 + 2 + 2 + 1
        assertThat(layer.output()).isEqualTo(new Shape(2, 2, 12, 23));
    }

    @Test
    void oneSizeIsAnAxis() {
        BenchmarkLayer layer = BenchmarkLayer.parse("in=16,out=16,k=9,p=4,size=100000");
        assertThat(layer.dimensions()).isEqualTo(1);
        assertThat(layer.input()).isEqualTo(new Shape(16, 1, 1, 100_000));
        assertThat(layer.geometry().y()).isEqualTo(AxisGeometry.IDENTITY);
        assertThat(layer.products()).isEqualTo(16.0 * 16 * 9 * 100_000);
    }

    @Test
    void bothSetsCanBeRead() {
        assertThat(LayerSet.STANDARD.layers()).hasSize(19);
        assertThat(LayerSet.ODD.layers()).hasSizeGreaterThanOrEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "in=64 | size= is missing",
                "in=1,out=1,size=4 | k= is missing",
                "in=1,out=1,k=3,size=4, | '' is none of in=, out=, k=, s=, p=, d=, g=, size=, op=, transposed",
                "in=1,out=1,k=3,size=4,x=1 | 'x=1' is none of in=",
                "in=1,in=1,out=1,k=3,size=4 | in= stands there twice, once is allowed",
                "in=1,out=1,k=3,size=4x | 'size=4x' is neither a number nor one an axis, such as 3 or 1x7",
                "in=1,out=1,k=3,size=4x4x4x4 | size has 4 axes, 1 to 3 are allowed",
                "in=1,out=1,k=1x2x3,size=4x4 | k has 3 numbers, 1 or 2 are allowed",
                "in=1,out=1,k=5,size=4 | cannot convolve an axis of 4",
                "in=1,out=1,k=0,size=4 | cannot use kernel size 0: it must be at least 1",
                "in=1,out=1,k=3,s=2,op=1,size=4 | op= is for transposed layers only",
                "in=1,out=1,k=3,s=2,op=2,size=4,transposed | cannot use output padding 2: it must be smaller than",
                "in=6,out=4,k=3,g=4,size=9 | groups must divide both",
                "in=1,out=1,k=3,size=99999999999 | 'size=99999999999' is neither a number",
                "in=1,out=1,k=1,size=50000x50000 | 2500000000 values in one array, at most 134217728 are allowed",
                "in=1,out=1,k=1000000000,p=500000000,size=9x9x9 | its sizes can't be counted"
            })
    void whatIsNoLayerIsRefused(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BenchmarkLayer.parse(text))
                .withMessageStartingWith("Cannot use --layer \"" + text + "\": ")
                .withMessageContaining(reason);
    }
}
