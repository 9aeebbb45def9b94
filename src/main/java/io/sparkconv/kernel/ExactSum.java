package io.sparkconv.kernel;

/**
 * Sums of floats without any rounding, so that neither their order nor their grouping can be seen in the result: a fixed-point
 * number that is wide enough for every float (a superaccumulator, U. Kulisch, "Computer Arithmetic and Validity", 2008). A sum
 * lies in {@value #LENGTH} places of a {@code long[]}: {@value #DIGITS} digits to the base 2³², the lowest of weight 2⁻¹⁴⁹, and
 * the numbers of NaN, +∞ and −∞ that were added. Two sums are added place by place.
 */
public final class ExactSum {
    private static final int DIGITS = 10;
    private static final int NAN = DIGITS;
    private static final int POSITIVE_INFINITY = DIGITS + 1;
    private static final int NEGATIVE_INFINITY = DIGITS + 2;

    /** Places of one sum. */
    public static final int LENGTH = DIGITS + 3;

    /** Sums of {@link #addNeighbours}. */
    public static final int NEIGHBOURS = 4;

    private static final int DIGIT_BITS = 32;
    private static final long DIGIT = (1L << DIGIT_BITS) - 1;
    private static final int LOWEST_EXPONENT = -149;
    private static final int SPECIAL = 0xFF;
    /** Values after which digits are carried: each adds less than 2³³ to a digit of 63 bits. */
    private static final int CHUNK = 256;
    /** A double has 53 bits: 24 of a float, 8 of the number of values, and how far apart their exponents may lie. */
    private static final int MOST_BINADES = 53 - 24 - 8;

    private ExactSum() {}

    /**
     * Adds values to a sum.
     *
     * @param sums where the sum lies from {@code place} on; {@link #LENGTH} places are written
     * @param values what to add, from {@code begin} to before {@code end}
     */
    public static void add(long[] sums, int place, float[] values, int begin, int end) {
        add(sums, place, values, begin, 1, end - begin);
    }

    /**
     * Adds values that lie apart to a sum.
     *
     * @param sums where the sum lies from {@code place} on; {@link #LENGTH} places are written
     * @param begin position of the first value
     * @param step distance from one value to the next
     * @param count number of values
     */
    public static void add(long[] sums, int place, float[] values, int begin, int step, int count) {
        for (int done = 0; done < count; done += CHUNK) {
            addChunk(sums, place, values, begin + done * step, step, Math.min(CHUNK, count - done));
            carry(sums, place);
        }
    }

    /**
     * Adds values to {@value #NEIGHBOURS} sums whose values lie side by side: one alone would wait for each addition.
     *
     * @param sums where the sums lie one after the other from {@code place} on; {@value #NEIGHBOURS} · {@link #LENGTH} places are written
     * @param begin position of the first sum's first value, before those of the other sums
     * @param step distance from one value of a sum to the next
     * @param count number of values of each sum
     */
    public static void addNeighbours(long[] sums, int place, float[] values, int begin, int step, int count) {
        for (int done = 0; done < count; done += CHUNK) {
            int first = begin + done * step;
            int some = Math.min(CHUNK, count - done);
            if (!addNeighbourDoubles(sums, place, values, first, step, some)) {
                for (int neighbour = 0; neighbour < NEIGHBOURS; neighbour++) {
                    addChunk(sums, place + neighbour * LENGTH, values, first + neighbour, step, some);
                }
            }
            for (int neighbour = 0; neighbour < NEIGHBOURS; neighbour++) {
                carry(sums, place + neighbour * LENGTH);
            }
        }
    }

    /** @return whether doubles hold all four sums; if not, nothing is added */
    private static boolean addNeighbourDoubles(long[] sums, int place, float[] values, int begin, int step, int count) {
        int greatest = 0;
        int least = Integer.MAX_VALUE;
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        for (int i = 0; i < count; i++) {
            int at = begin + i * step;
            float valueA = values[at];
            float valueB = values[at + 1];
            float valueC = values[at + 2];
            float valueD = values[at + 3];
            int magnitudeA = Float.floatToRawIntBits(valueA) & Integer.MAX_VALUE;
            int magnitudeB = Float.floatToRawIntBits(valueB) & Integer.MAX_VALUE;
            int magnitudeC = Float.floatToRawIntBits(valueC) & Integer.MAX_VALUE;
            int magnitudeD = Float.floatToRawIntBits(valueD) & Integer.MAX_VALUE;
            greatest = Math.max(Math.max(greatest, Math.max(magnitudeA, magnitudeB)), Math.max(magnitudeC, magnitudeD));
            // zero, which has no bits, becomes the greatest
            int leastAB = Math.min(magnitudeA - 1 & Integer.MAX_VALUE, magnitudeB - 1 & Integer.MAX_VALUE);
            int leastCD = Math.min(magnitudeC - 1 & Integer.MAX_VALUE, magnitudeD - 1 & Integer.MAX_VALUE);
            least = Math.min(least, Math.min(leastAB, leastCD));
            a += valueA;
            b += valueB;
            c += valueC;
            d += valueD;
        }
        if (!fitDoubles(greatest, least)) {
            return false;
        }
        addDouble(sums, place, a);
        addDouble(sums, place + LENGTH, b);
        addDouble(sums, place + 2 * LENGTH, c);
        addDouble(sums, place + 3 * LENGTH, d);
        return true;
    }

    /** Whether no sum of some values can have more bits than a double, by their greatest and their least magnitude above 0. */
    private static boolean fitDoubles(int greatest, int least) {
        return greatest >>> 23 < SPECIAL && (greatest >>> 23) - (least >>> 23) <= MOST_BINADES;
    }

    /** Where no sum of some of the values can have more bits than a double, adding doubles rounds nothing. */
    private static void addChunk(long[] sums, int place, float[] values, int begin, int step, int count) {
        int greatest = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            int magnitude = Float.floatToRawIntBits(values[begin + i * step]) & Integer.MAX_VALUE;
            greatest = Math.max(greatest, magnitude);
            // zero, which has no bits, becomes the greatest
            least = Math.min(least, magnitude - 1 & Integer.MAX_VALUE);
        }
        if (fitDoubles(greatest, least)) {
            double sum = 0;
            double other = 0;
            int i = 0;
            for (; i + 1 < count; i += 2) {
                sum += values[begin + i * step];
                other += values[begin + (i + 1) * step];
            }
            sum += i < count ? values[begin + i * step] : 0f;
            addDouble(sums, place, sum + other);
        } else {
            for (int i = 0; i < count; i++) {
                add(sums, place, Float.floatToRawIntBits(values[begin + i * step]));
            }
        }
    }

    /** Adds a double whose bits are not below those of floats, and which is less than 2¹²⁸⁺¹². */
    private static void addDouble(long[] sums, int place, double value) {
        if (value == 0) {
            return;
        }
        int exponent = Math.getExponent(value);
        long bits = Double.doubleToRawLongBits(value);
        long fraction = bits & 0xFFFFFFFFFFFFFL | 0x10000000000000L;
        // the weight of the fraction's lowest bit in units of the lowest digit
        int position = exponent - 52 - LOWEST_EXPONENT;
        if (position < 0) {
            fraction >>>= -position; // zeros
            position = 0;
        }
        int shift = position & DIGIT_BITS - 1;
        long low = (fraction & DIGIT) << shift;
        long high = (fraction >>> DIGIT_BITS) << shift;
        long sign = bits >> 63; // 0 or −1
        int digit = place + position / DIGIT_BITS;
        sums[digit] += ((low & DIGIT) ^ sign) - sign;
        sums[digit + 1] += ((low >>> DIGIT_BITS) + (high & DIGIT) ^ sign) - sign;
        sums[digit + 2] += ((high >>> DIGIT_BITS) ^ sign) - sign;
    }

    private static void add(long[] sums, int place, int bits) {
        int exponent = bits >>> 23 & SPECIAL;
        int fraction = bits & 0x7FFFFF;
        if (exponent == SPECIAL) {
            sums[place + (fraction != 0 ? NAN : bits > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY)]++;
            return;
        }
        // a subnormal number has the exponent of the smallest normal one and no hidden bit
        int position = exponent == 0 ? 0 : exponent - 1;
        long shifted = (exponent == 0 ? fraction : fraction | 0x800000L) << (position & DIGIT_BITS - 1);
        long sign = bits >> 31; // 0 or −1
        int digit = place + position / DIGIT_BITS;
        sums[digit] += ((shifted & DIGIT) ^ sign) - sign;
        sums[digit + 1] += ((shifted >>> DIGIT_BITS) ^ sign) - sign;
    }

    /**
     * Adds a sum to another.
     *
     * @param sums where the sum lies from {@code place} on; {@link #LENGTH} places are written
     * @param others where the one to add lies from the same place on
     */
    public static void add(long[] sums, int place, long[] others) {
        for (int i = place; i < place + LENGTH; i++) {
            sums[i] += others[i];
        }
        carry(sums, place);
    }

    /** Makes every digit but the highest one of 0 to 2³² − 1; a number has one such form. */
    private static void carry(long[] sums, int place) {
        long carried = 0;
        for (int i = place; i < place + DIGITS - 1; i++) {
            long digit = sums[i] + carried;
            sums[i] = digit & DIGIT;
            carried = digit >> DIGIT_BITS;
        }
        sums[place + DIGITS - 1] += carried;
    }

    /** A sum, rounded to double with an error of less than 2⁻⁵⁰ of it; NaN and infinities as floats would give them. */
    public static double value(long[] sums, int place) {
        long positive = sums[place + POSITIVE_INFINITY];
        long negative = sums[place + NEGATIVE_INFINITY];
        if (sums[place + NAN] > 0 || positive > 0 && negative > 0) {
            return Double.NaN;
        }
        if (positive > 0 || negative > 0) {
            return positive > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        long[] magnitude = new long[DIGITS];
        int sign = sums[place + DIGITS - 1] < 0 ? -1 : 1;
        for (int i = 0; i < DIGITS; i++) {
            magnitude[i] = sign * sums[place + i];
        }
        carry(magnitude, 0);
        double value = 0;
        for (int i = DIGITS - 1; i >= 0; i--) {
            value += Math.scalb((double) magnitude[i], DIGIT_BITS * i + LOWEST_EXPONENT);
        }
        return sign * value;
    }
}
