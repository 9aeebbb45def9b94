package io.sparkconv.network;

import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Tile;

/** {@code x · factor[c] + addend[c]}, one fused multiply-add a value, in any layout. */
final class ChannelScaling {
    private static final int CHUNK = 1024;

    private enum Slot {
        CHUNK,
        SCALES,
        SHIFTS
    }

    private ChannelScaling() {}

    /**
     * Computes an output.
     *
     * @param factors factor of the first channel at {@code firstFactor}, those of the others behind it
     * @param addends addend of the first channel at {@code firstAddend}, those of the others behind it
     */
    static void apply(
            Tile source,
            float[] factors,
            int firstFactor,
            float[] addends,
            int firstAddend,
            Tile output,
            Workspace workspace) {
        float[] values = source.values();
        float[] results = output.values();
        int lanes = output.layout().lanes();
        if (lanes == 1) {
            ValueRuns.of(source, output).forEach((plane, from, to, count) -> {
                float[] aligned = IndexedLoops.aligned(values, from, results, to, count);
                IndexedLoops.scale(
                        aligned, factors[firstFactor + plane], addends[firstAddend + plane], results, to, to + count);
            });
            return;
        }
        float[] chunk = workspace.floats(Slot.CHUNK, CHUNK);
        // the factors of one plane's channels, again and again: loops over them are long enough for vectors
        float[] scales = workspace.floats(Slot.SCALES, CHUNK); // (pixel, lane)
        float[] shifts = workspace.floats(Slot.SHIFTS, CHUNK); // (pixel, lane)
        int[] filled = {-1};
        ValueRuns.of(source, output).forEach((plane, from, to, count) -> {
            if (filled[0] != plane) {
                filled[0] = plane;
                for (int i = 0; i < CHUNK; i++) {
                    int channel = Math.min(plane * lanes + i % lanes, output.channels() - 1);
                    scales[i] = factors[firstFactor + channel];
                    shifts[i] = addends[firstAddend + channel];
                }
            }
            for (int done = 0; done < count; done += CHUNK) {
                int some = Math.min(CHUNK, count - done);
                System.arraycopy(values, from + done, chunk, 0, some);
                IndexedLoops.scale(chunk, scales, shifts, chunk, 0, some);
                System.arraycopy(chunk, 0, results, to + done, some);
            }
        });
        output.clearUnusedLanes();
    }
}
