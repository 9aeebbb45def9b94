package io.sparkconv.tile;

import java.util.Arrays;
import java.util.List;

/**
 * Copies pieces of a tile into a new one, axis by axis.
 *
 * @param z pieces along the depth
 * @param y pieces along the height
 * @param x pieces along the width
 * @param constant what stands where no piece reaches
 */
record PaddingFill(List<Padding.Piece> z, List<Padding.Piece> y, List<Padding.Piece> x, float constant) {
    private static final int OUTSIDE = -1;

    /** The tile over the wanted region; its own region must hold the sources of all pieces. */
    Tile fill(Tile tile, Region wanted) {
        Region region = tile.region();
        float[] filled = new float[wanted.shape(tile.channels()).arrayLength()]; // (channel, z, y, x)
        if (constant != 0f) {
            Arrays.fill(filled, constant);
        }
        int[] planes = origins(z, wanted.z());
        int[] rows = origins(y, wanted.y());
        int target = 0;
        for (int channel = 0; channel < tile.channels(); channel++) {
            for (int plane : planes) {
                for (int row : rows) {
                    if (plane != OUTSIDE && row != OUTSIDE) {
                        int sourceRow = (channel * region.z().extent()
                                                + plane
                                                - region.z().begin())
                                        * region.y().extent()
                                + row
                                - region.y().begin();
                        int source =
                                sourceRow * region.x().extent() - region.x().begin();
                        copyRow(
                                tile.values(),
                                source,
                                filled,
                                target - wanted.x().begin());
                    }
                    target += wanted.x().extent();
                }
            }
        }
        return new Tile(wanted, tile.channels(), filled);
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

    /** Fills one row; both positions are those of the coordinate 0. */
    private void copyRow(float[] source, int sourceZero, float[] target, int targetZero) {
        for (Padding.Piece piece : x) {
            int first = targetZero + piece.target().begin();
            int end = targetZero + piece.target().end();
            switch (piece.order()) {
                case FORWARD ->
                    System.arraycopy(source, sourceZero + piece.source().begin(), target, first, end - first);
                case REVERSED -> {
                    int last = sourceZero + piece.source().end() - 1;
                    for (int i = first; i < end; i++) {
                        target[i] = source[last - (i - first)];
                    }
                }
                case REPEATED ->
                    Arrays.fill(
                            target,
                            first,
                            end,
                            source[sourceZero + piece.source().begin()]);
            }
        }
    }
}
