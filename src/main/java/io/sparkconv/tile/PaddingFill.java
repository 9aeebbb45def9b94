package io.sparkconv.tile;

import java.util.Arrays;
import java.util.List;

/**
 * Copies pieces of a tile into another one of the same layout, axis by axis.
 *
 * @param z pieces along the depth
 * @param y pieces along the height
 * @param x pieces along the width
 * @param constant what stands where no piece reaches
 */
record PaddingFill(List<Padding.Piece> z, List<Padding.Piece> y, List<Padding.Piece> x, float constant) {
    private static final int OUTSIDE = -1;

    /**
     * Fills a tile; the other's region must hold the sources of all pieces.
     *
     * @param target every value is written
     */
    void fill(Tile tile, Tile target) {
        Region wanted = target.region();
        Region region = tile.region();
        int lanes = tile.layout().lanes();
        if (!isCovered(z, wanted.z()) || !isCovered(y, wanted.y()) || !isCovered(x, wanted.x())) {
            // also what an array that is used again has left
            Arrays.fill(target.values(), 0, target.length(), constant);
        }
        int pixels = (int) region.pixels();
        int[] origins = origins(z, wanted.z());
        int[] rows = origins(y, wanted.y());
        int place = 0; // of a row's first pixel
        for (int plane = 0; plane < tile.layout().planes(tile.channels()); plane++) {
            for (int origin : origins) {
                for (int row : rows) {
                    if (origin != OUTSIDE && row != OUTSIDE) {
                        int source = plane * pixels + tile.pixel(origin, row, 0);
                        copyRow(
                                tile.values(),
                                source,
                                target.values(),
                                place - wanted.x().begin(),
                                lanes);
                    }
                    place += wanted.x().extent();
                }
            }
        }
    }

    private static boolean isCovered(List<Padding.Piece> pieces, Interval wanted) {
        int covered = 0;
        for (Padding.Piece piece : pieces) {
            covered += piece.target().extent();
        }
        return covered == wanted.extent();
    }

    /** For each wanted coordinate the coordinate it comes from. */
    private static int[] origins(List<Padding.Piece> pieces, Interval wanted) {
        int[] origins = new int[wanted.extent()];
        Arrays.fill(origins, OUTSIDE);
        for (Padding.Piece piece : pieces) {
            for (int i = piece.target().begin(); i < piece.target().end(); i++) {
                origins[i - wanted.begin()] = piece.sourceOf(i);
            }
        }
        return origins;
    }

    /** Fills one row; both positions are those of the coordinate 0, in pixels. */
    private void copyRow(float[] source, int sourceZero, float[] target, int targetZero, int lanes) {
        for (Padding.Piece piece : x) {
            int from = sourceZero + piece.source().begin();
            int first = targetZero + piece.target().begin();
            int count = piece.target().extent();
            if (piece.order() == Padding.Order.FORWARD) {
                System.arraycopy(source, from * lanes, target, first * lanes, count * lanes);
            } else if (lanes > 1) {
                int step = piece.order() == Padding.Order.REVERSED ? -1 : 0;
                int start = step < 0 ? from + count - 1 : from;
                for (int i = 0; i < count; i++) {
                    System.arraycopy(source, (start + i * step) * lanes, target, (first + i) * lanes, lanes);
                }
            } else if (piece.order() == Padding.Order.REVERSED) {
                for (int i = 0; i < count; i++) {
                    target[first + i] = source[from + count - 1 - i];
                }
            } else {
                Arrays.fill(target, first, first + count, source[from]);
            }
        }
    }
}
