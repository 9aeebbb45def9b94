package io.sparkconv.job;

import org.apache.spark.package$;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. Exit codes: 0 done, 1 failed, 2 bad usage. */
@Command(
        name = "jobs/submit",
        description = "Convolution and transposed convolution over image tables, on Apache Spark.",
        customSynopsis = "jobs/submit [spark-submit options] COMMAND [options]",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            RunCommand.class,
            IngestCommand.class,
            ExtractCommand.class,
            ExportCommand.class,
            ChecksumCommand.class,
            InspectCommand.class,
            RenderCommand.class
        })
public final class Main implements Runnable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Main.class);
    private static final int FAILED = 1;
    private static final int BAD_USAGE = 2;

    @Spec
    private CommandSpec specification;

    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /**
     * Runs a command.
     *
     * @return its exit code
     */
    public static int execute(String... arguments) {
        CommandLine commandLine = new CommandLine(new Main());
        if (arguments.length > 0 && isUnknownOption(commandLine, arguments[0])) {
            commandLine
                    .getErr()
                    .println("Cannot start: '" + arguments[0]
                            + "' is neither an option of spark-submit nor one of jobs/submit (see jobs/submit --help)");
            return BAD_USAGE;
        }
        return commandLine
                .setParameterExceptionHandler((exception, all) -> {
                    exception.getCommandLine().getErr().println(usageMessage(exception));
                    return BAD_USAGE;
                })
                .setExecutionExceptionHandler((exception, command, result) -> {
                    LOGGER.debug("The failure in full", exception);
                    command.getErr().println(FailureMessage.of(exception, command.getCommandName()));
                    return exception instanceof IllegalArgumentException ? BAD_USAGE : FAILED;
                })
                .execute(arguments);
    }

    /** What stands before the command is told apart here: else a command after it would be blamed. */
    private static boolean isUnknownOption(CommandLine commandLine, String argument) {
        return argument.startsWith("-")
                && !commandLine.getCommandSpec().optionsMap().containsKey(argument);
    }

    private static String usageMessage(ParameterException exception) {
        CommandLine command = exception.getCommandLine();
        boolean isTop = command.getParent() == null;
        String message = exception.getMessage().replaceAll("\\s+", " ").strip();
        return (message.startsWith("Cannot ") ? "" : "Cannot " + (isTop ? "start" : command.getCommandName()) + ": ")
                + message + " (see jobs/submit " + (isTop ? "" : command.getCommandName() + " ") + "--help)";
    }

    @Override
    public void run() {
        throw new ParameterException(
                specification.commandLine(),
                "Cannot start without a command: allowed are "
                        + String.join(", ", specification.subcommands().keySet()));
    }

    /** What {@code --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {
                "spark-conv " + (version == null ? "(not packaged)" : version) + ", Spark "
                        + package$.MODULE$.SPARK_VERSION() + ", Java " + System.getProperty("java.version") + ", heap "
                        + (Runtime.getRuntime().maxMemory() >> 20) + " MiB"
            };
        }
    }
}
