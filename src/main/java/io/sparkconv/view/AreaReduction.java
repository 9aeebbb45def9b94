package io.sparkconv.view;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.util.Arrays;

/**
 * Means over equal rectangles of a map, of its finite values.
 *
 * <p>Along an axis, source pixel {@code s} of {@code S} covers {@code [s·t, (s + 1)·t)} and pixel {@code p} of the
 * thumbnail's {@code t ≤ S} covers {@code [p·S, (p + 1)·S)}: whole numbers, so the shares are exact. A source pixel
 * touches at most two of the thumbnail's.
 */
final class AreaReduction implements Reduction {

    private final Shape map;
    private final Shape thumbnail;
    private final double[] sums; // (channel, y, x)
    private final double[] weights; // (channel, y, x): covered area that has finite values
    private final double[] lineSums; // (x), of the line that is being added
    private final double[] lineWeights; // (x)

    private AreaReduction(Shape map, Shape thumbnail) {
        this.map = map;
        this.thumbnail = thumbnail;
        this.sums = new double[thumbnail.arrayLength()];
        this.weights = new double[sums.length];
        this.lineSums = new double[thumbnail.width()];
        this.lineWeights = new double[thumbnail.width()];
    }

    /** A reduction to at most these sides that keeps the map's aspect; at least 2 pixels where the map has them. */
    static AreaReduction within(Shape map, int maximumWidth, int maximumHeight) {
        double scale =
                Math.min(1, Math.min((double) maximumWidth / map.width(), (double) maximumHeight / map.height()));
        return new AreaReduction(
                map, new Shape(map.channels(), 1, scaled(map.height(), scale), scaled(map.width(), scale)));
    }

    private static int scaled(int extent, double scale) {
        return Math.max((int) Math.round(extent * scale), Math.min(extent, 2));
    }

    @Override
    public void add(int channel, int y, int x, float[] values, int offset, int count) {
        int width = thumbnail.width();
        int firstColumn = pixel(x, map.width(), width);
        int lastColumn = Math.min(width - 1, pixel(x + count - 1, map.width(), width) + 1);
        Arrays.fill(lineSums, firstColumn, lastColumn + 1, 0);
        Arrays.fill(lineWeights, firstColumn, lastColumn + 1, 0);
        for (int i = 0; i < count; i++) {
            float value = values[offset + i];
            if (Float.isFinite(value)) {
                int column = pixel(x + i, map.width(), width);
                long share = firstShare(x + i, map.width(), width);
                lineSums[column] += (double) value * share;
                lineWeights[column] += share;
                if (share < width) {
                    lineSums[column + 1] += (double) value * (width - share);
                    lineWeights[column + 1] += width - share;
                }
            }
        }
        int height = thumbnail.height();
        int row = pixel(y, map.height(), height);
        long share = firstShare(y, map.height(), height);
        addLine(channel, row, firstColumn, lastColumn, share);
        if (share < height) {
            addLine(channel, row + 1, firstColumn, lastColumn, height - share);
        }
    }

    private void addLine(int channel, int row, int firstColumn, int lastColumn, long share) {
        int line = (channel * thumbnail.height() + row) * thumbnail.width();
        for (int column = firstColumn; column <= lastColumn; column++) {
            sums[line + column] += lineSums[column] * share;
            weights[line + column] += lineWeights[column] * share;
        }
    }

    /** The first pixel of the thumbnail that a source pixel touches. */
    private static int pixel(int source, int sources, int pixels) {
        return (int) ((long) source * pixels / sources);
    }

    /** How much of a source pixel's {@code pixels} parts lies in the first pixel that it touches. */
    private static long firstShare(int source, int sources, int pixels) {
        long begin = (long) source * pixels;
        return Math.min(pixels, sources - begin % sources);
    }

    @Override
    public FeatureMap thumbnail() {
        float[] means = new float[sums.length]; // (channel, y, x)
        for (int i = 0; i < means.length; i++) {
            means[i] = (float) (sums[i] / weights[i]);
        }
        return new FeatureMap(thumbnail, means);
    }
}
