package io.sparkconv.plan;

import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Cuts what a tile computes into pieces that are computed one after the other, each with its own halo, where all at once would
 * hold more values than the bound. Depends on the group and the tile alone. Pieces are halves of halves along the longest axis;
 * they end where halving no longer makes them smaller, which a halo does that is wider than they are.
 */
final class TilePieces {
    /** Part of a tile's values below which each of its halves must stay to be worth their halos. */
    private static final double WORTHWHILE = 0.9;

    private static final List<Function<Region, Interval>> AXES = List.of(Region::z, Region::y, Region::x);

    private TilePieces() {}

    /** The regions of each piece; together they are the targets, each pixel once. */
    static List<Map<String, Region>> of(FusedGroup group, Map<String, Region> targets) {
        return of(group, targets, TileChoice.PEAK_VALUES);
    }

    /** @param most values that may be alive at one time */
    static List<Map<String, Region>> of(FusedGroup group, Map<String, Region> targets, long most) {
        long peak = group.peakValues(targets);
        int axis = longestAxis(targets);
        if (peak <= most || axis < 0 || group.nodes().stream().anyMatch(FusedGroup::isGlobal)) {
            return List.of(targets);
        }
        Map<String, Region> first = halves(targets, axis, TilePieces::firstHalf);
        Map<String, Region> second = halves(targets, axis, TilePieces::secondHalf);
        if (Math.max(group.peakValues(first), group.peakValues(second)) > WORTHWHILE * peak) {
            return List.of(targets);
        }
        return Stream.concat(of(group, first, most).stream(), of(group, second, most).stream())
                .toList();
    }

    /** Number of the longest axis of any target; −1 where none has two pixels. */
    private static int longestAxis(Map<String, Region> targets) {
        int longest = -1;
        int extent = 1;
        for (Region target : targets.values()) {
            for (int axis = 0; axis < AXES.size(); axis++) {
                int own = AXES.get(axis).apply(target).extent();
                if (!target.isEmpty() && own > extent) {
                    longest = axis;
                    extent = own;
                }
            }
        }
        return longest;
    }

    private static Map<String, Region> halves(Map<String, Region> targets, int axis, UnaryOperator<Interval> half) {
        Map<String, Region> halves = new LinkedHashMap<>();
        targets.forEach((output, region) -> halves.put(
                output,
                new Region(
                        axis == 0 ? half.apply(region.z()) : region.z(),
                        axis == 1 ? half.apply(region.y()) : region.y(),
                        axis == 2 ? half.apply(region.x()) : region.x())));
        return halves;
    }

    private static Interval firstHalf(Interval interval) {
        return new Interval(interval.begin(), interval.begin() + interval.extent() / 2);
    }

    private static Interval secondHalf(Interval interval) {
        return new Interval(interval.begin() + interval.extent() / 2, interval.end());
    }
}
