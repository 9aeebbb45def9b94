package io.sparkconv.benchmark;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

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
    private final ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "task profile");
        thread.setDaemon(true);
        return thread;
    });
    private final Thread[] threads = new Thread[256];

    /** Begins. */
    TaskProfile() {
        sampler.scheduleWithFixedDelay(this::sample, 0, MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    private void sample() {
        int count = Thread.currentThread().getThreadGroup().enumerate(threads);
        for (int i = 0; i < count; i++) {
            if (threads[i].getName().startsWith(TASKS)) {
                StackTraceElement[] stack = threads[i].getStackTrace();
                if (isRunning(stack)) {
                    samples.merge(PipelineStep.of(stack), 1, Integer::sum);
                }
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
        sampler.shutdown();
        try {
            sampler.awaitTermination(1, TimeUnit.MINUTES);
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
