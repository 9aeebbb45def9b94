package io.sparkconv.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every pair of short intervals, compared with the sets of their coordinates. */
class IntervalTest {

    private static List<Interval> shortIntervals() {
        List<Interval> intervals = new ArrayList<>();
        for (int begin = -3; begin <= 3; begin++) {
            for (int end = begin; end <= 4; end++) {
                intervals.add(new Interval(begin, end));
            }
        }
        return intervals;
    }

    private static Set<Integer> coordinates(Interval interval) {
        Set<Integer> coordinates = new HashSet<>();
        IntStream.range(interval.begin(), interval.end()).forEach(coordinates::add);
        return coordinates;
    }

    @Test
    void extentIsTheNumberOfCoordinates() {
        for (Interval interval : shortIntervals()) {
            assertThat(interval.extent()).isEqualTo(coordinates(interval).size());
            assertThat(interval.isEmpty()).isEqualTo(coordinates(interval).isEmpty());
        }
        assertThat(coordinates(Interval.ofExtent(3))).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void intersectionContainmentAndHullAreThoseOfSets() {
        for (Interval first : shortIntervals()) {
            for (Interval second : shortIntervals()) {
                Set<Integer> common = coordinates(first);
                common.retainAll(coordinates(second));
                assertThat(coordinates(first.intersect(second)))
                        .as("%s ∩ %s", first, second)
                        .isEqualTo(common);
                assertThat(first.contains(second))
                        .as("%s ⊇ %s", first, second)
                        .isEqualTo(coordinates(first).containsAll(coordinates(second)));
                requireSmallestThatHoldsBoth(first, second, first.hull(second));
            }
        }
    }

    private static void requireSmallestThatHoldsBoth(Interval first, Interval second, Interval hull) {
        Set<Integer> both = coordinates(first);
        both.addAll(coordinates(second));
        if (both.isEmpty()) {
            assertThat(hull.isEmpty()).isTrue();
            return;
        }
        int least = both.stream().mapToInt(Integer::intValue).min().orElseThrow();
        int greatest = both.stream().mapToInt(Integer::intValue).max().orElseThrow();
        assertThat(hull).as("hull of %s and %s", first, second).isEqualTo(new Interval(least, greatest + 1));
    }

    @Test
    void anEndBeforeTheBeginningIsRefused() {
        assertThatThrownBy(() -> new Interval(3, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot make an interval from 3 to 2: the end must not lie before the beginning");
    }

    @Test
    void textIsHalfOpen() {
        assertThat(new Interval(-1, 4)).hasToString("[-1, 4)");
    }
}
