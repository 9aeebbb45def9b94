package io.sparkconv.conv;

import io.sparkconv.kernel.WinogradTransform;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One axis of a phase divided for minimal filtering. Outputs that lie {@link #distance} apart, two or four of them, are a block:
 * their sources lie {@link #sourceStep} apart. Taps whose sources lie as far apart are a chain; a chain is cut into pieces of up to
 * three taps, each of which F(2, 3), F(2, 2) or, for one tap, plain multiplication computes for a block. All pieces have the same
 * points of F(2, 3), so that their products are added up before one inverse transform.
 *
 * <p>So a kernel of 5 taps at stride 1 takes 7 products for two outputs in place of 10, one of 3 taps at stride 2 takes 5 in place
 * of 6. With strides, dilation and transposed convolution it is the same: only the distances differ.
 *
 * @param phase the axis
 * @param outputs outputs of a block: 1, 2 or 4
 * @param distance distance of a block's outputs, in outputs of the phase
 * @param sourceStep distance of their sources
 * @param pieces the kernel's taps, each in one piece
 * @param points number of points, over all pieces
 * @param inverse from the points to a block's outputs
 */
record WinogradAxis(
        AxisPhase phase,
        int outputs,
        int distance,
        int sourceStep,
        List<Piece> pieces,
        int points,
        WinogradTransform inverse) {

    /** Weights of the taps at the points of F(2, 3), which are 0, 1, −1 and infinity. */
    private static final double[][] THREE_TAPS = {{1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}};

    private static final double[][] TWO_TAPS = {{1, 0}, {1, 1}, {0, 1}};
    private static final double[][] ONE_TAP_OF_PAIR = {{1}, {-1}};
    private static final double[][] ONE_TAP = {{1}};
    /** Those of F(4, 3), which are 0, 1, −1, 2, −2 and infinity. */
    private static final double[][] THREE_TAPS_OF_FOUR = {
        {1 / 4.0, 0, 0},
        {-1 / 6.0, -1 / 6.0, -1 / 6.0},
        {-1 / 6.0, 1 / 6.0, -1 / 6.0},
        {1 / 24.0, 1 / 12.0, 1 / 6.0},
        {1 / 24.0, -1 / 12.0, 1 / 6.0},
        {0, 0, 1}
    };

    /**
     * Up to three taps.
     *
     * @param shift source coordinate of the first tap from the output's origin
     * @param elements kernel elements of the taps
     * @param transform of the piece's inputs
     * @param points which points of the axis the transform gives
     * @param factors weights of the taps at each of these points
     */
    record Piece(int shift, int[] elements, WinogradTransform transform, int[] points, double[][] factors) {}

    /** Blocks of two outputs, or of one where no two taps are a chain. */
    static WinogradAxis ofTwo(AxisPhase phase) {
        int[] order = order(phase);
        int spacing = spacing(phase, order);
        int divisor = greatestDivisor(phase.sourceStride(), spacing);
        int distance = spacing / divisor;
        int chains = phase.sourceStride() / divisor;
        if (order.length <= chains) {
            return ofOne(phase);
        }
        List<List<Integer>> parts = new ArrayList<>();
        for (int chain = 0; chain < chains; chain++) {
            List<Integer> part = new ArrayList<>();
            for (int tap = chain; tap < order.length; tap += chains) {
                part.add(order[tap]);
                if (part.size() == 3) {
                    parts.add(part);
                    part = new ArrayList<>();
                }
            }
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        boolean hasThree = parts.stream().anyMatch(part -> part.size() == 3);
        int last = hasThree ? 3 : 2;
        List<Piece> pieces = parts.stream()
                .map(part -> switch (part.size()) {
                    case 3 -> piece(phase, part, WinogradTransform.INPUT_OF_TWO, new int[] {0, 1, 2, 3}, THREE_TAPS);
                    case 2 -> piece(phase, part, WinogradTransform.INPUT_OF_TWO_TAPS, new int[] {0, 1, last}, TWO_TAPS);
                    default -> piece(phase, part, WinogradTransform.PAIR, new int[] {0, last}, ONE_TAP_OF_PAIR);
                })
                .toList();
        return new WinogradAxis(
                phase,
                2,
                distance,
                distance * phase.sourceStride(),
                pieces,
                last + 1,
                hasThree ? WinogradTransform.OUTPUT_OF_TWO : WinogradTransform.OUTPUT_OF_TWO_TAPS);
    }

    /** Blocks of one output: no fewer products. */
    private static WinogradAxis ofOne(AxisPhase phase) {
        List<Piece> pieces = IntStream.of(order(phase))
                .mapToObj(tap -> piece(phase, List.of(tap), WinogradTransform.ONE, new int[] {0}, ONE_TAP))
                .toList();
        return new WinogradAxis(phase, 1, 1, phase.sourceStride(), pieces, 1, WinogradTransform.ONE);
    }

    /** Blocks of four outputs, for three taps at stride 1 and dilation 1. */
    static WinogradAxis ofFour(AxisPhase phase) {
        Piece piece = piece(
                phase,
                List.of(0, 1, 2),
                WinogradTransform.INPUT_OF_FOUR,
                IntStream.range(0, 6).toArray(),
                THREE_TAPS_OF_FOUR);
        return new WinogradAxis(phase, 4, 1, 1, List.of(piece), 6, WinogradTransform.OUTPUT_OF_FOUR);
    }

    private static Piece piece(
            AxisPhase phase, List<Integer> taps, WinogradTransform transform, int[] points, double[][] factors) {
        int[] elements = taps.stream().mapToInt(tap -> phase.elements()[tap]).toArray();
        return new Piece(phase.shifts()[taps.get(0)], elements, transform, points, factors);
    }

    /** Numbers of the taps in the order of their sources. */
    private static int[] order(AxisPhase phase) {
        return IntStream.range(0, phase.shifts().length)
                .boxed()
                .sorted(Comparator.comparing(tap -> phase.shifts()[tap]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Distance of neighbouring taps' sources, which is the same for all. */
    private static int spacing(AxisPhase phase, int[] order) {
        return order.length < 2 ? 1 : phase.shifts()[order[1]] - phase.shifts()[order[0]];
    }

    private static int greatestDivisor(int a, int b) {
        return b == 0 ? a : greatestDivisor(b, a % b);
    }

    /** Products for one output and a pair of channels. */
    double productsPerOutput() {
        return pieces.stream().mapToInt(piece -> piece.points().length).sum() / (double) outputs;
    }

    /** Number of an output of the phase: how many of the phase's outputs stand before it. */
    int index(int output) {
        return Math.floorDiv(output - phase.residue(), phase.outputStride());
    }

    /** The output of a number. */
    int output(int index) {
        return phase.residue() + index * phase.outputStride();
    }

    /** Source coordinate of a piece's first input for the block that begins at an output's number. */
    int source(int index, Piece piece) {
        return phase.sourceOrigin() + index * phase.sourceStride() + piece.shift();
    }

    /** Outputs that whole blocks cover together: blocks of neighbouring outputs are nested in each other. */
    int span() {
        return outputs * distance;
    }
}
