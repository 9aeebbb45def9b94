package io.sparkconv.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.SeededRandom;
import io.sparkconv.tensor.Shape;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegionTest {

    private static Set<String> pixels(Region region) {
        Set<String> pixels = new HashSet<>();
        for (int z = region.z().begin(); z < region.z().end(); z++) {
            for (int y = region.y().begin(); y < region.y().end(); y++) {
                for (int x = region.x().begin(); x < region.x().end(); x++) {
                    pixels.add(z + " " + y + " " + x);
                }
            }
        }
        return pixels;
    }

    private static Region random(SeededRandom random) {
        return new Region(interval(random), interval(random), interval(random));
    }

    private static Interval interval(SeededRandom random) {
        int begin = random.between(-3, 3);
        return new Interval(begin, begin + random.between(0, 4));
    }

    @Test
    void intersectionContainmentAndHullAreThoseOfSetsOfPixels() {
        SeededRandom random = SeededRandom.announced(this);
        for (int i = 0; i < 1000; i++) {
            Region first = random(random);
            Region second = random(random);
            Set<String> common = pixels(first);
            common.retainAll(pixels(second));
            assertThat(pixels(first.intersect(second)))
                    .as("%s ∩ %s", first, second)
                    .isEqualTo(common);
            assertThat(first.contains(second))
                    .as("%s ⊇ %s", first, second)
                    .isEqualTo(pixels(first).containsAll(pixels(second)));
            assertThat(first.isEmpty()).isEqualTo(pixels(first).isEmpty());
            Region hull = first.hull(second);
            assertThat(hull.contains(first) && hull.contains(second)).isTrue();
            if (first.isEmpty() || second.isEmpty()) {
                assertThat(pixels(hull)).isEqualTo(pixels(first.isEmpty() ? second : first));
            } else {
                requireTight(hull.z(), first.z(), second.z());
                requireTight(hull.y(), first.y(), second.y());
                requireTight(hull.x(), first.x(), second.x());
            }
        }
    }

    private static void requireTight(Interval hull, Interval first, Interval second) {
        assertThat(hull.begin()).isIn(first.begin(), second.begin());
        assertThat(hull.end()).isIn(first.end(), second.end());
    }

    @Test
    void aMapsRegionBeginsAtTheOrigin() {
        Region region = Region.ofMap(new Shape(7, 2, 3, 4));
        assertThat(region).hasToString("z[0, 2) y[0, 3) x[0, 4)");
        assertThat(region.shape(5)).isEqualTo(new Shape(5, 2, 3, 4));
    }

    @Test
    void anEmptyRegionHasNoShape() {
        Region empty = new Region(Interval.ofExtent(0), Interval.ofExtent(3), Interval.ofExtent(4));
        assertThatThrownBy(() -> empty.shape(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot make a feature map of 1 channels, 0 × 3 × 4: every extent must be at least 1");
    }
}
