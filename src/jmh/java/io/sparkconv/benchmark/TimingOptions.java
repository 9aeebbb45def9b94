package io.sparkconv.benchmark;

import io.sparkconv.conv.Accuracy;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.LongSupplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How time is taken, and of what accuracy. */
final class TimingOptions {
    @Option(
            names = "--accuracy",
            defaultValue = "default",
            converter = AccuracyOption.class,
            description = "default, or fast: errors of up to 2e-5 of the largest magnitude.")
    private Accuracy accuracy;

    @Option(names = "--seconds", description = "Seconds of measuring a row (layers: 2, stability: 0.7, networks: 5).")
    private Double seconds;

    @Option(
            names = "--warm-up",
            description = "Seconds of computing before it (layers: 1.5, stability: 1, networks: 3).")
    private Double warmUp;

    @Option(
            names = "--clock",
            defaultValue = "wall",
            description = "wall, or cpu: the thread's own time, which other programs disturb less (default: wall).")
    private Clock clock;

    @Option(
            names = "--quantile",
            defaultValue = "0.5",
            description = "Which of the times of a row counts; a low one on a machine that others use (default: 0.5).")
    private double quantile;

    /** What time is. */
    private enum Clock {
        WALL,
        CPU
    }

    /** Reads {@code --accuracy}; the refusal lists what is allowed. */
    static final class AccuracyOption implements ITypeConverter<Accuracy> {
        @Override
        public Accuracy convert(String text) {
            try {
                return Accuracy.of(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    Accuracy accuracy() {
        return accuracy;
    }

    /** Nanoseconds since some moment. */
    LongSupplier nanoseconds() {
        return clock == Clock.WALL ? System::nanoTime : ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime;
    }

    /**
     * As the options say.
     *
     * @param usualWarmUp seconds of computing before, where no option says
     * @param usualSeconds seconds of measuring, where no option says
     * @param betweenRounds done after each round
     */
    InterleavedTiming timing(double usualWarmUp, double usualSeconds, Runnable betweenRounds) {
        return new InterleavedTiming(
                warmUp == null ? usualWarmUp : warmUp,
                seconds == null ? usualSeconds : seconds,
                quantile,
                nanoseconds(),
                betweenRounds);
    }

    /** The same options for another process. */
    List<String> arguments(double usualWarmUp, double usualSeconds) {
        return List.of(
                "--accuracy", accuracy.text(),
                "--seconds", String.valueOf(seconds == null ? usualSeconds : seconds),
                "--warm-up", String.valueOf(warmUp == null ? usualWarmUp : warmUp),
                "--clock", clock.name(),
                "--quantile", String.valueOf(quantile));
    }

    /** @throws IllegalArgumentException if one is out of bounds */
    void requireValid() {
        requireWithin("--seconds", seconds == null ? 1 : seconds, 3600);
        requireWithin("--warm-up", warmUp == null ? 1 : warmUp, 3600);
        requireWithin("--quantile", quantile, 1);
    }

    private static void requireWithin(String option, double value, double most) {
        if (!(value >= 0 && value <= most)) {
            throw new IllegalArgumentException(
                    "Cannot use " + option + " " + value + ": it must be at least 0 and at most " + most);
        }
    }
}
