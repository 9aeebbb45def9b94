package io.sparkconv.tile;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Layout;
import java.util.List;

/**
 * The values of one map over a region of it. The array is not copied.
 *
 * @param region the region, in the map's coordinates; it may reach beyond the map (a tile with its padding) and may be
 *     empty (nothing is needed)
 * @param channels number of channels
 * @param layout order of the values
 * @param values in the layout's order, exactly as many as the region and channels have in it
 */
public record Tile(Region region, int channels, Layout layout, float[] values) {

    /** @throws IllegalArgumentException if the number of values is not that of region and channels */
    public Tile {
        long needed = (long) layout.planes(channels)
                * layout.lanes()
                * region.z().extent()
                * region.y().extent()
                * region.x().extent();
        if (values.length != needed) {
            throw new IllegalArgumentException("Cannot make a tile of " + channels + " channels over " + region + ": "
                    + values.length + " values given, " + needed + " needed");
        }
    }

    /** @param values {@code (channel, z, y, x)}, exactly as many as the region and channels have */
    public Tile(Region region, int channels, float[] values) {
        this(region, channels, Layout.PLANAR, values);
    }

    /** This tile in another order; the tile itself where the order is its own, else a copy. */
    public Tile in(Layout other) {
        if (other == layout) {
            return this;
        }
        int pixels = Math.toIntExact(
                (long) region.z().extent() * region.y().extent() * region.x().extent());
        float[] copy = new float[other.arrayLength(channels, pixels)];
        for (int channel = 0; channel < channels; channel++) {
            int from = first(layout, channel, pixels);
            int to = first(other, channel, pixels);
            for (int pixel = 0; pixel < pixels; pixel++) {
                copy[to + pixel * other.lanes()] = values[from + pixel * layout.lanes()];
            }
        }
        return new Tile(region, channels, other, copy);
    }

    private static int first(Layout layout, int channel, int pixels) {
        return channel / layout.lanes() * layout.lanes() * pixels + channel % layout.lanes();
    }

    /** The tile that is the whole map. */
    public static Tile ofMap(FeatureMap map) {
        return new Tile(Region.ofMap(map.shape()), map.shape().channels(), map.values());
    }

    /** The values as a map of their own, without the tile's origin; shares the array. */
    public FeatureMap featureMap() {
        return new FeatureMap(region.shape(channels), values);
    }

    /**
     * Copies a region of this tile; the tile itself where the region is its own.
     *
     * @throws IllegalArgumentException if the region isn't inside this tile's
     */
    public Tile crop(Region part) {
        if (part.equals(region)) {
            return this;
        }
        requireInside(part);
        if (part.isEmpty()) {
            return new Tile(part, channels, new float[0]);
        }
        return new PaddingFill(whole(part.z()), whole(part.y()), whole(part.x()), 0f).fill(this, part);
    }

    /**
     * This tile over a region that may reach beyond its map: what lies inside is copied, what lies outside is filled by
     * the padding.
     *
     * @param wanted the region of the result, in the map's coordinates
     * @param map the whole map's region, from the origin
     * @throws IllegalArgumentException if this tile lacks a pixel of the map that the wanted region needs
     */
    public Tile extend(Region wanted, Region map, Padding padding) {
        if (wanted.isEmpty()) {
            return new Tile(wanted, channels, new float[0]);
        }
        requireInside(padding.sourceOf(wanted, map));
        return new PaddingFill(
                        padding.resolve(wanted.z(), map.z().extent()),
                        padding.resolve(wanted.y(), map.y().extent()),
                        padding.resolve(wanted.x(), map.x().extent()),
                        padding.constant())
                .fill(this, wanted);
    }

    /**
     * Copies a part of this tile into another one, elsewhere.
     *
     * @param part a region inside this tile
     * @param target a tile of as many channels; its values are written
     * @param place where in the target the part comes to stand: a region of the same extents inside it
     * @throws IllegalArgumentException if the part isn't inside this tile, or the place isn't inside the target or as large
     */
    public void copyTo(Region part, Tile target, Region place) {
        requireInside(part);
        target.requireInside(place);
        if (part.isEmpty()) {
            return;
        }
        if (channels != target.channels || !part.shape(1).equals(place.shape(1))) {
            throw new IllegalArgumentException("Cannot copy " + part + " of " + channels + " channels to " + place
                    + " of " + target.channels + ": both must be equal in extent and channels");
        }
        int width = part.x().extent();
        for (int channel = 0; channel < channels; channel++) {
            for (int z = 0; z < part.z().extent(); z++) {
                for (int y = 0; y < part.y().extent(); y++) {
                    System.arraycopy(
                            values,
                            index(
                                    channel,
                                    part.z().begin() + z,
                                    part.y().begin() + y,
                                    part.x().begin()),
                            target.values,
                            target.index(
                                    channel,
                                    place.z().begin() + z,
                                    place.y().begin() + y,
                                    place.x().begin()),
                            width);
                }
            }
        }
    }

    private int index(int channel, int z, int y, int x) {
        return ((channel * region.z().extent() + z - region.z().begin())
                                        * region.y().extent()
                                + y
                                - region.y().begin())
                        * region.x().extent()
                + x
                - region.x().begin();
    }

    private void requireInside(Region needed) {
        if (!region.contains(needed)) {
            throw new IllegalArgumentException(
                    "Cannot take " + needed + " from a tile over " + region + ": it reaches beyond the tile");
        }
    }

    private static List<Padding.Piece> whole(Interval interval) {
        return List.of(new Padding.Piece(interval, interval, Padding.Order.FORWARD));
    }
}
