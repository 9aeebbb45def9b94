package io.sparkconv.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.RawBits;
import io.sparkconv.SeededRandom;
import io.sparkconv.onnx.OnnxModelWriter;
import io.sparkconv.onnx.OnnxRuntimeOracle;
import io.sparkconv.onnx.OnnxRuntimeOracle.Tensor;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Tile;
import io.sparkconv.tile.TileGrid;
import io.sparkconv.tile.TileSize;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GlobalPoolingTest {
    private static final GlobalPooling AVERAGE = GlobalPooling.of(GlobalPooling.Function.AVERAGE);
    private static final GlobalPooling MAXIMUM = GlobalPooling.of(GlobalPooling.Function.MAXIMUM);

    private final SeededRandom random = SeededRandom.announced(this);

    private FeatureMap map() {
        return random.map(
                new Shape(random.between(1, 5), random.between(1, 4), random.between(1, 9), random.between(1, 30)));
    }

    @Test
    void equalsOnnxRuntime() {
        for (int i = 0; i < 40; i++) {
            FeatureMap map = map();
            byte[] model = OnnxModelWriter.ofOpset(17)
                    .input("map", OnnxRuntimeOracle.shape(map.shape(), 3))
                    .node("GlobalAveragePool", List.of("map"), "mean")
                    .node("GlobalMaxPool", List.of("map"), "maximum")
                    .output("mean")
                    .output("maximum")
                    .bytes();
            Map<String, Tensor> expected = OnnxRuntimeOracle.run(model, Map.of("map", Tensor.of(map, 3)));
            // the oracle's sum of n values is off by at most n roundings of a partial sum
            double tolerance = map.shape().pixels() * LayerRuns.ROUNDING * LayerRuns.largest(map);
            LayerRuns.requireClose(
                    "mean of " + map.shape(),
                    LayerRuns.whole(AVERAGE, map),
                    expected.get("mean").featureMap(),
                    tolerance);
            assertThat(LayerRuns.whole(MAXIMUM, map).values())
                    .containsExactly(expected.get("maximum").featureMap().values());
        }
    }

    @Test
    void partsInAnyOrderGiveTheBitsOfTheWhole() {
        for (int i = 0; i < 200; i++) {
            FeatureMap map = map();
            TileGrid grid = TileGrid.of(
                    map.shape(), new TileSize(random.between(1, 4), random.between(1, 9), random.between(1, 30)));
            for (GlobalLayer pooling :
                    List.of(AVERAGE, MAXIMUM, new GeneralizedMeanPooling(3), new GeneralizedMeanPooling(2.5))) {
                List<Gathered> gathered = new ArrayList<>();
                for (long tile = 0; tile < grid.count(); tile++) {
                    Gathered part = pooling.begin(map.shape().channels());
                    part.add(Tile.ofMap(map).crop(grid.region(tile)));
                    gathered.add(part);
                }
                Collections.shuffle(gathered, new Random(random.bits()));
                Gathered all = gathered.get(0);
                gathered.subList(1, gathered.size()).forEach(all::add);
                assertThat(all.pixels()).isEqualTo(map.shape().pixels());
                assertThat(RawBits.of(all.result()))
                        .containsExactly(
                                RawBits.of(LayerRuns.whole(pooling, map).values()));
            }
        }
    }

    @Test
    void generalizedMeansEqualOnnxRuntime() {
        for (double exponent : new double[] {1, 2.5, 3, 6}) {
            for (int i = 0; i < 20; i++) {
                FeatureMap map = map();
                byte[] model = OnnxModelWriter.ofOpset(17)
                        .input("map", OnnxRuntimeOracle.shape(map.shape(), 3))
                        .initializer("least", new float[] {1e-6f})
                        .initializer("exponent", new float[] {(float) exponent}, 1)
                        .initializer("root", new float[] {(float) (1 / exponent)}, 1)
                        .node("Clip", List.of("map", "least"), "positive")
                        .node("Pow", List.of("positive", "exponent"), "powers")
                        .node("GlobalAveragePool", List.of("powers"), "mean")
                        .node("Pow", List.of("mean", "root"), "pooled")
                        .output("pooled")
                        .bytes();
                // the oracle's n sums and three functions are off by some roundings each; 1/p is rounded to float
                double tolerance = (map.shape().pixels() + 40) * LayerRuns.ROUNDING * (1 + LayerRuns.largest(map));
                LayerRuns.requireClose(
                        "generalized mean of " + map.shape() + " with exponent " + exponent,
                        LayerRuns.whole(new GeneralizedMeanPooling(exponent), map),
                        OnnxRuntimeOracle.run(model, Map.of("map", Tensor.of(map, 3)))
                                .get("pooled")
                                .featureMap(),
                        tolerance);
            }
        }
    }

    @Test
    void generalizedMeansOfValuesThatAreNotPositiveAreTheLeast() {
        FeatureMap map = new FeatureMap(new Shape(2, 1, 1, 2), new float[] {-5, 0, 1e6f, 1e6f});
        for (double exponent : new double[] {1, 3, 6}) {
            assertThat(LayerRuns.whole(new GeneralizedMeanPooling(exponent), map)
                            .values())
                    .containsExactly(new float[] {1e-6f, 1e6f}, Offset.offset(0.1f));
            assertThat(LayerRuns.whole(new GeneralizedMeanPooling(exponent), map)
                            .values()[0])
                    .isCloseTo(1e-6f, Offset.offset(1e-12f));
        }
        for (double exponent : new double[] {0.5, 6.5, Double.NaN}) {
            assertThatThrownBy(() -> new GeneralizedMeanPooling(exponent))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot pool with exponent " + exponent + ": allowed are numbers from 1 to 6");
        }
    }

    @Test
    void notANumberStays() {
        FeatureMap map = new FeatureMap(new Shape(2, 1, 1, 3), new float[] {1, Float.NaN, 3, 4, 5, 6});
        assertThat(LayerRuns.whole(AVERAGE, map).values()).containsExactly(Float.NaN, 5f);
        assertThat(LayerRuns.whole(MAXIMUM, map).values()).containsExactly(Float.NaN, 6f);
        assertThat(LayerRuns.whole(new GeneralizedMeanPooling(1), map).values()).containsExactly(Float.NaN, 5f);
    }

    @Test
    void axesThatAreNotPooledMustBeOnePixel() {
        GlobalPooling plane = new GlobalPooling(GlobalPooling.Function.AVERAGE, 2);
        assertThat(plane.outputShape(List.of(new Shape(3, 1, 4, 5)))).isEqualTo(new Shape(3, 1, 1, 1));
        assertThatThrownBy(() -> plane.outputShape(List.of(new Shape(3, 2, 4, 5))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot pool a map of 3 × 2 × 4 × 5 to one pixel in 2 dimensions:"
                        + " its other axes must have extent 1");
    }

    @Test
    void functionsHaveNames() {
        assertThat(GlobalPooling.Function.of("max")).isEqualTo(GlobalPooling.Function.MAXIMUM);
        assertThatThrownBy(() -> GlobalPooling.Function.of("mean"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot use pool 'mean': allowed are avg, max");
    }
}
