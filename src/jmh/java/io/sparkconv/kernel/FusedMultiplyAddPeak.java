package io.sparkconv.kernel;

import java.util.function.LongSupplier;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The most fused multiply-adds that one core does in this JVM: twelve independent chains in registers. */
public final class FusedMultiplyAddPeak {
    private static final int ROUNDS = 20_000;
    private static float sink;

    private FusedMultiplyAddPeak() {}

    /** One measurement of some ten microseconds, in GFLOP/s; two operations a multiply-add. */
    public static double measure(LongSupplier clock) {
        return MicroKernelProvider.choice().isVector() ? Vectors.measure(clock) : scalar(clock);
    }

    private static double scalar(LongSupplier clock) {
        float a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7, h = 8, i = 9, j = 10;
        long start = clock.getAsLong();
        for (int round = 0; round < ROUNDS; round++) {
            a = Math.fma(a, 0.99f, 0.01f);
            b = Math.fma(b, 0.99f, 0.01f);
            c = Math.fma(c, 0.99f, 0.01f);
            d = Math.fma(d, 0.99f, 0.01f);
            e = Math.fma(e, 0.99f, 0.01f);
            f = Math.fma(f, 0.99f, 0.01f);
            g = Math.fma(g, 0.99f, 0.01f);
            h = Math.fma(h, 0.99f, 0.01f);
            i = Math.fma(i, 0.99f, 0.01f);
            j = Math.fma(j, 0.99f, 0.01f);
        }
        long nanoseconds = clock.getAsLong() - start;
        sink += a + b + c + d + e + f + g + h + i + j;
        return 2.0 * 10 * ROUNDS / nanoseconds;
    }

    /** Apart, since it can't be loaded without the module. */
    private static final class Vectors {
        private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;

        private static double measure(LongSupplier clock) {
            FloatVector x = FloatVector.broadcast(SPECIES, 0.99f);
            FloatVector y = FloatVector.broadcast(SPECIES, 0.01f);
            FloatVector a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
            long start = clock.getAsLong();
            for (int round = 0; round < ROUNDS; round++) {
                a = a.fma(x, y);
                b = b.fma(x, y);
                c = c.fma(x, y);
                d = d.fma(x, y);
                e = e.fma(x, y);
                f = f.fma(x, y);
                g = g.fma(x, y);
                h = h.fma(x, y);
                i = i.fma(x, y);
                j = j.fma(x, y);
                k = k.fma(x, y);
                l = l.fma(x, y);
            }
            long nanoseconds = clock.getAsLong() - start;
            FloatVector all = a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).add(k).add(l);
            sink += all.lane(0);
            return 2.0 * 12 * SPECIES.length() * ROUNDS / nanoseconds;
        }
    }
}
