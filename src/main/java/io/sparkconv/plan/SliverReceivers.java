package io.sparkconv.plan;

import io.sparkconv.plan.SourceView.Placement;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.TileGrid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which tiles may need a part of a tile, found without a look at every tile. What a layer needs on one axis depends on that
 * axis alone, so that a table for each axis is enough.
 *
 * <p>The tables are made for the whole extent of the other axes. No tile needs more than that, so that none is left out; one
 * that is empty on another axis may be named and need nothing.
 */
final class SliverReceivers {
    private final TileGrid image;
    private final List<SortedSet<Integer>> z;
    private final List<SortedSet<Integer>> y;
    private final List<SortedSet<Integer>> x;

    private enum Axis {
        Z,
        Y,
        X;

        Interval of(Region region) {
            return switch (this) {
                case Z -> region.z();
                case Y -> region.y();
                case X -> region.x();
            };
        }

        List<Integer> of(TileGrid grid) {
            return switch (this) {
                case Z -> grid.z();
                case Y -> grid.y();
                case X -> grid.x();
            };
        }

        /** A map's whole region but for this axis. */
        Region across(Region map, Interval interval) {
            return new Region(
                    this == Z ? interval : map.z(), this == Y ? interval : map.y(), this == X ? interval : map.x());
        }
    }

    SliverReceivers(FusedGroup group, TileGrid image) {
        this.image = image;
        int columns = image.x().size() - 1;
        int rows = image.y().size() - 1;
        this.z = receivers(group, image, Axis.Z, (long) rows * columns);
        this.y = receivers(group, image, Axis.Y, columns);
        this.x = receivers(group, image, Axis.X, 1);
    }

    /**
     * For each place on an axis, the places of the tiles that may need something of it.
     *
     * @param step by how much the numbers of neighbours on the axis differ
     */
    private static List<SortedSet<Integer>> receivers(FusedGroup group, TileGrid image, Axis axis, long step) {
        int count = axis.of(image).size() - 1;
        Map<String, List<Integer>> boundaries = new HashMap<>();
        group.sources().forEach(map -> boundaries.put(map, axis.of(image.scaledTo(group.shape(map)))));
        List<SortedSet<Integer>> receivers = new ArrayList<>();
        for (int place = 0; place < count; place++) {
            receivers.add(new TreeSet<>());
        }
        for (int place = 0; place < count; place++) {
            Map<String, Region> targets = new HashMap<>();
            for (String output : group.outputs()) {
                Shape shape = group.shape(output);
                Interval part = axis.of(image.region(place * step, shape));
                targets.put(output, axis.across(Region.ofMap(shape), part));
            }
            for (SourceView view : group.views(targets)) {
                for (Placement placement : view.placements()) {
                    for (int sender : TileGrid.meeting(boundaries.get(view.map()), axis.of(placement.source()))) {
                        receivers.get(sender).add(place);
                    }
                }
            }
        }
        return receivers;
    }

    /** Numbers of the tiles that may need something of a tile, ascending; the tile itself is left out. */
    List<Long> of(long tile) {
        long columns = image.x().size() - 1L;
        long rows = image.y().size() - 1L;
        List<Long> numbers = new ArrayList<>();
        for (int plane : z.get((int) (tile / columns / rows))) {
            for (int row : y.get((int) (tile / columns % rows))) {
                for (int column : x.get((int) (tile % columns))) {
                    long number = (plane * rows + row) * columns + column;
                    if (number != tile) {
                        numbers.add(number);
                    }
                }
            }
        }
        return numbers;
    }
}
