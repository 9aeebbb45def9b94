package io.sparkconv.tile;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Extent of tiles in pixels of the image; the last tiles on an axis may be smaller.
 *
 * @param depth along z, at least 1
 * @param height along y, at least 1
 * @param width along x, at least 1
 */
public record TileSize(int depth, int height, int width) implements Serializable {
    /** One tile, whatever the image. */
    public static final TileSize WHOLE = new TileSize(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    private static final Pattern TEXT =
            Pattern.compile("(?:(?:([1-9]\\d{0,8})[x×])?([1-9]\\d{0,8})[x×])?([1-9]\\d{0,8})");

    /** @throws IllegalArgumentException if an extent is below 1 */
    public TileSize {
        if (depth < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("Cannot use tiles of " + depth + " × " + height + " × " + width
                    + ": every extent must be at least 1");
        }
    }

    /**
     * Tiles of {@code N} (on every axis), {@code HxW} or {@code DxHxW} pixels, or {@code none}: one tile.
     *
     * @throws IllegalArgumentException if the text is none of them
     */
    public static TileSize of(String text) {
        if (text.equals(WHOLE.toString())) {
            return WHOLE;
        }
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Cannot use tile size '" + text
                    + "': allowed are N, HxW and DxHxW with whole numbers from 1, and none");
        }
        int width = Integer.parseInt(matcher.group(3));
        int height = matcher.group(2) == null ? width : Integer.parseInt(matcher.group(2));
        int depth = matcher.group(2) == null
                ? width
                : matcher.group(1) == null ? Integer.MAX_VALUE : Integer.parseInt(matcher.group(1));
        return new TileSize(depth, height, width);
    }

    @Override
    public String toString() {
        if (equals(WHOLE)) {
            return "none";
        }
        return (depth == Integer.MAX_VALUE ? "" : depth + "x") + height + "x" + width;
    }
}
