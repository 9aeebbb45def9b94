package io.sparkconv.kernel;

/** {@link BlockTransforms} in vectors: the steps of {@link WinogradTransform} in the same order. */
final class VectorBlockTransforms implements BlockTransforms {
    private static final int LANES = ChosenSpecies.FLOATS.length();

    @Override
    public void apply(
            WinogradTransform y,
            WinogradTransform x,
            float[] source,
            int position,
            int rowStep,
            int columnStep,
            int next,
            float[] target,
            int targetPosition,
            int targetRowStep,
            int targetColumnStep,
            int targetNext,
            int count,
            int channels,
            float[] halfway) {
        for (int lane = 0; lane < channels; lane += LANES) {
            applyToVector(
                    y,
                    x,
                    source,
                    position + lane,
                    rowStep,
                    columnStep,
                    next,
                    target,
                    targetPosition + lane,
                    targetRowStep,
                    targetColumnStep,
                    targetNext,
                    count,
                    halfway);
        }
    }

    /** One vector of channels: the usual pairs in registers, the others through the scratch. */
    private static void applyToVector(
            WinogradTransform y,
            WinogradTransform x,
            float[] source,
            int position,
            int rowStep,
            int columnStep,
            int next,
            float[] target,
            int targetPosition,
            int targetRowStep,
            int targetColumnStep,
            int targetNext,
            int count,
            float[] halfway) {
        if (y == x && y == WinogradTransform.INPUT_OF_TWO && columnStep == 16 && next == 32 && targetNext == 16) {
            NeighbourTransforms.inputOfTwo(
                    source, position, rowStep, target, targetPosition, targetRowStep, targetColumnStep, count);
        } else if (y == x
                && y == WinogradTransform.OUTPUT_OF_TWO
                && next == 64
                && targetColumnStep == 64
                && targetNext == 128) {
            NeighbourTransforms.outputOfTwo(
                    source, position, rowStep, columnStep, target, targetPosition, targetRowStep, count);
        } else if (y == x && y == WinogradTransform.INPUT_OF_TWO) {
            PlaneTransforms.inputOfTwo(
                    source,
                    position,
                    rowStep,
                    columnStep,
                    next,
                    target,
                    targetPosition,
                    targetRowStep,
                    targetColumnStep,
                    targetNext,
                    count);
        } else if (y == x && y == WinogradTransform.OUTPUT_OF_TWO) {
            PlaneTransforms.outputOfTwo(
                    source,
                    position,
                    rowStep,
                    columnStep,
                    next,
                    target,
                    targetPosition,
                    targetRowStep,
                    targetColumnStep,
                    targetNext,
                    count);
        } else if (y == x && y == WinogradTransform.INPUT_OF_TWO_TAPS) {
            PlaneTransforms.inputOfTwoTaps(
                    source,
                    position,
                    rowStep,
                    columnStep,
                    next,
                    target,
                    targetPosition,
                    targetRowStep,
                    targetColumnStep,
                    targetNext,
                    count);
        } else if (y == x && y == WinogradTransform.OUTPUT_OF_TWO_TAPS) {
            PlaneTransforms.outputOfTwoTaps(
                    source,
                    position,
                    rowStep,
                    columnStep,
                    next,
                    target,
                    targetPosition,
                    targetRowStep,
                    targetColumnStep,
                    targetNext,
                    count);
        } else if (y == WinogradTransform.ONE) {
            LineTransforms.line(
                    x, source, position, columnStep, next, target, targetPosition, targetColumnStep, targetNext, count);
        } else if (x == WinogradTransform.ONE) {
            LineTransforms.line(
                    y, source, position, rowStep, next, target, targetPosition, targetRowStep, targetNext, count);
        } else {
            for (int block = 0; block < count; block++) {
                int width = x.outputs() * LANES;
                LineTransforms.line(
                        x, source, position + block * next, columnStep, rowStep, halfway, 0, LANES, width, y.inputs());
                LineTransforms.line(
                        y,
                        halfway,
                        0,
                        width,
                        LANES,
                        target,
                        targetPosition + block * targetNext,
                        targetRowStep,
                        targetColumnStep,
                        x.outputs());
            }
        }
    }
}
