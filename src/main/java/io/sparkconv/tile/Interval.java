package io.sparkconv.tile;

import java.io.Serializable;

/**
 * Half-open range of coordinates on one axis: {@code begin} belongs to it, {@code end} does not. Coordinates may be
 * negative: a layer's source may begin before its input does.
 *
 * @param begin first coordinate
 * @param end the coordinate after the last, at least {@code begin}
 */
public record Interval(int begin, int end) implements Serializable {

    /** @throws IllegalArgumentException if the end lies before the beginning */
    public Interval {
        if (end < begin) {
            throw new IllegalArgumentException("Cannot make an interval from " + begin + " to " + end
                    + ": the end must not lie before the beginning");
        }
    }

    /** The coordinates of a whole axis, {@code [0, extent)}. */
    public static Interval ofExtent(int extent) {
        return new Interval(0, extent);
    }

    /** Number of coordinates. */
    public int extent() {
        return end - begin;
    }

    public boolean isEmpty() {
        return begin == end;
    }

    /** Whether every coordinate of the other lies in this one; an empty one lies in all. */
    public boolean contains(Interval other) {
        return other.isEmpty() || (begin <= other.begin && other.end <= end);
    }

    /** Whether a coordinate lies in the interval. */
    public boolean contains(int coordinate) {
        return begin <= coordinate && coordinate < end;
    }

    /** The smallest interval that holds both; an empty one adds nothing. */
    public Interval hull(Interval other) {
        if (isEmpty()) {
            return other;
        }
        return other.isEmpty() ? this : new Interval(Math.min(begin, other.begin), Math.max(end, other.end));
    }

    /** What both have in common; empty where they do not meet. */
    public Interval intersect(Interval other) {
        int first = Math.max(begin, other.begin);
        return new Interval(first, Math.max(first, Math.min(end, other.end)));
    }

    /** {@code [begin, end)}. */
    @Override
    public String toString() {
        return "[" + begin + ", " + end + ")";
    }
}
