package io.sparkconv.conv;

import io.sparkconv.kernel.ChannelwiseSums;
import io.sparkconv.kernel.MicroKernel;
import io.sparkconv.kernel.StoreActivation;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Arrays;

/** Computes the outputs of one phase of a depthwise layer with channels as lanes: rows of pixels, some blocks of channels at a time. */
final class ChannelwiseRun {
    private static final int LANES = Layout.BLOCKED.lanes();

    private final ChannelwiseSums channelwiseSums;
    private final ConvolutionGeometry geometry;
    private final ChannelwisePhase packed;
    private final AxisPhase z;
    private final AxisPhase y;
    private final AxisPhase x;
    private final Tile output;
    private final OutputStore store;
    private final StoreActivation activation;
    private final boolean isStoredAtOnce; // where the micro-kernel can
    private final ChannelwiseSource source;
    private final ChannelwiseRows rows;
    private final int pixels;
    private final int outputPixels;
    private final float[] sums; // (pixel, channel) of a strip

    /**
     * @param source rows of the input
     * @param output its region is computed where outputs are the phase's
     */
    ChannelwiseRun(
            MicroKernel kernel,
            ConvolutionGeometry geometry,
            ChannelwisePhase packed,
            ChannelwiseSource source,
            Tile output,
            Epilogue epilogue,
            Workspace workspace) {
        this.channelwiseSums = kernel.channelwise();
        this.geometry = geometry;
        this.packed = packed;
        this.z = packed.phase().z();
        this.y = packed.phase().y();
        this.x = packed.phase().x();
        this.output = output;
        this.activation = epilogue.activation();
        this.isStoredAtOnce = output.layout() == Layout.BLOCKED
                && epilogue.residual() == null
                && x.outputStride() == 1
                && packed.runs().length == 2;
        this.store = new OutputStore(kernel, output, epilogue, packed.bias());
        this.outputPixels = Math.toIntExact(output.region().pixels());
        this.pixels = x.count(output.region().x());
        this.source = source;
        this.rows = new ChannelwiseRows(source, packed.phase(), output.region(), workspace);
        this.sums = workspace.floats(Scratch.SUMS, rows.stripPixels() * LANES);
    }

    void compute() {
        int blocks = Layout.BLOCKED.planes(geometry.groups());
        int firstX = x.firstAtOrAfter(output.region().x().begin());
        store.take(sums, LANES);
        for (int block = 0; block < blocks; block += source.blocks(block)) {
            int end = Math.min(block + source.blocks(block), blocks);
            for (int pixel = 0; pixel < pixels; pixel += rows.stripPixels()) {
                int count = Math.min(rows.stripPixels(), pixels - pixel);
                computeStrip(block, end, firstX + pixel * x.outputStride(), count);
            }
        }
    }

    private void computeStrip(int firstBlock, int endBlock, int firstX, int count) {
        Region target = output.region();
        rows.choose(firstBlock, endBlock - firstBlock, x.origin(firstX), count);
        for (int atZ = z.firstAtOrAfter(target.z().begin()); atZ < target.z().end(); atZ += z.outputStride()) {
            for (int atY = y.firstAtOrAfter(target.y().begin());
                    atY < target.y().end();
                    atY += y.outputStride()) {
                rows.bring(z.origin(atZ), y.origin(atY));
                for (int block = firstBlock; block < endBlock; block++) {
                    int position = (block - firstBlock) * rows.blockStep();
                    if (isStoredAtOnce && sumAndStore(block, position, count, store.pixel(atZ, atY, firstX))) {
                        continue;
                    }
                    sum(block, position, count);
                    int channel = block * LANES;
                    int channels = Math.min(LANES, geometry.groups() - channel);
                    store.row(0, count, channel, channels, channel, atZ, atY, firstX, x.outputStride());
                }
            }
        }
    }

    /** @param pixel place of the first output in the output's region */
    private boolean sumAndStore(int block, int position, int count, int pixel) {
        int taps = packed.phase().taps();
        return channelwiseSums.sumAndStore(
                rows.values(),
                position,
                x.sourceStride() * LANES,
                rows.offsets(),
                taps,
                packed.weights(),
                block * taps * LANES,
                count,
                packed.bias(),
                block * LANES,
                activation,
                output.values(),
                (block * outputPixels + pixel) * LANES);
    }

    private void sum(int block, int position, int count) {
        int taps = packed.phase().taps();
        int[] runs = packed.runs();
        if (taps == 0) {
            Arrays.fill(sums, 0, count * LANES, 0f);
        }
        for (int run = 1; run < runs.length; run++) {
            channelwiseSums.sum(
                    rows.values(),
                    position,
                    x.sourceStride() * LANES,
                    rows.offsets(),
                    runs[run - 1],
                    runs[run],
                    packed.weights(),
                    block * taps * LANES,
                    count,
                    run == 1 ? MicroKernel.NOTHING : sums,
                    0,
                    sums,
                    0);
        }
    }
}
