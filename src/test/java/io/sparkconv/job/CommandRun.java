package io.sparkconv.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.spark.LocalSpark;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What a command that ran in this JVM gave.
 *
 * @param exitCode as of the process
 * @param output standard output
 * @param errors standard error
 */
public record CommandRun(int exitCode, String output, String errors) {

    /** Runs a command on the tests' Spark session. */
    public static synchronized CommandRun of(Object... arguments) {
        LocalSpark.session();
        return onOpenSession(arguments);
    }

    /** Runs a command on the Spark session that this JVM has opened, whichever it is. */
    public static synchronized CommandRun onOpenSession(Object... arguments) {
        PrintStream output = System.out;
        PrintStream errors = System.err;
        ByteArrayOutputStream capturedOutput = new ByteArrayOutputStream();
        ByteArrayOutputStream capturedErrors = new ByteArrayOutputStream();
        System.setOut(new PrintStream(capturedOutput, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(capturedErrors, true, StandardCharsets.UTF_8));
        try {
            int exitCode =
                    Main.execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
            return new CommandRun(
                    exitCode,
                    capturedOutput.toString(StandardCharsets.UTF_8),
                    capturedErrors.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(output);
            System.setErr(errors);
        }
    }

    /** Runs a command that must succeed. */
    public static CommandRun successful(Object... arguments) {
        CommandRun run = of(arguments);
        assertThat(run.exitCode())
                .as(Arrays.toString(arguments) + ": " + run.errors())
                .isZero();
        return run;
    }

    /** The one line that says why a command that failed did; fails if there are more, or a stack trace. */
    public String refusal() {
        List<String> refusals =
                errors.lines().filter(line -> line.startsWith("Cannot ")).toList();
        assertThat(refusals).as(errors).hasSize(1);
        assertThat(errors.lines().filter(line -> !line.endsWith(" …")))
                .as("lines of standard error beside those of progress")
                .isEqualTo(refusals);
        return refusals.get(0);
    }
}
