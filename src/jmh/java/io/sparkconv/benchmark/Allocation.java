package io.sparkconv.benchmark;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How many bytes a run allocates in its thread, once it is warm. */
final class Allocation {
    private static final int RUNS = 5;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /** Mean of some runs. */
    static long bytesPerRun(Contender contender) {
        contender.run();
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        for (int run = 0; run < RUNS; run++) {
            contender.run();
        }
        return (THREADS.getThreadAllocatedBytes(thread) - before) / RUNS;
    }
}
