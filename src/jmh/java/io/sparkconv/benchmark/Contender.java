package io.sparkconv.benchmark;

/** One of those whose time is compared: it computes the same map again and again. */
interface Contender {

    /** Computes, from a map in memory to a map in memory. */
    void run();

    /** Values of the last run, {@code (channel, z, y, x)}. */
    float[] output();
}
