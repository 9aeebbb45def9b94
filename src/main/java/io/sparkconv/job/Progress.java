package io.sparkconv.job;

import io.sparkconv.spark.JobSummary;
import java.util.Locale;

/** What a command tells its user: a line when it begins, and counts when it is done. */
final class Progress {
    private final long begin = System.nanoTime();

    private Progress() {}

    static Progress begin(String text) {
        System.err.println(text + " …");
        return new Progress();
    }

    /**
     * Prints counts and time.
     *
     * @param unit what was read, in the plural
     */
    void end(String unit, JobSummary summary) {
        System.out.printf(
                Locale.ROOT,
                "%,d %s: %,d done, %,d refused; %,d rows written in %.1f s%n",
                summary.images(),
                unit,
                summary.completed(),
                summary.refused(),
                summary.rows(),
                (System.nanoTime() - begin) / 1e9);
    }
}
