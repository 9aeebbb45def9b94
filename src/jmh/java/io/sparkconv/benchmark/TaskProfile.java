package io.sparkconv.benchmark;

import java.util.EnumMap;
import java.util.Map;

/**
 * Where Spark's tasks in this JVM spend their time: looks at their stacks every {@value #MILLISECONDS} ms. Other than the samples
 * of Java Flight Recorder these tell native code as well, which decodes JPEG and compresses tables; that a thread stops only at
 * safe points moves a sample by microseconds, not to another step.
 */
final class TaskProfile implements AutoCloseable {
    private static final int MILLISECONDS = 5;
    private static final String TASKS = "Executor task launch worker";
    private static final String RUNNING = "org.apache.spark.executor.Executor$TaskRunner";

    private final Map<PipelineStep, Integer> samples = new EnumMap<>(PipelineStep.class);
    private final Thread sampler = new Thread(this::sample, "task profile");
    private volatile boolean isEnded;

    /** Begins. */
    TaskProfile() {
        sampler.setDaemon(true);
        sampler.start();
    }

    private void sample() {
        Thread[] threads = new Thread[256];
        while (!isEnded) {
            int count = Thread.currentThread().getThreadGroup().enumerate(threads);
            for (int i = 0; i < count; i++) {
                if (threads[i].getName().startsWith(TASKS)) {
                    StackTraceElement[] stack = threads[i].getStackTrace();
                    if (isRunning(stack)) {
                        samples.merge(PipelineStep.of(stack), 1, Integer::sum);
                    }
                }
            }
            try {
                Thread.sleep(MILLISECONDS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static boolean isRunning(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().equals(RUNNING)) {
                return true;
            }
        }
        return false;
    }

    /** Ends. */
    @Override
    public void close() {
        isEnded = true;
        try {
            sampler.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The part of all samples that each step has; after the end. */
    Map<PipelineStep, Double> shares() {
        double all = samples.values().stream().mapToInt(Integer::intValue).sum();
        Map<PipelineStep, Double> shares = new EnumMap<>(PipelineStep.class);
        for (PipelineStep step : PipelineStep.values()) {
            shares.put(step, samples.getOrDefault(step, 0) / Math.max(1, all));
        }
        return shares;
    }
}
