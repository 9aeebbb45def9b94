package io.sparkconv.conv;

import io.sparkconv.conv.WinogradAxis.Piece;
import io.sparkconv.conv.WinogradPhase.VolumePiece;
import io.sparkconv.kernel.BlockSums;
import io.sparkconv.kernel.BlockTransforms;
import io.sparkconv.kernel.MicroKernel;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;

/**
 * Computes one target region by {@link WinogradAlgorithm}: parts of rows of blocks, so many at a time that what is transformed
 * stays in a cache.
 */
final class WinogradRun {
    /** Values that are transformed at a time, inputs and outputs together: 512 KiB. */
    private static final int MOST_TRANSFORMED = 131_072;
    /** Fewer blocks would read the weights too often. */
    private static final int LEAST_BLOCKS = 32;

    private static final int LANES = Layout.BLOCKED.lanes();

    private final MicroKernel kernel;
    private final BlockSums blockSums;
    private final BlockTransforms transforms;
    private final ConvolutionGeometry geometry;
    private final WinogradPhase phase;
    private final WinogradAxis axisY;
    private final WinogradAxis axisX;
    private final Region target;
    private final WinogradSource source;
    private final OutputStore store;

    private final int inputBlocks;
    private final int width;
    private final int slots;
    private final int bandRows;
    private final int chunkColumns;
    private final int[] offsets; // (tap)
    private final int[] places; // (piece): first vector of each piece's transformed inputs, in slots
    private final float[] halfway;
    private final float[] transformed; // (piece, channel block, point, block, channel)
    private final float[] products; // (point, block, output channel)
    private final float[] sums; // (y, x, output channel)

    private int beginY; // number of the part's first output
    private int beginX;
    private int rows; // rows of blocks of the part
    private int columns;

    WinogradRun(
            MicroKernel kernel,
            ConvolutionGeometry geometry,
            WinogradPhase phase,
            Tile source,
            Region wanted,
            Tile output,
            Epilogue epilogue,
            Workspace workspace) {
        this.kernel = kernel;
        this.blockSums = kernel.blocks();
        this.transforms = kernel.transforms();
        this.geometry = geometry;
        this.phase = phase;
        this.axisY = phase.y();
        this.axisX = phase.x();
        this.target = output.region();
        this.store = new OutputStore(kernel, output, epilogue, phase.bias());
        this.inputBlocks = Layout.BLOCKED.planes(geometry.groupInputs());
        this.width = phase.widths()[0];
        this.places = new int[phase.pieces().size() + 1];
        for (int piece = 0; piece < places.length - 1; piece++) {
            places[piece + 1] =
                    places[piece] + inputBlocks * phase.pieces().get(piece).points();
        }
        int vectors = places[places.length - 1];
        int allRows = blocks(axisY, target.y());
        int allColumns = blocks(axisX, target.x());
        int most = Math.max(LEAST_BLOCKS, MOST_TRANSFORMED / (vectors * LANES + phase.points() * width));
        this.bandRows = share(allRows, Math.max(1, most / allColumns), axisY.distance());
        this.chunkColumns = share(allColumns, Math.max(1, most / bandRows), axisX.distance());
        // a kernel's block may reach beyond the last one
        this.slots = bandRows * chunkColumns + blockSums.pixels(1);
        this.offsets = workspace.integers(Scratch.OFFSETS, phase.taps());
        this.halfway = workspace.floats(Scratch.HALFWAY, 36 * LANES);
        this.transformed = workspace.floats(Scratch.TRANSFORMED, vectors * slots * LANES);
        this.products = workspace.floats(Scratch.PRODUCTS, phase.points() * slots * width);
        this.sums = workspace.floats(Scratch.SUMS, bandRows * axisY.outputs() * chunkColumns * axisX.outputs() * width);
        this.source = new WinogradSource(phase, source, wanted, workspace);
        findOffsets();
    }

    /** Rows or columns of blocks that hold a target; all of those that are nested in each other. */
    private static int blocks(WinogradAxis axis, Interval target) {
        int first = Math.floorDiv(firstIndex(axis, target), axis.span());
        int last = Math.floorDiv(lastIndex(axis, target), axis.span());
        return (last - first + 1) * axis.distance();
    }

    private static int firstIndex(WinogradAxis axis, Interval target) {
        return axis.index(axis.phase().firstAtOrAfter(target.begin()));
    }

    private static int lastIndex(WinogradAxis axis, Interval target) {
        return firstIndex(axis, target) + axis.phase().count(target) - 1;
    }

    /** Equal shares of at most so many, in whole nests. */
    private static int share(int all, int most, int nest) {
        int nests = all / nest;
        int mostNests = Math.max(1, most / nest);
        int parts = (nests + mostNests - 1) / mostNests;
        return (nests + parts - 1) / parts * nest;
    }

    /** Where each tap of each point stands among the transformed inputs. */
    private void findOffsets() {
        int tap = 0;
        for (int point = 0; point < phase.points(); point++) {
            for (int piece = 0; piece < phase.pieces().size(); piece++) {
                VolumePiece part = phase.pieces().get(piece);
                int place = part.place(point / axisX.points(), point % axisX.points());
                for (int input = 0; place >= 0 && input < geometry.groupInputs(); input++) {
                    int vector = places[piece] + input / LANES * part.points() + place;
                    offsets[tap++] = vector * slots * LANES + input % LANES;
                }
            }
        }
    }

    void compute() {
        int firstY = Math.floorDiv(firstIndex(axisY, target.y()), axisY.span()) * axisY.span();
        int firstX = Math.floorDiv(firstIndex(axisX, target.x()), axisX.span()) * axisX.span();
        int endY = firstY + blocks(axisY, target.y()) * axisY.outputs();
        int endX = firstX + blocks(axisX, target.x()) * axisX.outputs();
        for (int z = phase.z().firstAtOrAfter(target.z().begin());
                z < target.z().end();
                z += phase.z().outputStride()) {
            for (beginY = firstY; beginY < endY; beginY += bandRows * axisY.outputs()) {
                rows = Math.min(bandRows, (endY - beginY) / axisY.outputs());
                for (beginX = firstX; beginX < endX; beginX += chunkColumns * axisX.outputs()) {
                    columns = Math.min(chunkColumns, (endX - beginX) / axisX.outputs());
                    computePart(z);
                }
            }
        }
    }

    private void computePart(int z) {
        int lane = 0;
        for (int group = 0; group < geometry.groups(); group++) {
            source.locate(
                    group * geometry.groupInputs(),
                    geometry.groupInputs(),
                    z,
                    new Interval(beginY, beginY + rows * axisY.outputs()),
                    new Interval(beginX, beginX + columns * axisX.outputs()));
            transformInputs();
            int channel = group * geometry.groupOutputs();
            int end = channel + geometry.groupOutputs();
            for (int blockWidth : phase.widths()) {
                multiply(lane, blockWidth);
                transformProducts(blockWidth);
                store(z, channel, Math.min(blockWidth, end - channel), lane, blockWidth);
                channel += blockWidth;
                lane += blockWidth;
            }
        }
    }

    /** Number of the first output of a row of blocks of the part. */
    private static int first(WinogradAxis axis, int begin, int block) {
        return begin + block / axis.distance() * axis.span() + block % axis.distance();
    }

    private void transformInputs() {
        int count = columns / axisX.distance();
        for (int piece = 0; piece < phase.pieces().size(); piece++) {
            VolumePiece part = phase.pieces().get(piece);
            Piece y = part.y();
            Piece x = part.x();
            for (int block = 0; block < inputBlocks; block++) {
                int vector = places[piece] + block * part.points();
                for (int row = 0; row < rows; row++) {
                    int sourceY = axisY.source(first(axisY, beginY, row), y);
                    for (int nested = 0; nested < axisX.distance(); nested++) {
                        int sourceX = axisX.source(beginX + nested, x);
                        transforms.apply(
                                y.transform(),
                                x.transform(),
                                source.values(),
                                source.position(part, block, sourceY, sourceX),
                                axisY.sourceStep() * source.rowStep(),
                                axisX.sourceStep() * LANES,
                                axisX.span() * axisX.phase().sourceStride() * LANES,
                                transformed,
                                (vector * slots + row * columns + nested * count) * LANES,
                                x.points().length * slots * LANES,
                                slots * LANES,
                                LANES,
                                count,
                                LANES,
                                halfway);
                    }
                }
            }
        }
    }

    private void multiply(int lane, int blockWidth) {
        int vectors = blockWidth / kernel.lanes();
        int block = blockSums.pixels(vectors);
        int blocks = rows * columns;
        int weights = lane * phase.taps();
        for (int point = 0; point < phase.points(); point++) {
            int start = phase.starts()[point];
            int[] runs = phase.runs()[point];
            for (int run = 1; run < runs.length; run++) {
                for (int first = 0; first < blocks; first += block) {
                    int sum = (point * slots + first) * blockWidth;
                    blockSums.sum(
                            transformed,
                            first * LANES,
                            LANES,
                            offsets,
                            start + runs[run - 1],
                            start + runs[run],
                            phase.weights(),
                            weights,
                            vectors,
                            run == 1 ? MicroKernel.NOTHING : products,
                            run == 1 ? 0 : sum,
                            products,
                            sum);
                }
            }
        }
    }

    private void transformProducts(int blockWidth) {
        int count = columns / axisX.distance();
        int pitch = columns * axisX.outputs() * blockWidth;
        for (int row = 0; row < rows; row++) {
            int y = first(axisY, 0, row);
            for (int nested = 0; nested < axisX.distance(); nested++) {
                for (int lane = 0; lane < blockWidth; lane += LANES) {
                    transforms.apply(
                            axisY.inverse(),
                            axisX.inverse(),
                            products,
                            (row * columns + nested * count) * blockWidth + lane,
                            axisX.points() * slots * blockWidth,
                            slots * blockWidth,
                            blockWidth,
                            sums,
                            y * pitch + nested * blockWidth + lane,
                            axisY.distance() * pitch,
                            axisX.distance() * blockWidth,
                            axisX.span() * blockWidth,
                            count,
                            Math.min(LANES, blockWidth - lane),
                            halfway);
                }
            }
        }
    }

    private void store(int z, int channel, int channels, int lane, int blockWidth) {
        int pitch = columns * axisX.outputs();
        store.take(sums, blockWidth);
        int firstX = Math.max(beginX, firstIndex(axisX, target.x()));
        int endX = Math.min(beginX + pitch, lastIndex(axisX, target.x()) + 1);
        int firstY = Math.max(beginY, firstIndex(axisY, target.y()));
        int endY = Math.min(beginY + rows * axisY.outputs(), lastIndex(axisY, target.y()) + 1);
        for (int y = firstY; y < endY && firstX < endX; y++) {
            store.row(
                    (y - beginY) * pitch + firstX - beginX,
                    endX - firstX,
                    channel,
                    channels,
                    lane,
                    z,
                    axisY.output(y),
                    axisX.output(firstX),
                    axisX.phase().outputStride());
        }
    }
}
