package io.sparkconv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link BlockTransforms} in vectors: the steps of {@link WinogradTransform} in the same order. */
final class VectorBlockTransforms implements BlockTransforms {
    private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;
    private static final int LANES = SPECIES.length();

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
            neighbouringInputOfTwo(
                    source, position, rowStep, target, targetPosition, targetRowStep, targetColumnStep, count);
        } else if (y == x
                && y == WinogradTransform.OUTPUT_OF_TWO
                && next == 64
                && targetColumnStep == 64
                && targetNext == 128) {
            neighbouringOutputOfTwo(
                    source, position, rowStep, columnStep, target, targetPosition, targetRowStep, count);
        } else if (y == x && y == WinogradTransform.INPUT_OF_TWO) {
            planeInputOfTwo(
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
            planeOutputOfTwo(
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
            planeInputOfTwoTaps(
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
            planeOutputOfTwoTaps(
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
            line(x, source, position, columnStep, next, target, targetPosition, targetColumnStep, targetNext, count);
        } else if (x == WinogradTransform.ONE) {
            line(y, source, position, rowStep, next, target, targetPosition, targetRowStep, targetNext, count);
        } else {
            for (int block = 0; block < count; block++) {
                int width = x.outputs() * LANES;
                line(x, source, position + block * next, columnStep, rowStep, halfway, 0, LANES, width, y.inputs());
                line(
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

    /** Along one axis: {@code repeats} times, {@code next} apart. */
    private static void line(
            WinogradTransform transform,
            float[] source,
            int position,
            int step,
            int next,
            float[] target,
            int targetPosition,
            int targetStep,
            int targetNext,
            int repeats) {
        switch (transform) {
            case ONE -> copy(1, source, position, step, next, target, targetPosition, targetStep, targetNext, repeats);
            case PAIR -> copy(2, source, position, step, next, target, targetPosition, targetStep, targetNext, repeats);
            case INPUT_OF_TWO_TAPS ->
                inputOfTwoTaps(source, position, step, next, target, targetPosition, targetStep, targetNext, repeats);
            case OUTPUT_OF_TWO_TAPS ->
                outputOfTwoTaps(source, position, step, next, target, targetPosition, targetStep, targetNext, repeats);
            case INPUT_OF_TWO ->
                inputOfTwo(source, position, step, next, target, targetPosition, targetStep, targetNext, repeats);
            case OUTPUT_OF_TWO ->
                outputOfTwo(source, position, step, next, target, targetPosition, targetStep, targetNext, repeats);
            case INPUT_OF_FOUR ->
                inputOfFour(source, position, step, next, target, targetPosition, targetStep, targetNext, repeats);
            case OUTPUT_OF_FOUR ->
                outputOfFour(source, position, step, next, target, targetPosition, targetStep, targetNext, repeats);
        }
    }

    private static void copy(
            int values,
            float[] source,
            int position,
            int step,
            int next,
            float[] target,
            int targetPosition,
            int targetStep,
            int targetNext,
            int repeats) {
        for (int repeat = 0; repeat < repeats; repeat++) {
            for (int i = 0; i < values; i++) {
                FloatVector.fromArray(SPECIES, source, position + repeat * next + i * step)
                        .intoArray(target, targetPosition + repeat * targetNext + i * targetStep);
            }
        }
    }

    /** {@code Bᵀ} of F(2, 3) along both axes. */
    private static void planeInputOfTwo(
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
            int count) {
        planeInputOfTwoOuter(
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
        planeInputOfTwoInner(
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
    }

    /** Points 0 and infinity along x: all points in one method are more than the compiler keeps in registers on JDK 17. */
    private static void planeInputOfTwoOuter(
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
            int count) {
        for (int block = 0; block < count; block++) {
            int row0 = position + block * next;
            FloatVector v00 = FloatVector.fromArray(SPECIES, source, row0);
            FloatVector v01 = FloatVector.fromArray(SPECIES, source, row0 + columnStep);
            FloatVector v02 = FloatVector.fromArray(SPECIES, source, row0 + 2 * columnStep);
            FloatVector v03 = FloatVector.fromArray(SPECIES, source, row0 + 3 * columnStep);
            FloatVector h00 = v00.sub(v02);
            FloatVector h03 = v01.sub(v03);
            int row1 = position + block * next + rowStep;
            FloatVector v10 = FloatVector.fromArray(SPECIES, source, row1);
            FloatVector v11 = FloatVector.fromArray(SPECIES, source, row1 + columnStep);
            FloatVector v12 = FloatVector.fromArray(SPECIES, source, row1 + 2 * columnStep);
            FloatVector v13 = FloatVector.fromArray(SPECIES, source, row1 + 3 * columnStep);
            FloatVector h10 = v10.sub(v12);
            FloatVector h13 = v11.sub(v13);
            int row2 = position + block * next + 2 * rowStep;
            FloatVector v20 = FloatVector.fromArray(SPECIES, source, row2);
            FloatVector v21 = FloatVector.fromArray(SPECIES, source, row2 + columnStep);
            FloatVector v22 = FloatVector.fromArray(SPECIES, source, row2 + 2 * columnStep);
            FloatVector v23 = FloatVector.fromArray(SPECIES, source, row2 + 3 * columnStep);
            FloatVector h20 = v20.sub(v22);
            FloatVector h23 = v21.sub(v23);
            int row3 = position + block * next + 3 * rowStep;
            FloatVector v30 = FloatVector.fromArray(SPECIES, source, row3);
            FloatVector v31 = FloatVector.fromArray(SPECIES, source, row3 + columnStep);
            FloatVector v32 = FloatVector.fromArray(SPECIES, source, row3 + 2 * columnStep);
            FloatVector v33 = FloatVector.fromArray(SPECIES, source, row3 + 3 * columnStep);
            FloatVector h30 = v30.sub(v32);
            FloatVector h33 = v31.sub(v33);
            int column0 = targetPosition + block * targetNext;
            h00.sub(h20).intoArray(target, column0);
            h10.add(h20).intoArray(target, column0 + targetRowStep);
            h20.sub(h10).intoArray(target, column0 + 2 * targetRowStep);
            h10.sub(h30).intoArray(target, column0 + 3 * targetRowStep);
            int column3 = targetPosition + block * targetNext + 3 * targetColumnStep;
            h03.sub(h23).intoArray(target, column3);
            h13.add(h23).intoArray(target, column3 + targetRowStep);
            h23.sub(h13).intoArray(target, column3 + 2 * targetRowStep);
            h13.sub(h33).intoArray(target, column3 + 3 * targetRowStep);
        }
    }

    /** Points 1 and −1 along x. */
    private static void planeInputOfTwoInner(
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
            int count) {
        for (int block = 0; block < count; block++) {
            int row0 = position + block * next;
            FloatVector v01 = FloatVector.fromArray(SPECIES, source, row0 + columnStep);
            FloatVector v02 = FloatVector.fromArray(SPECIES, source, row0 + 2 * columnStep);
            FloatVector h01 = v01.add(v02);
            FloatVector h02 = v02.sub(v01);
            int row1 = position + block * next + rowStep;
            FloatVector v11 = FloatVector.fromArray(SPECIES, source, row1 + columnStep);
            FloatVector v12 = FloatVector.fromArray(SPECIES, source, row1 + 2 * columnStep);
            FloatVector h11 = v11.add(v12);
            FloatVector h12 = v12.sub(v11);
            int row2 = position + block * next + 2 * rowStep;
            FloatVector v21 = FloatVector.fromArray(SPECIES, source, row2 + columnStep);
            FloatVector v22 = FloatVector.fromArray(SPECIES, source, row2 + 2 * columnStep);
            FloatVector h21 = v21.add(v22);
            FloatVector h22 = v22.sub(v21);
            int row3 = position + block * next + 3 * rowStep;
            FloatVector v31 = FloatVector.fromArray(SPECIES, source, row3 + columnStep);
            FloatVector v32 = FloatVector.fromArray(SPECIES, source, row3 + 2 * columnStep);
            FloatVector h31 = v31.add(v32);
            FloatVector h32 = v32.sub(v31);
            int column1 = targetPosition + block * targetNext + targetColumnStep;
            h01.sub(h21).intoArray(target, column1);
            h11.add(h21).intoArray(target, column1 + targetRowStep);
            h21.sub(h11).intoArray(target, column1 + 2 * targetRowStep);
            h11.sub(h31).intoArray(target, column1 + 3 * targetRowStep);
            int column2 = targetPosition + block * targetNext + 2 * targetColumnStep;
            h02.sub(h22).intoArray(target, column2);
            h12.add(h22).intoArray(target, column2 + targetRowStep);
            h22.sub(h12).intoArray(target, column2 + 2 * targetRowStep);
            h12.sub(h32).intoArray(target, column2 + 3 * targetRowStep);
        }
    }

    /** {@code Aᵀ} of F(2, 3) along both axes. */
    private static void planeOutputOfTwo(
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
            int count) {
        for (int block = 0; block < count; block++) {
            int row0 = position + block * next;
            FloatVector v00 = FloatVector.fromArray(SPECIES, source, row0);
            FloatVector v01 = FloatVector.fromArray(SPECIES, source, row0 + columnStep);
            FloatVector v02 = FloatVector.fromArray(SPECIES, source, row0 + 2 * columnStep);
            FloatVector v03 = FloatVector.fromArray(SPECIES, source, row0 + 3 * columnStep);
            FloatVector h00 = v00.add(v01).add(v02);
            FloatVector h01 = v01.sub(v02).sub(v03);
            int row1 = position + block * next + rowStep;
            FloatVector v10 = FloatVector.fromArray(SPECIES, source, row1);
            FloatVector v11 = FloatVector.fromArray(SPECIES, source, row1 + columnStep);
            FloatVector v12 = FloatVector.fromArray(SPECIES, source, row1 + 2 * columnStep);
            FloatVector v13 = FloatVector.fromArray(SPECIES, source, row1 + 3 * columnStep);
            FloatVector h10 = v10.add(v11).add(v12);
            FloatVector h11 = v11.sub(v12).sub(v13);
            int row2 = position + block * next + 2 * rowStep;
            FloatVector v20 = FloatVector.fromArray(SPECIES, source, row2);
            FloatVector v21 = FloatVector.fromArray(SPECIES, source, row2 + columnStep);
            FloatVector v22 = FloatVector.fromArray(SPECIES, source, row2 + 2 * columnStep);
            FloatVector v23 = FloatVector.fromArray(SPECIES, source, row2 + 3 * columnStep);
            FloatVector h20 = v20.add(v21).add(v22);
            FloatVector h21 = v21.sub(v22).sub(v23);
            int row3 = position + block * next + 3 * rowStep;
            FloatVector v30 = FloatVector.fromArray(SPECIES, source, row3);
            FloatVector v31 = FloatVector.fromArray(SPECIES, source, row3 + columnStep);
            FloatVector v32 = FloatVector.fromArray(SPECIES, source, row3 + 2 * columnStep);
            FloatVector v33 = FloatVector.fromArray(SPECIES, source, row3 + 3 * columnStep);
            FloatVector h30 = v30.add(v31).add(v32);
            FloatVector h31 = v31.sub(v32).sub(v33);
            int column0 = targetPosition + block * targetNext;
            h00.add(h10).add(h20).intoArray(target, column0);
            h10.sub(h20).sub(h30).intoArray(target, column0 + targetRowStep);
            int column1 = targetPosition + block * targetNext + targetColumnStep;
            h01.add(h11).add(h21).intoArray(target, column1);
            h11.sub(h21).sub(h31).intoArray(target, column1 + targetRowStep);
        }
    }

    /** The same of blocks that stand side by side, 16 channels a pixel: constant distances need no bounds checks. */
    private static void neighbouringInputOfTwo(
            float[] source,
            int position,
            int rowStep,
            float[] target,
            int targetPosition,
            int targetRowStep,
            int targetColumnStep,
            int count) {
        neighbouringInputOfTwoOuter(
                source, position, rowStep, target, targetPosition, targetRowStep, targetColumnStep, count);
        neighbouringInputOfTwoInner(
                source, position, rowStep, target, targetPosition, targetRowStep, targetColumnStep, count);
    }

    /** Points 0 and infinity along x: all points in one method are more than the compiler keeps in registers on JDK 17. */
    private static void neighbouringInputOfTwoOuter(
            float[] source,
            int position,
            int rowStep,
            float[] target,
            int targetPosition,
            int targetRowStep,
            int targetColumnStep,
            int count) {
        for (int block = 0; block < count; block++) {
            int row0 = position + block * 32;
            FloatVector v00 = FloatVector.fromArray(SPECIES, source, row0);
            FloatVector v01 = FloatVector.fromArray(SPECIES, source, row0 + 16);
            FloatVector v02 = FloatVector.fromArray(SPECIES, source, row0 + 32);
            FloatVector v03 = FloatVector.fromArray(SPECIES, source, row0 + 48);
            FloatVector h00 = v00.sub(v02);
            FloatVector h03 = v01.sub(v03);
            int row1 = position + block * 32 + rowStep;
            FloatVector v10 = FloatVector.fromArray(SPECIES, source, row1);
            FloatVector v11 = FloatVector.fromArray(SPECIES, source, row1 + 16);
            FloatVector v12 = FloatVector.fromArray(SPECIES, source, row1 + 32);
            FloatVector v13 = FloatVector.fromArray(SPECIES, source, row1 + 48);
            FloatVector h10 = v10.sub(v12);
            FloatVector h13 = v11.sub(v13);
            int row2 = position + block * 32 + 2 * rowStep;
            FloatVector v20 = FloatVector.fromArray(SPECIES, source, row2);
            FloatVector v21 = FloatVector.fromArray(SPECIES, source, row2 + 16);
            FloatVector v22 = FloatVector.fromArray(SPECIES, source, row2 + 32);
            FloatVector v23 = FloatVector.fromArray(SPECIES, source, row2 + 48);
            FloatVector h20 = v20.sub(v22);
            FloatVector h23 = v21.sub(v23);
            int row3 = position + block * 32 + 3 * rowStep;
            FloatVector v30 = FloatVector.fromArray(SPECIES, source, row3);
            FloatVector v31 = FloatVector.fromArray(SPECIES, source, row3 + 16);
            FloatVector v32 = FloatVector.fromArray(SPECIES, source, row3 + 32);
            FloatVector v33 = FloatVector.fromArray(SPECIES, source, row3 + 48);
            FloatVector h30 = v30.sub(v32);
            FloatVector h33 = v31.sub(v33);
            int column0 = targetPosition + block * 16;
            h00.sub(h20).intoArray(target, column0);
            h10.add(h20).intoArray(target, column0 + targetRowStep);
            h20.sub(h10).intoArray(target, column0 + 2 * targetRowStep);
            h10.sub(h30).intoArray(target, column0 + 3 * targetRowStep);
            int column3 = targetPosition + block * 16 + 3 * targetColumnStep;
            h03.sub(h23).intoArray(target, column3);
            h13.add(h23).intoArray(target, column3 + targetRowStep);
            h23.sub(h13).intoArray(target, column3 + 2 * targetRowStep);
            h13.sub(h33).intoArray(target, column3 + 3 * targetRowStep);
        }
    }

    /** Points 1 and −1 along x. */
    private static void neighbouringInputOfTwoInner(
            float[] source,
            int position,
            int rowStep,
            float[] target,
            int targetPosition,
            int targetRowStep,
            int targetColumnStep,
            int count) {
        for (int block = 0; block < count; block++) {
            int row0 = position + block * 32;
            FloatVector v01 = FloatVector.fromArray(SPECIES, source, row0 + 16);
            FloatVector v02 = FloatVector.fromArray(SPECIES, source, row0 + 32);
            FloatVector h01 = v01.add(v02);
            FloatVector h02 = v02.sub(v01);
            int row1 = position + block * 32 + rowStep;
            FloatVector v11 = FloatVector.fromArray(SPECIES, source, row1 + 16);
            FloatVector v12 = FloatVector.fromArray(SPECIES, source, row1 + 32);
            FloatVector h11 = v11.add(v12);
            FloatVector h12 = v12.sub(v11);
            int row2 = position + block * 32 + 2 * rowStep;
            FloatVector v21 = FloatVector.fromArray(SPECIES, source, row2 + 16);
            FloatVector v22 = FloatVector.fromArray(SPECIES, source, row2 + 32);
            FloatVector h21 = v21.add(v22);
            FloatVector h22 = v22.sub(v21);
            int row3 = position + block * 32 + 3 * rowStep;
            FloatVector v31 = FloatVector.fromArray(SPECIES, source, row3 + 16);
            FloatVector v32 = FloatVector.fromArray(SPECIES, source, row3 + 32);
            FloatVector h31 = v31.add(v32);
            FloatVector h32 = v32.sub(v31);
            int column1 = targetPosition + block * 16 + targetColumnStep;
            h01.sub(h21).intoArray(target, column1);
            h11.add(h21).intoArray(target, column1 + targetRowStep);
            h21.sub(h11).intoArray(target, column1 + 2 * targetRowStep);
            h11.sub(h31).intoArray(target, column1 + 3 * targetRowStep);
            int column2 = targetPosition + block * 16 + 2 * targetColumnStep;
            h02.sub(h22).intoArray(target, column2);
            h12.add(h22).intoArray(target, column2 + targetRowStep);
            h22.sub(h12).intoArray(target, column2 + 2 * targetRowStep);
            h12.sub(h32).intoArray(target, column2 + 3 * targetRowStep);
        }
    }

    /** The same of blocks that stand side by side, 64 channels a pixel. */
    private static void neighbouringOutputOfTwo(
            float[] source,
            int position,
            int rowStep,
            int columnStep,
            float[] target,
            int targetPosition,
            int targetRowStep,
            int count) {
        for (int block = 0; block < count; block++) {
            int row0 = position + block * 64;
            FloatVector v00 = FloatVector.fromArray(SPECIES, source, row0);
            FloatVector v01 = FloatVector.fromArray(SPECIES, source, row0 + columnStep);
            FloatVector v02 = FloatVector.fromArray(SPECIES, source, row0 + 2 * columnStep);
            FloatVector v03 = FloatVector.fromArray(SPECIES, source, row0 + 3 * columnStep);
            FloatVector h00 = v00.add(v01).add(v02);
            FloatVector h01 = v01.sub(v02).sub(v03);
            int row1 = position + block * 64 + rowStep;
            FloatVector v10 = FloatVector.fromArray(SPECIES, source, row1);
            FloatVector v11 = FloatVector.fromArray(SPECIES, source, row1 + columnStep);
            FloatVector v12 = FloatVector.fromArray(SPECIES, source, row1 + 2 * columnStep);
            FloatVector v13 = FloatVector.fromArray(SPECIES, source, row1 + 3 * columnStep);
            FloatVector h10 = v10.add(v11).add(v12);
            FloatVector h11 = v11.sub(v12).sub(v13);
            int row2 = position + block * 64 + 2 * rowStep;
            FloatVector v20 = FloatVector.fromArray(SPECIES, source, row2);
            FloatVector v21 = FloatVector.fromArray(SPECIES, source, row2 + columnStep);
            FloatVector v22 = FloatVector.fromArray(SPECIES, source, row2 + 2 * columnStep);
            FloatVector v23 = FloatVector.fromArray(SPECIES, source, row2 + 3 * columnStep);
            FloatVector h20 = v20.add(v21).add(v22);
            FloatVector h21 = v21.sub(v22).sub(v23);
            int row3 = position + block * 64 + 3 * rowStep;
            FloatVector v30 = FloatVector.fromArray(SPECIES, source, row3);
            FloatVector v31 = FloatVector.fromArray(SPECIES, source, row3 + columnStep);
            FloatVector v32 = FloatVector.fromArray(SPECIES, source, row3 + 2 * columnStep);
            FloatVector v33 = FloatVector.fromArray(SPECIES, source, row3 + 3 * columnStep);
            FloatVector h30 = v30.add(v31).add(v32);
            FloatVector h31 = v31.sub(v32).sub(v33);
            int column0 = targetPosition + block * 128;
            h00.add(h10).add(h20).intoArray(target, column0);
            h10.sub(h20).sub(h30).intoArray(target, column0 + targetRowStep);
            int column1 = targetPosition + block * 128 + 64;
            h01.add(h11).add(h21).intoArray(target, column1);
            h11.sub(h21).sub(h31).intoArray(target, column1 + targetRowStep);
        }
    }

    /** {@code Bᵀ} of F(2, 2) along both axes. */
    private static void planeInputOfTwoTaps(
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
            int count) {
        for (int block = 0; block < count; block++) {
            int row0 = position + block * next;
            FloatVector v00 = FloatVector.fromArray(SPECIES, source, row0);
            FloatVector v01 = FloatVector.fromArray(SPECIES, source, row0 + columnStep);
            FloatVector v02 = FloatVector.fromArray(SPECIES, source, row0 + 2 * columnStep);
            FloatVector h00 = v00.sub(v01);
            FloatVector h01 = v01;
            FloatVector h02 = v01.sub(v02);
            int row1 = position + block * next + rowStep;
            FloatVector v10 = FloatVector.fromArray(SPECIES, source, row1);
            FloatVector v11 = FloatVector.fromArray(SPECIES, source, row1 + columnStep);
            FloatVector v12 = FloatVector.fromArray(SPECIES, source, row1 + 2 * columnStep);
            FloatVector h10 = v10.sub(v11);
            FloatVector h11 = v11;
            FloatVector h12 = v11.sub(v12);
            int row2 = position + block * next + 2 * rowStep;
            FloatVector v20 = FloatVector.fromArray(SPECIES, source, row2);
            FloatVector v21 = FloatVector.fromArray(SPECIES, source, row2 + columnStep);
            FloatVector v22 = FloatVector.fromArray(SPECIES, source, row2 + 2 * columnStep);
            FloatVector h20 = v20.sub(v21);
            FloatVector h21 = v21;
            FloatVector h22 = v21.sub(v22);
            int column0 = targetPosition + block * targetNext;
            h00.sub(h10).intoArray(target, column0);
            h10.intoArray(target, column0 + targetRowStep);
            h10.sub(h20).intoArray(target, column0 + 2 * targetRowStep);
            int column1 = targetPosition + block * targetNext + targetColumnStep;
            h01.sub(h11).intoArray(target, column1);
            h11.intoArray(target, column1 + targetRowStep);
            h11.sub(h21).intoArray(target, column1 + 2 * targetRowStep);
            int column2 = targetPosition + block * targetNext + 2 * targetColumnStep;
            h02.sub(h12).intoArray(target, column2);
            h12.intoArray(target, column2 + targetRowStep);
            h12.sub(h22).intoArray(target, column2 + 2 * targetRowStep);
        }
    }

    /** {@code Aᵀ} of F(2, 2) along both axes. */
    private static void planeOutputOfTwoTaps(
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
            int count) {
        for (int block = 0; block < count; block++) {
            int row0 = position + block * next;
            FloatVector v00 = FloatVector.fromArray(SPECIES, source, row0);
            FloatVector v01 = FloatVector.fromArray(SPECIES, source, row0 + columnStep);
            FloatVector v02 = FloatVector.fromArray(SPECIES, source, row0 + 2 * columnStep);
            FloatVector h00 = v00.add(v01);
            FloatVector h01 = v01.sub(v02);
            int row1 = position + block * next + rowStep;
            FloatVector v10 = FloatVector.fromArray(SPECIES, source, row1);
            FloatVector v11 = FloatVector.fromArray(SPECIES, source, row1 + columnStep);
            FloatVector v12 = FloatVector.fromArray(SPECIES, source, row1 + 2 * columnStep);
            FloatVector h10 = v10.add(v11);
            FloatVector h11 = v11.sub(v12);
            int row2 = position + block * next + 2 * rowStep;
            FloatVector v20 = FloatVector.fromArray(SPECIES, source, row2);
            FloatVector v21 = FloatVector.fromArray(SPECIES, source, row2 + columnStep);
            FloatVector v22 = FloatVector.fromArray(SPECIES, source, row2 + 2 * columnStep);
            FloatVector h20 = v20.add(v21);
            FloatVector h21 = v21.sub(v22);
            int column0 = targetPosition + block * targetNext;
            h00.add(h10).intoArray(target, column0);
            h10.sub(h20).intoArray(target, column0 + targetRowStep);
            int column1 = targetPosition + block * targetNext + targetColumnStep;
            h01.add(h11).intoArray(target, column1);
            h11.sub(h21).intoArray(target, column1 + targetRowStep);
        }
    }

    /** {@code Bᵀ} of F(2, 2). */
    private static void inputOfTwoTaps(
            float[] source,
            int position,
            int step,
            int next,
            float[] target,
            int targetPosition,
            int targetStep,
            int targetNext,
            int repeats) {
        for (int repeat = 0; repeat < repeats; repeat++) {
            int from = position + repeat * next;
            int to = targetPosition + repeat * targetNext;
            FloatVector v0 = FloatVector.fromArray(SPECIES, source, from);
            FloatVector v1 = FloatVector.fromArray(SPECIES, source, from + step);
            FloatVector v2 = FloatVector.fromArray(SPECIES, source, from + 2 * step);
            v0.sub(v1).intoArray(target, to);
            v1.intoArray(target, to + targetStep);
            v1.sub(v2).intoArray(target, to + 2 * targetStep);
        }
    }

    /** {@code Aᵀ} of F(2, 2). */
    private static void outputOfTwoTaps(
            float[] source,
            int position,
            int step,
            int next,
            float[] target,
            int targetPosition,
            int targetStep,
            int targetNext,
            int repeats) {
        for (int repeat = 0; repeat < repeats; repeat++) {
            int from = position + repeat * next;
            int to = targetPosition + repeat * targetNext;
            FloatVector v0 = FloatVector.fromArray(SPECIES, source, from);
            FloatVector v1 = FloatVector.fromArray(SPECIES, source, from + step);
            FloatVector v2 = FloatVector.fromArray(SPECIES, source, from + 2 * step);
            v0.add(v1).intoArray(target, to);
            v1.sub(v2).intoArray(target, to + targetStep);
        }
    }

    /** {@code Bᵀ} of F(2, 3). */
    private static void inputOfTwo(
            float[] source,
            int position,
            int step,
            int next,
            float[] target,
            int targetPosition,
            int targetStep,
            int targetNext,
            int repeats) {
        for (int repeat = 0; repeat < repeats; repeat++) {
            int from = position + repeat * next;
            int to = targetPosition + repeat * targetNext;
            FloatVector v0 = FloatVector.fromArray(SPECIES, source, from);
            FloatVector v1 = FloatVector.fromArray(SPECIES, source, from + step);
            FloatVector v2 = FloatVector.fromArray(SPECIES, source, from + 2 * step);
            FloatVector v3 = FloatVector.fromArray(SPECIES, source, from + 3 * step);
            FloatVector y0 = v0.sub(v2);
            FloatVector y1 = v1.add(v2);
            FloatVector y2 = v2.sub(v1);
            FloatVector y3 = v1.sub(v3);
            y0.intoArray(target, to);
            y1.intoArray(target, to + targetStep);
            y2.intoArray(target, to + 2 * targetStep);
            y3.intoArray(target, to + 3 * targetStep);
        }
    }

    /** {@code Aᵀ} of F(2, 3). */
    private static void outputOfTwo(
            float[] source,
            int position,
            int step,
            int next,
            float[] target,
            int targetPosition,
            int targetStep,
            int targetNext,
            int repeats) {
        for (int repeat = 0; repeat < repeats; repeat++) {
            int from = position + repeat * next;
            int to = targetPosition + repeat * targetNext;
            FloatVector v0 = FloatVector.fromArray(SPECIES, source, from);
            FloatVector v1 = FloatVector.fromArray(SPECIES, source, from + step);
            FloatVector v2 = FloatVector.fromArray(SPECIES, source, from + 2 * step);
            FloatVector v3 = FloatVector.fromArray(SPECIES, source, from + 3 * step);
            FloatVector y0 = v0.add(v1).add(v2);
            FloatVector y1 = v1.sub(v2).sub(v3);
            y0.intoArray(target, to);
            y1.intoArray(target, to + targetStep);
        }
    }

    /** {@code Bᵀ} of F(4, 3). */
    private static void inputOfFour(
            float[] source,
            int position,
            int step,
            int next,
            float[] target,
            int targetPosition,
            int targetStep,
            int targetNext,
            int repeats) {
        for (int repeat = 0; repeat < repeats; repeat++) {
            int from = position + repeat * next;
            int to = targetPosition + repeat * targetNext;
            FloatVector v0 = FloatVector.fromArray(SPECIES, source, from);
            FloatVector v1 = FloatVector.fromArray(SPECIES, source, from + step);
            FloatVector v2 = FloatVector.fromArray(SPECIES, source, from + 2 * step);
            FloatVector v3 = FloatVector.fromArray(SPECIES, source, from + 3 * step);
            FloatVector v4 = FloatVector.fromArray(SPECIES, source, from + 4 * step);
            FloatVector v5 = FloatVector.fromArray(SPECIES, source, from + 5 * step);
            FloatVector sum = v4.sub(v2.mul(4f));
            FloatVector difference = v3.sub(v1.mul(4f));
            FloatVector twiceSum = v4.sub(v2);
            FloatVector twiceDifference = v3.sub(v1).mul(2f);
            FloatVector y0 = twiceSum.add(v0.sub(v2).mul(4f));
            FloatVector y1 = sum.add(difference);
            FloatVector y2 = sum.sub(difference);
            FloatVector y3 = twiceSum.add(twiceDifference);
            FloatVector y4 = twiceSum.sub(twiceDifference);
            FloatVector y5 = v5.sub(v3).add(v1.sub(v3).mul(4f));
            y0.intoArray(target, to);
            y1.intoArray(target, to + targetStep);
            y2.intoArray(target, to + 2 * targetStep);
            y3.intoArray(target, to + 3 * targetStep);
            y4.intoArray(target, to + 4 * targetStep);
            y5.intoArray(target, to + 5 * targetStep);
        }
    }

    /** {@code Aᵀ} of F(4, 3). */
    private static void outputOfFour(
            float[] source,
            int position,
            int step,
            int next,
            float[] target,
            int targetPosition,
            int targetStep,
            int targetNext,
            int repeats) {
        for (int repeat = 0; repeat < repeats; repeat++) {
            int from = position + repeat * next;
            int to = targetPosition + repeat * targetNext;
            FloatVector v0 = FloatVector.fromArray(SPECIES, source, from);
            FloatVector v1 = FloatVector.fromArray(SPECIES, source, from + step);
            FloatVector v2 = FloatVector.fromArray(SPECIES, source, from + 2 * step);
            FloatVector v3 = FloatVector.fromArray(SPECIES, source, from + 3 * step);
            FloatVector v4 = FloatVector.fromArray(SPECIES, source, from + 4 * step);
            FloatVector v5 = FloatVector.fromArray(SPECIES, source, from + 5 * step);
            FloatVector sum = v1.add(v2);
            FloatVector difference = v1.sub(v2);
            FloatVector twiceSum = v3.add(v4);
            FloatVector twiceDifference = v3.sub(v4);
            FloatVector y0 = v0.add(sum).add(twiceSum);
            FloatVector y1 = difference.add(twiceDifference.mul(2f));
            FloatVector y2 = sum.add(twiceSum.mul(4f));
            FloatVector y3 = difference.add(twiceDifference.mul(8f)).add(v5);
            y0.intoArray(target, to);
            y1.intoArray(target, to + targetStep);
            y2.intoArray(target, to + 2 * targetStep);
            y3.intoArray(target, to + 3 * targetStep);
        }
    }
}
