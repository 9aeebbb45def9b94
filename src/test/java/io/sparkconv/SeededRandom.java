package io.sparkconv;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import java.util.Random;

/**
 * Random parameters and values for property tests. Each run draws a new seed, which is printed; {@code -Dseed=N} repeats a
 * run.
 */
public final class SeededRandom {
    private final Random random;

    /** A sequence that a program of its own repeats. */
    public SeededRandom(long seed) {
        this.random = new Random(seed);
    }

    /** A generator for one test, from the given seed or a new one. */
    public static SeededRandom announced(Object test) {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println(test.getClass().getSimpleName() + ": -Dseed=" + seed);
        return new SeededRandom(seed);
    }

    /** A whole number, both bounds included. */
    public int between(int least, int greatest) {
        return least + random.nextInt(greatest - least + 1);
    }

    /** One of the numbers; a number that stands there twice is twice as likely. */
    public int oneOf(int... numbers) {
        return numbers[random.nextInt(numbers.length)];
    }

    /** One of the values. */
    @SafeVarargs
    public final <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }

    /** True once in so many calls on average. */
    public boolean onceIn(int calls) {
        return random.nextInt(calls) == 0;
    }

    /** Any 32 bits. */
    public int bits() {
        return random.nextInt();
    }

    /** Uniform in [low, high). */
    public double uniform(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** Values from the standard normal distribution. */
    public float[] values(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** A map of values from the standard normal distribution. */
    public FeatureMap map(Shape shape) {
        return new FeatureMap(shape, values(shape.arrayLength()));
    }

    /** A part of a region, not empty; one pixel in one of four. */
    public Region part(Region whole) {
        return onceIn(4)
                ? new Region(onePixel(whole.z()), onePixel(whole.y()), onePixel(whole.x()))
                : new Region(part(whole.z()), part(whole.y()), part(whole.x()));
    }

    private Interval onePixel(Interval whole) {
        int begin = between(whole.begin(), whole.end() - 1);
        return new Interval(begin, begin + 1);
    }

    private Interval part(Interval whole) {
        int begin = between(whole.begin(), whole.end() - 1);
        return new Interval(begin, between(begin + 1, whole.end()));
    }
}
