package io.sparkconv.tile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TileCoverageTest {
    private static final Region MAP = Region.ofMap(new Shape(1, 1, 4, 6));

    private static Region plane(int top, int bottom, int left, int right) {
        return new Region(Interval.ofExtent(1), new Interval(top, bottom), new Interval(left, right));
    }

    @Test
    void tilesOfAnySizeMayCover() {
        assertThat(TileCoverage.fault(MAP, List.of(plane(0, 3, 0, 2), plane(3, 4, 0, 6), plane(0, 3, 2, 6))))
                .isEmpty();
    }

    @Test
    void gapsAndOverlapsAreNamed() {
        assertThat(TileCoverage.fault(MAP, List.of(plane(0, 4, 0, 5)))).contains("no tile covers z 0, y 0, x 5");
        assertThat(TileCoverage.fault(MAP, List.of(plane(0, 4, 0, 5), plane(2, 4, 4, 6))))
                .contains("two tiles cover z 0, y 2, x 4, one of them z[0, 1) y[2, 4) x[4, 6)");
    }

    @Test
    void tilesWithoutOrderAreRefusedBeforeTheyTakeAllMemory() {
        int extent = 60_000;
        List<Region> diagonal = new ArrayList<>();
        for (int i = 0; i < extent; i++) {
            diagonal.add(plane(i, i + 1, i, i + 1));
        }

        assertThat(TileCoverage.fault(Region.ofMap(new Shape(1, 1, extent, extent)), diagonal))
                .hasValueSatisfying(fault -> assertThat(fault).startsWith("their boundaries make 3600000000 cells"));
    }
}
