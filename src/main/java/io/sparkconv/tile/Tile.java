package io.sparkconv.tile;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Layout;
import java.util.Arrays;

/**
 * The values of one map over a region of it. The array is not copied.
 *
 * @param region the region, in the map's coordinates; it may reach beyond the map (a tile with its padding) and may be
 *     empty (nothing is needed)
 * @param channels number of channels
 * @param layout order of the values
 * @param values in the layout's order, from 0 on, at least as many as the region and channels have in it ({@link #length()}):
 *     an array that is used again may be longer
 */
public record Tile(Region region, int channels, Layout layout, float[] values) {

    /** @throws IllegalArgumentException if there are fewer values than those of region and channels */
    public Tile {
        long needed = length(region, channels, layout);
        if (values.length < needed) {
            throw new IllegalArgumentException("Cannot make a tile of " + channels + " channels over " + region + ": "
                    + values.length + " values given, " + needed + " needed");
        }
    }

    /**
     * A tile in the order of whole maps.
     *
     * @param values {@code (channel, z, y, x)}, exactly as many as the region and channels have
     * @throws IllegalArgumentException if the number of values is not that of region and channels
     */
    public Tile(Region region, int channels, float[] values) {
        this(region, channels, Layout.PLANAR, values);
        if (values.length != length()) {
            throw new IllegalArgumentException("Cannot make a tile of " + channels + " channels over " + region + ": "
                    + values.length + " values given, " + length() + " needed");
        }
    }

    /** A tile of zeros with an array of its own, exactly as long as needed. */
    public static Tile zeros(Region region, int channels, Layout layout) {
        return new Tile(region, channels, layout, new float[layout.arrayLength(channels, region.pixels())]);
    }

    private static long length(Region region, int channels, Layout layout) {
        return (long) layout.planes(channels) * layout.lanes() * region.pixels();
    }

    /** Number of values that the tile has in its layout; the array may be longer. */
    public int length() {
        return (int) length(region, channels, layout);
    }

    /** Whether the tile is planar and its array no longer than it. */
    public boolean exactlyPlanar() {
        return layout == Layout.PLANAR && values.length == length();
    }

    /** This tile in another order; the tile itself where the order is its own, else a copy. */
    public Tile in(Layout other) {
        if (other == layout) {
            return this;
        }
        Tile copy = zeros(region, channels, other);
        copyTo(copy);
        return copy;
    }

    /**
     * Sets the lanes of a blocked tile that stand for no channel to 0, so that they are finite whatever was computed in them.
     */
    public void clearUnusedLanes() {
        int lanes = layout.lanes();
        int used = channels % lanes;
        if (used == 0) {
            return;
        }
        int end = length();
        for (int pixel = end - (int) region.pixels() * lanes; pixel < end; pixel += lanes) {
            Arrays.fill(values, pixel + used, pixel + lanes, 0f);
        }
    }

    /** The tile that is the whole map. */
    public static Tile ofMap(FeatureMap map) {
        return new Tile(Region.ofMap(map.shape()), map.shape().channels(), map.values());
    }

    /** The values as a map of their own, without the tile's origin; shares the array where that is planar and no longer. */
    public FeatureMap featureMap() {
        Tile planar = in(Layout.PLANAR);
        return new FeatureMap(
                region.shape(channels),
                planar.exactlyPlanar() ? planar.values : Arrays.copyOf(planar.values, planar.length()));
    }

    /**
     * Copies a region of this tile, in its layout; the tile itself where the region is its own.
     *
     * @throws IllegalArgumentException if the region isn't inside this tile's
     */
    public Tile crop(Region part) {
        if (part.equals(region)) {
            return this;
        }
        requireInside(part);
        Tile copy = zeros(part, channels, layout);
        copyTo(copy);
        return copy;
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
        Tile extended = zeros(wanted, channels, layout);
        extendTo(extended, map, padding);
        return extended;
    }

    /**
     * Fills a tile that may reach beyond the map, as {@link #extend}.
     *
     * @param target a tile of as many channels in the same layout; every value is written
     * @param map the whole map's region, from the origin
     * @throws IllegalArgumentException if this tile lacks a pixel of the map that the target needs, or the target has another
     *     layout or other channels
     */
    public void extendTo(Tile target, Region map, Padding padding) {
        Region wanted = target.region;
        if (wanted.isEmpty()) {
            return;
        }
        requireInside(padding.sourceOf(wanted, map));
        if (channels != target.channels || layout != target.layout) {
            throw new IllegalArgumentException("Cannot extend " + channels + " channels, " + layout + ", to "
                    + target.channels + ", " + target.layout + ": both must be equal");
        }
        new PaddingFill(
                        padding.resolve(wanted.z(), map.z().extent()),
                        padding.resolve(wanted.y(), map.y().extent()),
                        padding.resolve(wanted.x(), map.x().extent()),
                        padding.constant())
                .fill(this, target);
    }

    /**
     * Fills a tile from this one.
     *
     * @param target a tile of as many channels, in any layout, over a region inside this tile's; every value is written
     * @throws IllegalArgumentException if its region isn't inside this tile's, or its channels are others
     */
    public void copyTo(Tile target) {
        copyTo(target.region, target, target.region);
    }

    /**
     * Copies a part of this tile into another one, elsewhere.
     *
     * @param part a region inside this tile
     * @param target a tile of as many channels, in any layout; its values are written
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
        new TileCopy(this, part, target, place).copy();
    }

    /** Position of a pixel among those of a plane. */
    int pixel(int z, int y, int x) {
        return ((z - region.z().begin()) * region.y().extent() + y - region.y().begin())
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
}
