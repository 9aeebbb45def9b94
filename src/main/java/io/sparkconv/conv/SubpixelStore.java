package io.sparkconv.conv;

import io.sparkconv.kernel.RowCopies;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;

/**
 * Takes a pointwise layer's sums to the outputs of a transposed layer whose kernel is as long as its stride: channel {@code (n, j)} of
 * source pixel {@code i} is output {@code i · stride + j} of channel {@code n}.
 */
final class SubpixelStore implements PanelStore {
    private final RowCopies copies;
    private final int kernelWidth;
    private final int sourceHeight;
    private final int sourceWidth;
    private final int planeStep; // distance in the output of what neighbouring planes of the source give
    private final int rowStep; // and neighbouring rows
    private final int[] places; // (channel, kernel z, kernel y): position of source pixel 0's output
    private final float[] output; // (channel, z, y, x)

    /**
     * @param geometry the transposed layer
     * @param source the source pixels of all outputs
     * @param output {@code (channel, z, y, x)}, {@code stride} times as long as the source on each axis
     */
    SubpixelStore(RowCopies copies, ConvolutionGeometry geometry, Region source, float[] output, Workspace workspace) {
        int kernelDepth = geometry.z().kernel();
        int kernelHeight = geometry.y().kernel();
        this.copies = copies;
        this.kernelWidth = geometry.x().kernel();
        this.sourceHeight = source.y().extent();
        this.sourceWidth = source.x().extent();
        this.output = output;
        int outputDepth = source.z().extent() * kernelDepth;
        int outputHeight = sourceHeight * kernelHeight;
        int outputWidth = sourceWidth * kernelWidth;
        this.rowStep = kernelHeight * outputWidth;
        this.planeStep = kernelDepth * outputHeight * outputWidth;
        int rows = geometry.outputChannels() * kernelDepth * kernelHeight;
        this.places = workspace.integers(Scratch.SUBPIXEL_ROWS, rows);
        for (int row = 0; row < rows; row++) {
            int plane = row / kernelHeight / kernelDepth * outputDepth + row / kernelHeight % kernelDepth;
            places[row] = (plane * outputHeight + row % kernelHeight) * outputWidth;
        }
    }

    @Override
    public void store(float[] sums, int at, int step, int channel, int channels, int first, int count) {
        int done = 0;
        while (done < count) {
            int pixel = first + done;
            int sourceRow = pixel / sourceWidth;
            int x = pixel - sourceRow * sourceWidth;
            int some = Math.min(count - done, sourceWidth - x);
            int place = sourceRow / sourceHeight * planeStep + sourceRow % sourceHeight * rowStep + x * kernelWidth;
            storeSegment(sums, at + done, step, channel, channels, place, some);
            done += some;
        }
    }

    /** Stores pixels of one row of the source, once the sums of all their outputs in a row are there. */
    private void storeSegment(float[] sums, int at, int step, int channel, int channels, int place, int count) {
        int row = channel / kernelWidth;
        for (int last = (row + 1) * kernelWidth - 1; last < channel + channels; last += kernelWidth) {
            int from = at + (last - kernelWidth + 1 - channel) * step;
            int to = places[row] + place;
            if (kernelWidth == 2) {
                copies.join(sums, from, from + step, count, output, to);
            } else {
                for (int j = 0; j < kernelWidth; j++) {
                    copies.spread(sums, from + j * step, count, output, to + j, kernelWidth);
                }
            }
            row++;
        }
    }
}
