package io.sparkconv.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes squares of as many rows and columns as a vector has lanes: for each distance 1, 2, 4 … rows that lie so far apart
 * exchange the halves of their squares.
 */
final class VectorTransposition {
    private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;
    private static final int LANES = SPECIES.length();
    private static final VectorShuffle<Float> UP_1 = VectorShuffle.fromOp(SPECIES, lane -> lane - 1 & LANES - 1);
    private static final VectorShuffle<Float> DOWN_1 = VectorShuffle.fromOp(SPECIES, lane -> lane + 1 & LANES - 1);
    private static final VectorMask<Float> ODD_1 = lanesWith(1);
    private static final VectorShuffle<Float> UP_2 = VectorShuffle.fromOp(SPECIES, lane -> lane - 2 & LANES - 1);
    private static final VectorShuffle<Float> DOWN_2 = VectorShuffle.fromOp(SPECIES, lane -> lane + 2 & LANES - 1);
    private static final VectorMask<Float> ODD_2 = lanesWith(2);
    private static final VectorShuffle<Float> UP_4 = VectorShuffle.fromOp(SPECIES, lane -> lane - 4 & LANES - 1);
    private static final VectorShuffle<Float> DOWN_4 = VectorShuffle.fromOp(SPECIES, lane -> lane + 4 & LANES - 1);
    private static final VectorMask<Float> ODD_4 = lanesWith(4);
    private static final VectorShuffle<Float> UP_8 = VectorShuffle.fromOp(SPECIES, lane -> lane - 8 & LANES - 1);
    private static final VectorShuffle<Float> DOWN_8 = VectorShuffle.fromOp(SPECIES, lane -> lane + 8 & LANES - 1);
    private static final VectorMask<Float> ODD_8 = lanesWith(8);

    private VectorTransposition() {}

    /** The lanes whose number has a bit. */
    private static VectorMask<Float> lanesWith(int bit) {
        boolean[] lanes = new boolean[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            lanes[lane] = (lane & bit) != 0;
        }
        return VectorMask.fromArray(SPECIES, lanes, 0);
    }

    /** {@code target[targetPosition + column · targetStep + row] = source[position + row · step + column]}. */
    static void square(float[] source, int position, int step, float[] target, int targetPosition, int targetStep) {
        if (LANES == 16) {
            sixteenFar(source, position, step, target, targetPosition, targetStep);
            sixteenNear(target, targetPosition, targetStep, target, targetPosition, targetStep);
        } else if (LANES == 8) {
            eight(source, position, step, target, targetPosition, targetStep);
        } else {
            four(source, position, step, target, targetPosition, targetStep);
        }
    }

    /** Four rows. */
    private static void four(
            float[] source, int position, int step, float[] target, int targetPosition, int targetStep) {
        FloatVector a = FloatVector.fromArray(SPECIES, source, position);
        FloatVector b = FloatVector.fromArray(SPECIES, source, position + step);
        FloatVector c = FloatVector.fromArray(SPECIES, source, position + 2 * step);
        FloatVector d = FloatVector.fromArray(SPECIES, source, position + 3 * step);
        FloatVector a2 = a.blend(c.rearrange(UP_2), ODD_2);
        FloatVector c2 = a.rearrange(DOWN_2).blend(c, ODD_2);
        FloatVector b2 = b.blend(d.rearrange(UP_2), ODD_2);
        FloatVector d2 = b.rearrange(DOWN_2).blend(d, ODD_2);
        FloatVector a1 = a2.blend(b2.rearrange(UP_1), ODD_1);
        FloatVector b1 = a2.rearrange(DOWN_1).blend(b2, ODD_1);
        FloatVector c1 = c2.blend(d2.rearrange(UP_1), ODD_1);
        FloatVector d1 = c2.rearrange(DOWN_1).blend(d2, ODD_1);
        a1.intoArray(target, targetPosition);
        b1.intoArray(target, targetPosition + targetStep);
        c1.intoArray(target, targetPosition + 2 * targetStep);
        d1.intoArray(target, targetPosition + 3 * targetStep);
    }

    /** Eight rows. */
    private static void eight(
            float[] source, int position, int step, float[] target, int targetPosition, int targetStep) {
        FloatVector a = FloatVector.fromArray(SPECIES, source, position);
        FloatVector b = FloatVector.fromArray(SPECIES, source, position + step);
        FloatVector c = FloatVector.fromArray(SPECIES, source, position + 2 * step);
        FloatVector d = FloatVector.fromArray(SPECIES, source, position + 3 * step);
        FloatVector e = FloatVector.fromArray(SPECIES, source, position + 4 * step);
        FloatVector f = FloatVector.fromArray(SPECIES, source, position + 5 * step);
        FloatVector g = FloatVector.fromArray(SPECIES, source, position + 6 * step);
        FloatVector h = FloatVector.fromArray(SPECIES, source, position + 7 * step);
        FloatVector a4 = a.blend(e.rearrange(UP_4), ODD_4);
        FloatVector e4 = a.rearrange(DOWN_4).blend(e, ODD_4);
        FloatVector b4 = b.blend(f.rearrange(UP_4), ODD_4);
        FloatVector f4 = b.rearrange(DOWN_4).blend(f, ODD_4);
        FloatVector c4 = c.blend(g.rearrange(UP_4), ODD_4);
        FloatVector g4 = c.rearrange(DOWN_4).blend(g, ODD_4);
        FloatVector d4 = d.blend(h.rearrange(UP_4), ODD_4);
        FloatVector h4 = d.rearrange(DOWN_4).blend(h, ODD_4);
        FloatVector a2 = a4.blend(c4.rearrange(UP_2), ODD_2);
        FloatVector c2 = a4.rearrange(DOWN_2).blend(c4, ODD_2);
        FloatVector b2 = b4.blend(d4.rearrange(UP_2), ODD_2);
        FloatVector d2 = b4.rearrange(DOWN_2).blend(d4, ODD_2);
        FloatVector e2 = e4.blend(g4.rearrange(UP_2), ODD_2);
        FloatVector g2 = e4.rearrange(DOWN_2).blend(g4, ODD_2);
        FloatVector f2 = f4.blend(h4.rearrange(UP_2), ODD_2);
        FloatVector h2 = f4.rearrange(DOWN_2).blend(h4, ODD_2);
        FloatVector a1 = a2.blend(b2.rearrange(UP_1), ODD_1);
        FloatVector b1 = a2.rearrange(DOWN_1).blend(b2, ODD_1);
        FloatVector c1 = c2.blend(d2.rearrange(UP_1), ODD_1);
        FloatVector d1 = c2.rearrange(DOWN_1).blend(d2, ODD_1);
        FloatVector e1 = e2.blend(f2.rearrange(UP_1), ODD_1);
        FloatVector f1 = e2.rearrange(DOWN_1).blend(f2, ODD_1);
        FloatVector g1 = g2.blend(h2.rearrange(UP_1), ODD_1);
        FloatVector h1 = g2.rearrange(DOWN_1).blend(h2, ODD_1);
        a1.intoArray(target, targetPosition);
        b1.intoArray(target, targetPosition + targetStep);
        c1.intoArray(target, targetPosition + 2 * targetStep);
        d1.intoArray(target, targetPosition + 3 * targetStep);
        e1.intoArray(target, targetPosition + 4 * targetStep);
        f1.intoArray(target, targetPosition + 5 * targetStep);
        g1.intoArray(target, targetPosition + 6 * targetStep);
        h1.intoArray(target, targetPosition + 7 * targetStep);
    }

    /** Sixteen rows, the greater distances. */
    private static void sixteenFar(
            float[] source, int position, int step, float[] target, int targetPosition, int targetStep) {
        FloatVector a = FloatVector.fromArray(SPECIES, source, position);
        FloatVector b = FloatVector.fromArray(SPECIES, source, position + step);
        FloatVector c = FloatVector.fromArray(SPECIES, source, position + 2 * step);
        FloatVector d = FloatVector.fromArray(SPECIES, source, position + 3 * step);
        FloatVector e = FloatVector.fromArray(SPECIES, source, position + 4 * step);
        FloatVector f = FloatVector.fromArray(SPECIES, source, position + 5 * step);
        FloatVector g = FloatVector.fromArray(SPECIES, source, position + 6 * step);
        FloatVector h = FloatVector.fromArray(SPECIES, source, position + 7 * step);
        FloatVector i = FloatVector.fromArray(SPECIES, source, position + 8 * step);
        FloatVector j = FloatVector.fromArray(SPECIES, source, position + 9 * step);
        FloatVector k = FloatVector.fromArray(SPECIES, source, position + 10 * step);
        FloatVector l = FloatVector.fromArray(SPECIES, source, position + 11 * step);
        FloatVector m = FloatVector.fromArray(SPECIES, source, position + 12 * step);
        FloatVector n = FloatVector.fromArray(SPECIES, source, position + 13 * step);
        FloatVector o = FloatVector.fromArray(SPECIES, source, position + 14 * step);
        FloatVector p = FloatVector.fromArray(SPECIES, source, position + 15 * step);
        FloatVector a8 = a.blend(i.rearrange(UP_8), ODD_8);
        FloatVector i8 = a.rearrange(DOWN_8).blend(i, ODD_8);
        FloatVector b8 = b.blend(j.rearrange(UP_8), ODD_8);
        FloatVector j8 = b.rearrange(DOWN_8).blend(j, ODD_8);
        FloatVector c8 = c.blend(k.rearrange(UP_8), ODD_8);
        FloatVector k8 = c.rearrange(DOWN_8).blend(k, ODD_8);
        FloatVector d8 = d.blend(l.rearrange(UP_8), ODD_8);
        FloatVector l8 = d.rearrange(DOWN_8).blend(l, ODD_8);
        FloatVector e8 = e.blend(m.rearrange(UP_8), ODD_8);
        FloatVector m8 = e.rearrange(DOWN_8).blend(m, ODD_8);
        FloatVector f8 = f.blend(n.rearrange(UP_8), ODD_8);
        FloatVector n8 = f.rearrange(DOWN_8).blend(n, ODD_8);
        FloatVector g8 = g.blend(o.rearrange(UP_8), ODD_8);
        FloatVector o8 = g.rearrange(DOWN_8).blend(o, ODD_8);
        FloatVector h8 = h.blend(p.rearrange(UP_8), ODD_8);
        FloatVector p8 = h.rearrange(DOWN_8).blend(p, ODD_8);
        FloatVector a4 = a8.blend(e8.rearrange(UP_4), ODD_4);
        FloatVector e4 = a8.rearrange(DOWN_4).blend(e8, ODD_4);
        FloatVector b4 = b8.blend(f8.rearrange(UP_4), ODD_4);
        FloatVector f4 = b8.rearrange(DOWN_4).blend(f8, ODD_4);
        FloatVector c4 = c8.blend(g8.rearrange(UP_4), ODD_4);
        FloatVector g4 = c8.rearrange(DOWN_4).blend(g8, ODD_4);
        FloatVector d4 = d8.blend(h8.rearrange(UP_4), ODD_4);
        FloatVector h4 = d8.rearrange(DOWN_4).blend(h8, ODD_4);
        FloatVector i4 = i8.blend(m8.rearrange(UP_4), ODD_4);
        FloatVector m4 = i8.rearrange(DOWN_4).blend(m8, ODD_4);
        FloatVector j4 = j8.blend(n8.rearrange(UP_4), ODD_4);
        FloatVector n4 = j8.rearrange(DOWN_4).blend(n8, ODD_4);
        FloatVector k4 = k8.blend(o8.rearrange(UP_4), ODD_4);
        FloatVector o4 = k8.rearrange(DOWN_4).blend(o8, ODD_4);
        FloatVector l4 = l8.blend(p8.rearrange(UP_4), ODD_4);
        FloatVector p4 = l8.rearrange(DOWN_4).blend(p8, ODD_4);
        a4.intoArray(target, targetPosition);
        b4.intoArray(target, targetPosition + targetStep);
        c4.intoArray(target, targetPosition + 2 * targetStep);
        d4.intoArray(target, targetPosition + 3 * targetStep);
        e4.intoArray(target, targetPosition + 4 * targetStep);
        f4.intoArray(target, targetPosition + 5 * targetStep);
        g4.intoArray(target, targetPosition + 6 * targetStep);
        h4.intoArray(target, targetPosition + 7 * targetStep);
        i4.intoArray(target, targetPosition + 8 * targetStep);
        j4.intoArray(target, targetPosition + 9 * targetStep);
        k4.intoArray(target, targetPosition + 10 * targetStep);
        l4.intoArray(target, targetPosition + 11 * targetStep);
        m4.intoArray(target, targetPosition + 12 * targetStep);
        n4.intoArray(target, targetPosition + 13 * targetStep);
        o4.intoArray(target, targetPosition + 14 * targetStep);
        p4.intoArray(target, targetPosition + 15 * targetStep);
    }

    /** Sixteen rows, the smaller distances. */
    private static void sixteenNear(
            float[] source, int position, int step, float[] target, int targetPosition, int targetStep) {
        FloatVector a = FloatVector.fromArray(SPECIES, source, position);
        FloatVector b = FloatVector.fromArray(SPECIES, source, position + step);
        FloatVector c = FloatVector.fromArray(SPECIES, source, position + 2 * step);
        FloatVector d = FloatVector.fromArray(SPECIES, source, position + 3 * step);
        FloatVector e = FloatVector.fromArray(SPECIES, source, position + 4 * step);
        FloatVector f = FloatVector.fromArray(SPECIES, source, position + 5 * step);
        FloatVector g = FloatVector.fromArray(SPECIES, source, position + 6 * step);
        FloatVector h = FloatVector.fromArray(SPECIES, source, position + 7 * step);
        FloatVector i = FloatVector.fromArray(SPECIES, source, position + 8 * step);
        FloatVector j = FloatVector.fromArray(SPECIES, source, position + 9 * step);
        FloatVector k = FloatVector.fromArray(SPECIES, source, position + 10 * step);
        FloatVector l = FloatVector.fromArray(SPECIES, source, position + 11 * step);
        FloatVector m = FloatVector.fromArray(SPECIES, source, position + 12 * step);
        FloatVector n = FloatVector.fromArray(SPECIES, source, position + 13 * step);
        FloatVector o = FloatVector.fromArray(SPECIES, source, position + 14 * step);
        FloatVector p = FloatVector.fromArray(SPECIES, source, position + 15 * step);
        FloatVector a2 = a.blend(c.rearrange(UP_2), ODD_2);
        FloatVector c2 = a.rearrange(DOWN_2).blend(c, ODD_2);
        FloatVector b2 = b.blend(d.rearrange(UP_2), ODD_2);
        FloatVector d2 = b.rearrange(DOWN_2).blend(d, ODD_2);
        FloatVector e2 = e.blend(g.rearrange(UP_2), ODD_2);
        FloatVector g2 = e.rearrange(DOWN_2).blend(g, ODD_2);
        FloatVector f2 = f.blend(h.rearrange(UP_2), ODD_2);
        FloatVector h2 = f.rearrange(DOWN_2).blend(h, ODD_2);
        FloatVector i2 = i.blend(k.rearrange(UP_2), ODD_2);
        FloatVector k2 = i.rearrange(DOWN_2).blend(k, ODD_2);
        FloatVector j2 = j.blend(l.rearrange(UP_2), ODD_2);
        FloatVector l2 = j.rearrange(DOWN_2).blend(l, ODD_2);
        FloatVector m2 = m.blend(o.rearrange(UP_2), ODD_2);
        FloatVector o2 = m.rearrange(DOWN_2).blend(o, ODD_2);
        FloatVector n2 = n.blend(p.rearrange(UP_2), ODD_2);
        FloatVector p2 = n.rearrange(DOWN_2).blend(p, ODD_2);
        FloatVector a1 = a2.blend(b2.rearrange(UP_1), ODD_1);
        FloatVector b1 = a2.rearrange(DOWN_1).blend(b2, ODD_1);
        FloatVector c1 = c2.blend(d2.rearrange(UP_1), ODD_1);
        FloatVector d1 = c2.rearrange(DOWN_1).blend(d2, ODD_1);
        FloatVector e1 = e2.blend(f2.rearrange(UP_1), ODD_1);
        FloatVector f1 = e2.rearrange(DOWN_1).blend(f2, ODD_1);
        FloatVector g1 = g2.blend(h2.rearrange(UP_1), ODD_1);
        FloatVector h1 = g2.rearrange(DOWN_1).blend(h2, ODD_1);
        FloatVector i1 = i2.blend(j2.rearrange(UP_1), ODD_1);
        FloatVector j1 = i2.rearrange(DOWN_1).blend(j2, ODD_1);
        FloatVector k1 = k2.blend(l2.rearrange(UP_1), ODD_1);
        FloatVector l1 = k2.rearrange(DOWN_1).blend(l2, ODD_1);
        FloatVector m1 = m2.blend(n2.rearrange(UP_1), ODD_1);
        FloatVector n1 = m2.rearrange(DOWN_1).blend(n2, ODD_1);
        FloatVector o1 = o2.blend(p2.rearrange(UP_1), ODD_1);
        FloatVector p1 = o2.rearrange(DOWN_1).blend(p2, ODD_1);
        a1.intoArray(target, targetPosition);
        b1.intoArray(target, targetPosition + targetStep);
        c1.intoArray(target, targetPosition + 2 * targetStep);
        d1.intoArray(target, targetPosition + 3 * targetStep);
        e1.intoArray(target, targetPosition + 4 * targetStep);
        f1.intoArray(target, targetPosition + 5 * targetStep);
        g1.intoArray(target, targetPosition + 6 * targetStep);
        h1.intoArray(target, targetPosition + 7 * targetStep);
        i1.intoArray(target, targetPosition + 8 * targetStep);
        j1.intoArray(target, targetPosition + 9 * targetStep);
        k1.intoArray(target, targetPosition + 10 * targetStep);
        l1.intoArray(target, targetPosition + 11 * targetStep);
        m1.intoArray(target, targetPosition + 12 * targetStep);
        n1.intoArray(target, targetPosition + 13 * targetStep);
        o1.intoArray(target, targetPosition + 14 * targetStep);
        p1.intoArray(target, targetPosition + 15 * targetStep);
    }
}
