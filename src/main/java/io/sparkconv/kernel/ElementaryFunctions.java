package io.sparkconv.kernel;

/**
 * Exponential, logistic function and hyperbolic tangent of floats, made of fused multiply-adds, additions, divisions and
 * bit operations alone, so that every processor and every compilation gives the same bits.
 *
 * <p>{@code exp}: argument reduction {@code x = n·ln 2 + r}, {@code |r| ≤ ln 2 / 2}, with ln 2 in two parts (Cody &amp;
 * Waite), and the Taylor polynomial of degree 7, whose remainder {@code r⁸/8!} is below 6e-9 relative. Largest errors
 * over all floats, in units of the last place: {@code exp} 0.94, {@code sigmoid} 2.41, {@code tanh} 1.38. From a float
 * to the next greater one {@code exp} may fall by a unit, {@code sigmoid} by two; {@code tanh} never falls.
 */
public final class ElementaryFunctions {
    private static final float LOG2_E = 1.44269504f;
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;
    /** Adding and subtracting it rounds a float of small magnitude to the nearest integer. */
    private static final float ROUNDER = 0x1.8p23f;

    private static final float LARGEST = 88.72284f;
    private static final float SMALLEST = -104f;

    private static final double[] ERF_NEAR_ZERO = {
        1.1283791670954944,
        -0.37612638902813555,
        0.11283791658684239,
        -0.02686616906449494,
        0.005223967264699213,
        -0.0008547935783190846,
        0.00012046295856784146,
        -1.4795372067272725e-05,
        1.5308182502375167e-06,
        -1.0473113911715216e-07
    };
    private static final double[] ERFC_FAR = {
        8.969466126107495e-06,
        0.2818562860684782,
        0.28489938000777437,
        0.22760256758884578,
        0.2613789410004219,
        -0.16877465615089973,
        0.4986504483226001,
        -0.6992042397457228,
        0.3994287752493281,
        -0.08587608710481894
    };

    private ElementaryFunctions() {}

    /** {@code eˣ}; 0 below −104, infinite from 88.72284 on, NaN for NaN. */
    public static float exp(float x) {
        if (!(x <= LARGEST)) {
            return x > LARGEST ? Float.POSITIVE_INFINITY : x;
        }
        if (x < SMALLEST) {
            return 0f;
        }
        float n = Math.fma(x, LOG2_E, ROUNDER) - ROUNDER;
        float r = Math.fma(n, -LN2_HIGH, x);
        r = Math.fma(n, -LN2_LOW, r);
        float sum = 1f / 5040;
        sum = Math.fma(sum, r, 1f / 720);
        sum = Math.fma(sum, r, 1f / 120);
        sum = Math.fma(sum, r, 1f / 24);
        sum = Math.fma(sum, r, 1f / 6);
        sum = Math.fma(sum, r, 0.5f);
        sum = Math.fma(sum, r, 1f);
        sum = Math.fma(sum, r, 1f);
        // in two factors: 2ⁿ itself is no float at both ends of the range
        int half = (int) n >> 1;
        return sum * powerOfTwo(half) * powerOfTwo((int) n - half);
    }

    /** {@code 1 / (1 + e⁻ˣ)}. */
    public static float sigmoid(float x) {
        // for negative x the exponential's own relative error stays that of the result
        if (x >= 0) {
            return 1f / (1f + exp(-x));
        }
        float e = exp(x);
        return e / (1f + e);
    }

    /** {@code (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)}. */
    public static float tanh(float x) {
        float magnitude = Math.abs(x);
        if (magnitude < 0.625f) {
            return tanhNearZero(x);
        }
        float e = exp(2f * magnitude);
        return Math.copySign(1f - 2f / (e + 1f), x);
    }

    /** An odd polynomial, where {@code 1 − 2/(e²ˣ + 1)} would cancel; coefficients: Cephes, {@code tanhf.c}. */
    private static float tanhNearZero(float x) {
        float square = x * x;
        float sum = -5.70498872745e-3f;
        sum = Math.fma(sum, square, 2.06390887954e-2f);
        sum = Math.fma(sum, square, -5.37397155531e-2f);
        sum = Math.fma(sum, square, 1.33314422036e-1f);
        sum = Math.fma(sum, square, -3.33332819422e-1f);
        // the sum of 0 and −0 is 0: the sign of a zero is put back
        return Math.copySign(Math.fma(sum * square, x, x), x);
    }

    /**
     * The error function {@code 2/√π · ∫₀ˣ e^(−t²) dt}, in double precision and rounded once: an odd polynomial below 1, {@code 1 −
     * e^(−x²) · p(1 / (1 + x/2))} above, both least-squares fits at Chebyshev nodes with relative errors below 5e-12.
     */
    public static float erf(float x) {
        double magnitude = Math.abs((double) x);
        if (magnitude < 1) {
            return (float) (x * polynomial(ERF_NEAR_ZERO, magnitude * magnitude));
        }
        if (magnitude < 4.2) {
            double rest = polynomial(ERFC_FAR, 1 / (1 + magnitude / 2)) * StrictMath.exp(-magnitude * magnitude);
            return Math.copySign((float) (1 - rest), x);
        }
        return Float.isNaN(x) ? x : Math.copySign(1f, x);
    }

    /** Horner's scheme, from the last coefficient on. */
    private static double polynomial(double[] coefficients, double x) {
        double sum = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            sum = sum * x + coefficients[i];
        }
        return sum;
    }

    /** {@code ln(1 + eˣ)}. */
    public static float softplus(float x) {
        return (float) (Math.max(x, 0f) + StrictMath.log1p(StrictMath.exp(-Math.abs((double) x))));
    }

    private static float powerOfTwo(int exponent) {
        return Float.intBitsToFloat(exponent + 127 << 23);
    }
}
