package io.sparkconv.plan;

import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Counts the pixels of boxes that may overlap. */
final class BoxUnion {
    private BoxUnion() {}

    /** Pixels that lie in at least one of the boxes and not in the one left out; each counts once. */
    static long pixelsOutside(Region leftOut, List<Region> boxes) {
        int[] z = boundaries(leftOut, boxes, Region::z);
        int[] y = boundaries(leftOut, boxes, Region::y);
        int[] x = boundaries(leftOut, boxes, Region::x);
        long pixels = 0;
        for (int plane = 0; plane + 1 < z.length; plane++) {
            for (int row = 0; row + 1 < y.length; row++) {
                for (int column = 0; column + 1 < x.length; column++) {
                    Region cell = new Region(
                            new Interval(z[plane], z[plane + 1]),
                            new Interval(y[row], y[row + 1]),
                            new Interval(x[column], x[column + 1]));
                    if (!leftOut.contains(cell) && boxes.stream().anyMatch(box -> box.contains(cell))) {
                        pixels += cell.pixels();
                    }
                }
            }
        }
        return pixels;
    }

    private static int[] boundaries(Region leftOut, List<Region> boxes, Function<Region, Interval> axis) {
        return Stream.concat(Stream.of(leftOut), boxes.stream())
                .map(axis)
                .flatMapToInt(interval -> IntStream.of(interval.begin(), interval.end()))
                .sorted()
                .distinct()
                .toArray();
    }
}
