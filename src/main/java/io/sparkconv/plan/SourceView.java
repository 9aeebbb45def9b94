package io.sparkconv.plan;

import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Padding;
import io.sparkconv.tile.PaddingMode;
import io.sparkconv.tile.Region;
import java.util.ArrayList;
import java.util.List;

/**
 * A box of a map that a group needs to compute a tile, and where its pixels come from.
 *
 * @param map name of the map
 * @param kind whether the box lies inside the map or goes on around its edges
 * @param region the box, in the map's coordinates; beyond the map's edges where it goes on around them
 * @param placements boxes inside the map that fill the region, each pixel once
 */
public record SourceView(String map, Kind kind, Region region, List<Placement> placements) {

    /** Where a view lies. */
    public enum Kind {
        INSIDE,
        AROUND
    }

    /**
     * A box of the map and where it stands in the view.
     *
     * @param source box inside the map
     * @param target the same extents, in the view's coordinates
     */
    public record Placement(Region source, Region target) {

        /** Where a part of the source stands in the view. */
        public Region targetOf(Region part) {
            return new Region(
                    shifted(part.z(), target.z().begin() - source.z().begin()),
                    shifted(part.y(), target.y().begin() - source.y().begin()),
                    shifted(part.x(), target.x().begin() - source.x().begin()));
        }

        private static Interval shifted(Interval interval, int shift) {
            return new Interval(interval.begin() + shift, interval.end() + shift);
        }
    }

    static SourceView inside(String map, Region region) {
        return new SourceView(map, Kind.INSIDE, region, List.of(new Placement(region, region)));
    }

    static SourceView around(String map, Region region, Region whole) {
        Padding circular = Padding.of(PaddingMode.CIRCULAR);
        List<Placement> placements = new ArrayList<>();
        for (Padding.Piece z : circular.resolve(region.z(), whole.z().extent())) {
            for (Padding.Piece y : circular.resolve(region.y(), whole.y().extent())) {
                for (Padding.Piece x : circular.resolve(region.x(), whole.x().extent())) {
                    placements.add(new Placement(
                            new Region(z.source(), y.source(), x.source()),
                            new Region(z.target(), y.target(), x.target())));
                }
            }
        }
        return new SourceView(map, Kind.AROUND, region, placements);
    }
}
