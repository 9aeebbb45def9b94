package io.sparkconv.benchmark;

import io.sparkconv.kernel.FusedMultiplyAddPeak;
import java.util.function.LongSupplier;

/** The most multiply-adds that this processor has been seen to do in this run, against which layers are held. */
final class PeakMeter {
    private static final int FIRST_MEASUREMENTS = 500;

    private final LongSupplier clock;
    private double largest;

    /** @param clock nanoseconds since some moment */
    PeakMeter(LongSupplier clock) {
        this.clock = clock;
        for (int i = 0; i < FIRST_MEASUREMENTS; i++) {
            measure();
        }
    }

    /** Measures again: whatever else the machine does lowers a measurement, so that the largest counts. */
    void measure() {
        largest = Math.max(largest, FusedMultiplyAddPeak.measure(clock));
    }

    /** The largest so far, in operations a second; two a multiply-add. */
    double operationsPerSecond() {
        return largest * 1e9;
    }
}
