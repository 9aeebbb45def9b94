package io.sparkconv.conv;

import io.sparkconv.conv.WinogradAxis.Piece;
import io.sparkconv.kernel.MicroKernel;
import java.util.ArrayList;
import java.util.List;

/**
 * One phase on all three axes with its weights transformed for minimal filtering (Winograd 1980; Lavin &amp; Gray 2016) along y
 * and x, in the order in which the micro-kernel reads them.
 *
 * @param z the phase along the depth, whose taps are pieces of their own
 * @param y the phase along the height
 * @param x the phase along the width
 * @param pieces the kernel in pieces, in the order of the sums
 * @param starts at which of all taps those of each point begin; one more than there are points. A tap is an input channel of a piece
 * @param runs of each point: boundaries of the runs of its taps, from 0
 * @param widths output channels of each block of a group, as in {@link PackedPhase}
 * @param weights {@code (group, block, tap, channel)}
 * @param bias {@code (group, block, channel)}
 */
record WinogradPhase(
        AxisPhase z,
        WinogradAxis y,
        WinogradAxis x,
        List<VolumePiece> pieces,
        int[] starts,
        int[][] runs,
        int[] widths,
        float[] weights,
        float[] bias) {
    /** Taps summed in one chain, half as many as of a direct sum: differences of inputs have larger products. */
    private static final int LONGEST_RUN = 96;

    /**
     * A piece of the kernel.
     *
     * @param shiftZ source coordinate along the depth from the output's origin
     * @param elementZ kernel element along the depth
     * @param y its share of the height
     * @param x its share of the width
     */
    record VolumePiece(int shiftZ, int elementZ, Piece y, Piece x) {
        /** Number of points. */
        int points() {
            return y.points().length * x.points().length;
        }

        /** Place of a point among the piece's; −1 where it has none. */
        int place(int pointY, int pointX) {
            int row = indexOf(y.points(), pointY);
            int column = indexOf(x.points(), pointX);
            return row < 0 || column < 0 ? -1 : row * x.points().length + column;
        }

        private static int indexOf(int[] points, int point) {
            for (int i = 0; i < points.length; i++) {
                if (points[i] == point) {
                    return i;
                }
            }
            return -1;
        }
    }

    static WinogradPhase of(
            ConvolutionGeometry geometry,
            AxisPhase z,
            WinogradAxis y,
            WinogradAxis x,
            WeightOrder order,
            float[] bias,
            MicroKernel kernel) {
        List<VolumePiece> pieces = new ArrayList<>();
        for (int tap = 0; tap < z.elements().length; tap++) {
            for (Piece pieceY : y.pieces()) {
                for (Piece pieceX : x.pieces()) {
                    pieces.add(new VolumePiece(z.shifts()[tap], z.elements()[tap], pieceY, pieceX));
                }
            }
        }
        int points = y.points() * x.points();
        int[] starts = new int[points + 1];
        int[][] runs = new int[points][];
        for (int point = 0; point < points; point++) {
            int taps = geometry.groupInputs()
                    * withPoint(pieces, point / x.points(), point % x.points()).size();
            starts[point + 1] = starts[point] + taps;
            runs[point] = PackedPhase.runs(taps, 1, LONGEST_RUN);
        }
        int[] widths = PackedPhase.widths(geometry.groupOutputs(), kernel);
        return new WinogradPhase(
                z,
                y,
                x,
                pieces,
                starts,
                runs,
                widths,
                weights(geometry, y, x, pieces, starts, widths, order),
                PackedPhase.bias(geometry, widths, bias));
    }

    private static List<VolumePiece> withPoint(List<VolumePiece> pieces, int pointY, int pointX) {
        return pieces.stream().filter(piece -> piece.place(pointY, pointX) >= 0).toList();
    }

    private static float[] weights(
            ConvolutionGeometry geometry,
            WinogradAxis y,
            WinogradAxis x,
            List<VolumePiece> pieces,
            int[] starts,
            int[] widths,
            WeightOrder order) {
        int taps = starts[starts.length - 1];
        int lanes = PackedPhase.lanes(widths);
        float[] packed = new float[Math.multiplyExact(Math.multiplyExact(geometry.groups(), lanes), taps)];
        for (int point = 0; point < y.points() * x.points(); point++) {
            int tap = starts[point];
            for (VolumePiece piece : withPoint(pieces, point / x.points(), point % x.points())) {
                int place = piece.place(point / x.points(), point % x.points());
                for (int input = 0; input < geometry.groupInputs(); input++) {
                    packTap(geometry, piece, place, input, order, packed, tap++, taps, widths);
                }
            }
        }
        return packed;
    }

    private static void packTap(
            ConvolutionGeometry geometry,
            VolumePiece piece,
            int place,
            int input,
            WeightOrder order,
            float[] packed,
            int tap,
            int taps,
            int[] widths) {
        int lanes = PackedPhase.lanes(widths);
        for (int group = 0; group < geometry.groups(); group++) {
            int first = group * lanes;
            int output = 0;
            for (int width : widths) {
                int end = Math.min(output + width, geometry.groupOutputs());
                for (int lane = 0; output < end; lane++) {
                    packed[first * taps + tap * width + lane] =
                            weight(geometry, piece, place, order, group, output, input);
                    output++;
                }
                first += width;
            }
        }
    }

    /** One weight at one point. */
    private static float weight(
            ConvolutionGeometry geometry,
            VolumePiece piece,
            int place,
            WeightOrder order,
            int group,
            int output,
            int input) {
        double[] factorsY = piece.y().factors()[place / piece.x().points().length];
        double[] factorsX = piece.x().factors()[place % piece.x().points().length];
        double sum = 0;
        for (int j = 0; j < factorsY.length; j++) {
            int row = (piece.elementZ() * geometry.y().kernel() + piece.y().elements()[j])
                    * geometry.x().kernel();
            for (int i = 0; i < factorsX.length; i++) {
                sum += factorsY[j]
                        * factorsX[i]
                        * order.value(group, output, input, row + piece.x().elements()[i]);
            }
        }
        return (float) sum;
    }

    int points() {
        return starts.length - 1;
    }

    /** Taps of all points together. */
    int taps() {
        return starts[starts.length - 1];
    }
}
