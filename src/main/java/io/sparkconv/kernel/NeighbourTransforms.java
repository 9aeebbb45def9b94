package io.sparkconv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link PlaneTransforms} of blocks that stand side by side: constant distances need no bounds checks. */
final class NeighbourTransforms {
    private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;

    private NeighbourTransforms() {}

    /** The same of blocks that stand side by side, 16 channels a pixel: constant distances need no bounds checks. */
    static void inputOfTwo(
            float[] source,
            int position,
            int rowStep,
            float[] target,
            int targetPosition,
            int targetRowStep,
            int targetColumnStep,
            int count) {
        inputOfTwoOuter(source, position, rowStep, target, targetPosition, targetRowStep, targetColumnStep, count);
        inputOfTwoInner(source, position, rowStep, target, targetPosition, targetRowStep, targetColumnStep, count);
    }

    /** Points 0 and infinity along x: all points in one method are more than the compiler keeps in registers on JDK 17. */
    private static void inputOfTwoOuter(
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
    private static void inputOfTwoInner(
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
    static void outputOfTwo(
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
}
