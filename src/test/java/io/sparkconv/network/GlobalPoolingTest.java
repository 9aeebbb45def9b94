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
            for (GlobalPooling pooling : List.of(AVERAGE, MAXIMUM)) {
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
    void notANumberStays() {
        FeatureMap map = new FeatureMap(new Shape(2, 1, 1, 3), new float[] {1, Float.NaN, 3, 4, 5, 6});
        assertThat(LayerRuns.whole(AVERAGE, map).values()).containsExactly(Float.NaN, 5f);
        assertThat(LayerRuns.whole(MAXIMUM, map).values()).containsExactly(Float.NaN, 6f);
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
