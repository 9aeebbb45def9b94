package io.sparkconv.tile;

import io.sparkconv.tensor.Layout;

/**
 * Copies a part of a tile into another one, from any layout to any.
 *
 * @param source the tile to read
 * @param part the part of it
 * @param target the tile to write
 * @param place where the part comes to stand in it
 */
record TileCopy(Tile source, Region part, Tile target, Region place) {
    private static final int LANES = Layout.BLOCKED.lanes();

    /** Copies pixels that lie side by side in both tiles at one time: rows, or planes where rows are whole. */
    void copy() {
        int run = part.x().extent();
        int rows = part.y().extent();
        int planes = part.z().extent();
        if (run == width(source) && run == width(target)) {
            run *= rows;
            rows = 1;
            if (run == width(source) * height(source) && run == width(target) * height(target)) {
                run *= planes;
                planes = 1;
            }
        }
        for (int z = 0; z < planes; z++) {
            for (int y = 0; y < rows; y++) {
                copy(
                        source.pixel(
                                part.z().begin() + z,
                                part.y().begin() + y,
                                part.x().begin()),
                        target.pixel(
                                place.z().begin() + z,
                                place.y().begin() + y,
                                place.x().begin()),
                        run);
            }
        }
    }

    private static int width(Tile tile) {
        return tile.region().x().extent();
    }

    private static int height(Tile tile) {
        return tile.region().y().extent();
    }

    /** All channels of a run of pixels. */
    private void copy(int from, int to, int run) {
        int sourcePixels = (int) source.region().pixels();
        int targetPixels = (int) target.region().pixels();
        if (source.layout() == target.layout()) {
            int lanes = source.layout().lanes();
            for (int plane = 0; plane < source.layout().planes(source.channels()); plane++) {
                System.arraycopy(
                        source.values(),
                        (plane * sourcePixels + from) * lanes,
                        target.values(),
                        (plane * targetPixels + to) * lanes,
                        run * lanes);
            }
            return;
        }
        for (int channel = 0; channel < source.channels(); channel += LANES) {
            int channels = Math.min(LANES, source.channels() - channel);
            int sourcePosition = channel * sourcePixels + from * source.layout().lanes();
            int targetPosition = channel * targetPixels + to * target.layout().lanes();
            if (target.layout() == Layout.BLOCKED) {
                block(source.values(), sourcePosition, sourcePixels, channels, target.values(), targetPosition, run);
            } else {
                unblock(source.values(), sourcePosition, channels, target.values(), targetPosition, targetPixels, run);
            }
        }
    }

    /** One block of channels from planes that lie {@code step} apart; in squares, whose values stay in the nearest cache. */
    private static void block(
            float[] planes, int position, int step, int channels, float[] blocked, int blockPosition, int pixels) {
        for (int begin = 0; begin < pixels; begin += LANES) {
            int end = Math.min(pixels, begin + LANES);
            for (int lane = 0; lane < channels; lane++) {
                int plane = position + lane * step;
                for (int pixel = begin; pixel < end; pixel++) {
                    blocked[blockPosition + pixel * LANES + lane] = planes[plane + pixel];
                }
            }
        }
        for (int lane = channels; lane < LANES; lane++) {
            for (int pixel = 0; pixel < pixels; pixel++) {
                blocked[blockPosition + pixel * LANES + lane] = 0f;
            }
        }
    }

    /** One block of channels to planes that lie {@code step} apart. */
    private static void unblock(
            float[] blocked, int blockPosition, int channels, float[] planes, int position, int step, int pixels) {
        for (int begin = 0; begin < pixels; begin += LANES) {
            int end = Math.min(pixels, begin + LANES);
            for (int lane = 0; lane < channels; lane++) {
                int plane = position + lane * step;
                for (int pixel = begin; pixel < end; pixel++) {
                    planes[plane + pixel] = blocked[blockPosition + pixel * LANES + lane];
                }
            }
        }
    }
}
