package io.sparkconv.kernel;

import java.util.function.LongSupplier;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The most fused multiply-adds that one core does in this JVM, with vectors of the width that the engine uses: twelve
 * independent chains in registers, more than any processor's latency times throughput (4 · 2). Each adds to its own sum, {@code
 * sum += x · y}, since the compiler writes the result over the addend and any other form costs a move of a register a turn.
 */
public final class FusedMultiplyAddPeak {
    private static final int CHAINS = 12;
    /** Turns of a measurement: some 50 microseconds, long against the clock's own time, short against interruptions. */
    private static final int TURNS = 20_000;
    /** So many that the method is compiled whole, not at its loop while it runs: a loop entered there keeps sums in memory. */
    private static final int WARM_UP_CALLS = 30_000;

    private static final int WARM_UP_TURNS = 100;
    private static boolean isWarm;
    private static float sink;

    private FusedMultiplyAddPeak() {}

    /** What the engine computes with in this JVM: {@code vectors of 512 bits}, or {@code no vectors}. */
    public static String width() {
        MicroKernelChoice choice = MicroKernelProvider.choice();
        return choice.isVector() ? "vectors of " + choice.bits() + " bits" : "no vectors";
    }

    /** One measurement, in GFLOP/s; two operations a multiply-add. Interruptions lower it: the largest of several is the peak. */
    public static synchronized double measure(LongSupplier clock) {
        boolean isVector = MicroKernelProvider.choice().isVector();
        if (!isWarm) {
            for (int call = 0; call < WARM_UP_CALLS; call++) {
                run(isVector, WARM_UP_TURNS);
            }
            isWarm = true;
        }
        long start = clock.getAsLong();
        run(isVector, TURNS);
        long nanoseconds = clock.getAsLong() - start;
        int lanes = isVector ? Vectors.SPECIES.length() : 1;
        return 2.0 * CHAINS * lanes * TURNS / nanoseconds;
    }

    private static void run(boolean isVector, int turns) {
        sink += isVector ? Vectors.run(0.001f, turns) : scalar(0.001f, turns);
    }

    private static float scalar(float x, int turns) {
        float a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0, j = 0, k = 0, l = 0;
        for (int turn = 0; turn < turns; turn++) {
            a = Math.fma(x, x, a);
            b = Math.fma(x, x, b);
            c = Math.fma(x, x, c);
            d = Math.fma(x, x, d);
            e = Math.fma(x, x, e);
            f = Math.fma(x, x, f);
            g = Math.fma(x, x, g);
            h = Math.fma(x, x, h);
            i = Math.fma(x, x, i);
            j = Math.fma(x, x, j);
            k = Math.fma(x, x, k);
            l = Math.fma(x, x, l);
        }
        return a + b + c + d + e + f + g + h + i + j + k + l;
    }

    /** Apart, since it can't be loaded without the module. */
    private static final class Vectors {
        private static final VectorSpecies<Float> SPECIES = ChosenSpecies.FLOATS;

        private static float run(float value, int turns) {
            FloatVector x = FloatVector.broadcast(SPECIES, value);
            FloatVector zero = FloatVector.zero(SPECIES);
            FloatVector a = zero, b = zero, c = zero, d = zero, e = zero, f = zero;
            FloatVector g = zero, h = zero, i = zero, j = zero, k = zero, l = zero;
            for (int turn = 0; turn < turns; turn++) {
                a = x.fma(x, a);
                b = x.fma(x, b);
                c = x.fma(x, c);
                d = x.fma(x, d);
                e = x.fma(x, e);
                f = x.fma(x, f);
                g = x.fma(x, g);
                h = x.fma(x, h);
                i = x.fma(x, i);
                j = x.fma(x, j);
                k = x.fma(x, k);
                l = x.fma(x, l);
            }
            FloatVector all = a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).add(k).add(l);
            return all.lane(0);
        }
    }
}
