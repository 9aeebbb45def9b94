package io.sparkconv.benchmark;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of {@code jobs/benchmark}. Exit codes: 0 done, 1 failed, 2 bad usage. */
@Command(
        name = "jobs/benchmark",
        description = "Times this project against ONNX Runtime.",
        mixinStandardHelpOptions = true,
        subcommands = {LayersCommand.class, StabilityCommand.class, NetworksCommand.class, SparkCommand.class, CropsCommand.class})
public final class Main implements Runnable {
    private static final int FAILED = 1;
    private static final int BAD_USAGE = 2;

    @Spec
    private CommandSpec specification;

    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line, before it has run. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((exception, arguments) -> {
                    CommandLine command = exception.getCommandLine();
                    command.getErr().println(usageMessage(exception, command));
                    return BAD_USAGE;
                })
                .setExecutionExceptionHandler((exception, command, result) -> {
                    command.getErr().println(failureMessage(exception, command));
                    return exception instanceof IllegalArgumentException ? BAD_USAGE : FAILED;
                });
    }

    private static String usageMessage(ParameterException exception, CommandLine command) {
        String message = oneLine(exception.getMessage());
        boolean isTop = command.getParent() == null;
        String start = isTop ? "Cannot start: " : "Cannot run " + command.getCommandName() + ": ";
        String help = isTop ? "jobs/benchmark" : "jobs/benchmark " + command.getCommandName();
        return (message.startsWith("Cannot ") ? "" : start) + message + " (see " + help + " --help)";
    }

    private static String failureMessage(Exception exception, CommandLine command) {
        String message = oneLine(String.valueOf(exception.getMessage()));
        return message.startsWith("Cannot ")
                ? message
                : "Cannot run " + command.getCommandName() + ": " + oneLine(exception.toString());
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    @Override
    public void run() {
        throw new ParameterException(
                specification.commandLine(),
                "Cannot start without a command: allowed are "
                        + String.join(", ", specification.subcommands().keySet()));
    }
}
