package io.sparkconv.conv;

import io.sparkconv.kernel.MicroKernel;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.Arrays;

/**
 * Computes one target region by {@link WinogradAlgorithm}: bands of whole rows of blocks, whose transformed inputs fit in the
 * processor's second cache.
 */
final class WinogradRun {
    /** Transformed inputs of a band: 384 KiB. */
    private static final int MOST_TRANSFORMED = 98_304;
    /** Channels that are transformed at a time, so that what stands between both axes stays in the first cache. */
    private static final int CHANNELS_AT_A_TIME = 64;
    /** Channels stand in multiples of the most lanes of any species. */
    private static final int CHANNEL_STEP = 16;

    private final MicroKernel kernel;
    private final ConvolutionGeometry geometry;
    private final WinogradWeights weights;
    private final WinogradSize size;
    private final Tile source;
    private final Region readable;
    private final Region target;
    private final float[] output; // (channel, z, y, x) over the target

    private final int inputs;
    private final int taps;
    private final int channels;
    private final int firstX;
    private final int columns;
    private final int bandRows;
    private final int slots;
    private final int width;
    private final float[] pixels; // (y, x, input channel) of a band
    private final float[] halfway; // (point y or input row, point x, channel)
    private final float[] transformed; // (point, block, input channel)
    private final float[] products; // (point, block, output channel)
    private final float[] part; // (block, output channel) of one kernel call
    private final float[] rows; // (y, x, output channel) of a band
    private final float[] turned; // (output channel, y, x) of a band

    WinogradRun(
            MicroKernel kernel,
            ConvolutionGeometry geometry,
            WinogradWeights weights,
            Tile source,
            Region wanted,
            Region target,
            float[] output) {
        this.kernel = kernel;
        this.geometry = geometry;
        this.weights = weights;
        this.size = weights.size();
        this.source = source;
        this.readable = source.region().intersect(wanted);
        this.target = target;
        this.output = output;
        this.inputs = geometry.groupInputs();
        this.taps = WinogradWeights.taps(geometry);
        this.channels = (inputs + CHANNEL_STEP - 1) / CHANNEL_STEP * CHANNEL_STEP;
        int m = size.outputs();
        int points = size.points() * size.points();
        this.firstX = Math.floorDiv(target.x().begin(), m);
        this.columns = Math.floorDiv(target.x().end() - 1, m) - firstX + 1;
        int allRows = Math.floorDiv(target.y().end() - 1, m)
                - Math.floorDiv(target.y().begin(), m)
                + 1;
        this.width = weights.widths()[0];
        int most = Math.max(kernel.densePixels(1), kernel.densePixels(kernel.vectors()));
        this.bandRows = bandRows(allRows, points);
        this.slots = bandRows * columns + most;
        int bandWidth = m * columns + 2;
        this.pixels = new float[(m * bandRows + 2) * bandWidth * channels];
        this.halfway = new float[points * Math.max(CHANNELS_AT_A_TIME, width)];
        this.transformed = new float[points * slots * channels];
        this.products = new float[points * slots * width];
        this.part = new float[most * width];
        this.rows = new float[m * bandRows * m * columns * width];
        this.turned = new float[rows.length];
    }

    /** As many rows of blocks as fit; of the greater half of such numbers the one that leaves least of a kernel's blocks empty. */
    private int bandRows(int allRows, int points) {
        int most = Math.max(1, Math.min(allRows, MOST_TRANSFORMED / (points * channels * columns)));
        int block = kernel.densePixels(kernel.vectors());
        int best = most;
        double bestWaste = Double.MAX_VALUE;
        for (int candidate = most; candidate > most / 2; candidate--) {
            int blocks = candidate * columns;
            double waste = (double) ((blocks + block - 1) / block * block) / blocks;
            if (waste < bestWaste - 0.01) {
                best = candidate;
                bestWaste = waste;
            }
        }
        return best;
    }

    void compute() {
        int m = size.outputs();
        int endY = Math.floorDiv(target.y().end() - 1, m) + 1;
        for (int z = target.z().begin(); z < target.z().end(); z++) {
            int plane = z - geometry.z().before() - source.region().z().begin();
            for (int y = Math.floorDiv(target.y().begin(), m); y < endY; y += bandRows) {
                int count = Math.min(bandRows, endY - y);
                int lane = 0;
                int values = 0;
                for (int group = 0; group < geometry.groups(); group++) {
                    collect(group, plane, y, count);
                    transformInputs(count);
                    int channel = group * geometry.groupOutputs();
                    int end = channel + geometry.groupOutputs();
                    for (int blockWidth : weights.widths()) {
                        multiply(count * columns, values, blockWidth);
                        transformProducts(count, blockWidth);
                        store(z, y, count, channel, Math.min(blockWidth, end - channel), lane, blockWidth);
                        channel += blockWidth;
                        lane += blockWidth;
                        values += blockWidth * size.points() * size.points() * taps;
                    }
                }
            }
        }
    }

    /** Copies the pixels that a band reads, channels side by side; zeros where the source has none. */
    private void collect(int group, int depth, int firstRow, int count) {
        Region region = source.region();
        int m = size.outputs();
        int bandWidth = m * columns + 2;
        int sourceWidth = region.x().extent();
        int firstColumn = firstX * m - geometry.x().before();
        int begin = Math.max(firstColumn, readable.x().begin());
        int end = Math.min(firstColumn + bandWidth, readable.x().end());
        int plane = region.z().extent() * region.y().extent() * sourceWidth;
        for (int row = 0; row < m * count + 2; row++) {
            int y = firstRow * m - geometry.y().before() + row;
            boolean isThere = readable.y().begin() <= y && y < readable.y().end() && begin < end;
            int to = row * bandWidth * channels;
            if (!isThere || end - begin < bandWidth) {
                Arrays.fill(pixels, to, to + bandWidth * channels, 0f);
            }
            if (isThere) {
                int from = group * inputs * plane
                        + (depth * region.y().extent() + y - region.y().begin()) * sourceWidth
                        + begin
                        - region.x().begin();
                kernel.transpose(
                        source.values(),
                        from,
                        plane,
                        inputs,
                        end - begin,
                        pixels,
                        to + (begin - firstColumn) * channels,
                        channels);
            }
        }
    }

    private void transformInputs(int count) {
        int m = size.outputs();
        int points = size.points();
        int row = (m * columns + 2) * channels;
        for (int y = 0; y < count; y++) {
            for (int x = 0; x < columns; x++) {
                for (int first = 0; first < channels; first += CHANNELS_AT_A_TIME) {
                    int some = Math.min(CHANNELS_AT_A_TIME, channels - first);
                    int from = y * m * row + x * m * channels + first;
                    kernel.transform(
                            size.input(), pixels, from, channels, row, halfway, 0, some, points * some, some, points);
                    int to = (y * columns + x) * channels + first;
                    int point = slots * channels;
                    kernel.transform(
                            size.input(),
                            halfway,
                            0,
                            points * some,
                            some,
                            transformed,
                            to,
                            points * point,
                            point,
                            some,
                            points);
                }
            }
        }
    }

    private void multiply(int blocks, int values, int blockWidth) {
        int vectors = blockWidth / kernel.lanes();
        int block = kernel.densePixels(vectors);
        int[] runs = weights.runs();
        float[] packed = weights.values();
        for (int point = 0; point < size.points() * size.points(); point++) {
            int from = point * slots * channels;
            int to = point * slots * blockWidth;
            int weight = values + point * blockWidth * taps;
            for (int run = 1; run < runs.length; run++) {
                for (int first = 0; first < blocks; first += block) {
                    int position = from + first * channels;
                    int sum = to + first * blockWidth;
                    if (run == 1) {
                        kernel.denseBlock(
                                transformed, position, channels, 0, runs[1], packed, weight, vectors, products, sum);
                    } else {
                        kernel.denseBlock(
                                transformed,
                                position,
                                channels,
                                runs[run - 1],
                                runs[run],
                                packed,
                                weight,
                                vectors,
                                part,
                                0);
                        kernel.add(products, sum, part, block * blockWidth);
                    }
                }
            }
        }
    }

    private void transformProducts(int count, int blockWidth) {
        int m = size.outputs();
        int points = size.points();
        int point = slots * blockWidth;
        int row = m * columns * blockWidth;
        for (int y = 0; y < count; y++) {
            for (int x = 0; x < columns; x++) {
                int from = (y * columns + x) * blockWidth;
                kernel.transform(
                        size.output(),
                        products,
                        from,
                        point,
                        points * point,
                        halfway,
                        0,
                        blockWidth,
                        m * blockWidth,
                        blockWidth,
                        points);
                kernel.transform(
                        size.output(),
                        halfway,
                        0,
                        m * blockWidth,
                        blockWidth,
                        rows,
                        y * m * row + x * m * blockWidth,
                        row,
                        blockWidth,
                        blockWidth,
                        m);
            }
        }
    }

    private void store(int z, int firstRow, int count, int channel, int some, int lane, int blockWidth) {
        int m = size.outputs();
        int height = target.y().extent();
        int targetWidth = target.x().extent();
        int outputChannel = target.z().extent() * height * targetWidth;
        int skipped = target.x().begin() - firstX * m;
        int rowWidth = m * columns;
        int all = m * count * rowWidth;
        kernel.transpose(rows, 0, blockWidth, all, blockWidth, turned, 0, all);
        for (int row = 0; row < m * count; row++) {
            int y = firstRow * m + row - target.y().begin();
            if (y < 0 || y >= height) {
                continue;
            }
            int position = channel * outputChannel + ((z - target.z().begin()) * height + y) * targetWidth;
            for (int index = 0; index < some; index++) {
                kernel.storeRow(
                        turned,
                        index * all + row * rowWidth + skipped,
                        targetWidth,
                        weights.bias(),
                        lane + index,
                        output,
                        position + index * outputChannel,
                        1);
            }
        }
    }
}
