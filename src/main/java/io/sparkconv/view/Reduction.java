package io.sparkconv.view;

import io.sparkconv.tensor.FeatureMap;

/** Takes in the values of a map line by line and holds no more than the thumbnail. */
interface Reduction {

    /**
     * Takes in part of a line.
     *
     * @param y line of the map
     * @param x position of the first value in the line
     * @param values holds the values from {@code offset} on
     * @param count number of values
     */
    void add(int channel, int y, int x, float[] values, int offset, int count);

    /** What was taken in so far. */
    FeatureMap thumbnail();
}
