package io.sparkconv.tile;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What lies beyond a map's edges for one layer.
 *
 * @param mode how the map goes on
 * @param constant the value beyond the edges where the mode is {@link PaddingMode#ZEROS}
 */
public record Padding(PaddingMode mode, float constant) implements Serializable {

    /** Zeros beyond the edges. */
    public static final Padding ZEROS = new Padding(PaddingMode.ZEROS, 0f);

    /** A padding by the mode, with zeros where that has a constant. */
    public static Padding of(PaddingMode mode) {
        return new Padding(mode, 0f);
    }

    /** In which order the coordinates of a piece's source fill its target. */
    public enum Order {
        FORWARD,
        REVERSED,
        /** The source is one coordinate, which fills the whole target. */
        REPEATED
    }

    /**
     * A run of wanted coordinates on one axis and where its values come from.
     *
     * @param source coordinates inside the map
     * @param target the wanted coordinates that they fill
     * @param order how
     */
    public record Piece(Interval source, Interval target, Order order) {

        /** The coordinate in the source that fills a coordinate of the target. */
        public int sourceOf(int coordinate) {
            return switch (order) {
                case FORWARD -> source.begin() + (coordinate - target.begin());
                case REVERSED -> source.end() - 1 - (coordinate - target.begin());
                case REPEATED -> source.begin();
            };
        }
    }

    /**
     * Turns wanted coordinates, which may lie outside the map, into pieces that lie inside, in the order of their
     * targets. Coordinates that no piece fills hold the constant.
     *
     * @param wanted the coordinates
     * @param extent the map's extent on this axis
     * @throws IllegalArgumentException if more is wanted beyond an edge than the mode can extend the axis by
     */
    public List<Piece> resolve(Interval wanted, int extent) {
        List<Piece> pieces = new ArrayList<>(3);
        if (wanted.isEmpty()) {
            return pieces;
        }
        Interval before = wanted.intersect(new Interval(Math.min(wanted.begin(), 0), 0));
        Interval inside = wanted.intersect(Interval.ofExtent(extent));
        Interval after = wanted.intersect(new Interval(extent, Math.max(extent, wanted.end())));
        requireWithinReach(-wanted.begin(), extent);
        requireWithinReach(wanted.end() - extent, extent);
        addOutside(before, extent, pieces);
        if (!inside.isEmpty()) {
            pieces.add(new Piece(inside, inside, Order.FORWARD));
        }
        addOutside(after, extent, pieces);
        return pieces;
    }

    /** The smallest interval inside the map that holds the sources of all pieces of the wanted coordinates. */
    public Interval sourceOf(Interval wanted, int extent) {
        Interval hull = new Interval(0, 0);
        for (Piece piece : resolve(wanted, extent)) {
            hull = hull.hull(piece.source());
        }
        return hull;
    }

    /**
     * The smallest region inside the map that holds all that the wanted region is filled from; empty where all of it is
     * the constant.
     *
     * @param wanted a region in the map's coordinates, which may lie outside the map
     * @param map the map's whole region
     */
    public Region sourceOf(Region wanted, Region map) {
        return new Region(
                sourceOf(wanted.z(), map.z().extent()),
                sourceOf(wanted.y(), map.y().extent()),
                sourceOf(wanted.x(), map.x().extent()));
    }

    private void addOutside(Interval outside, int extent, List<Piece> pieces) {
        if (outside.isEmpty()) {
            return;
        }
        boolean isBefore = outside.begin() < 0;
        switch (mode) {
            case ZEROS -> {}
            case REPLICATE -> {
                int edge = isBefore ? 0 : extent - 1;
                pieces.add(new Piece(new Interval(edge, edge + 1), outside, Order.REPEATED));
            }
            case REFLECT -> {
                int mirror = isBefore ? 0 : 2 * (extent - 1);
                Interval source = new Interval(mirror - outside.end() + 1, mirror - outside.begin() + 1);
                pieces.add(new Piece(source, outside, Order.REVERSED));
            }
            case CIRCULAR -> {
                int turn = isBefore ? extent : -extent;
                Interval source = new Interval(outside.begin() + turn, outside.end() + turn);
                pieces.add(new Piece(source, outside, Order.FORWARD));
            }
        }
    }

    private void requireWithinReach(int beyond, int extent) {
        if (beyond > mode.longest(extent)) {
            throw new IllegalArgumentException("Cannot extend an axis of " + extent + " by " + beyond + " with "
                    + mode.text() + " padding: at most " + mode.longest(extent) + " is allowed");
        }
    }
}
