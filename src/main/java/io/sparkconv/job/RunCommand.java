package io.sparkconv.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code run}: an extraction as a file. */
@Command(
        name = "run",
        description = "Does what a job file says; options of 'extract' override it.",
        customSynopsis = "jobs/submit run JOB.yaml [options of extract]",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec specification;

    @Parameters(
            index = "0",
            paramLabel = "JOB.yaml",
            description = "job file; its keys are the options of 'extract', with underscores for hyphens")
    private Path job;

    @Unmatched
    private final List<String> overrides = new ArrayList<>();

    @Override
    public Integer call() {
        CommandLine extract =
                specification.commandLine().getParent().getSubcommands().get("extract");
        return extract.setOverwrittenOptionsAllowed(true)
                .execute(JobFile.arguments(job, overrides).toArray(String[]::new));
    }
}
