package io.sparkconv.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java in which benchmarks run in processes of their own, with the class path and the options of this one. */
final class BenchmarkJvm {
    private final Path java;
    private final String version;

    private BenchmarkJvm(Path java, String version) {
        this.java = java;
        this.version = version;
    }

    /**
     * The Java of a folder.
     *
     * @throws IllegalArgumentException if there is none
     */
    static BenchmarkJvm of(Path home) throws IOException, InterruptedException {
        Path java = home.resolve("bin").resolve("java");
        if (!Files.isExecutable(java)) {
            throw new IllegalArgumentException("Cannot use --java-home " + home + ": there is no program " + java);
        }
        Process process = new ProcessBuilder(java.toString(), "-XshowSettings:properties", "-version")
                .redirectErrorStream(true)
                .start();
        String settings = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String version = settings.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("java.version = "))
                .map(line -> line.substring("java.version = ".length()))
                .findFirst()
                .orElse("");
        if (process.waitFor() != 0 || version.isEmpty()) {
            throw new IllegalArgumentException("Cannot use --java-home " + home + ": " + java + " tells no version");
        }
        return new BenchmarkJvm(java, version);
    }

    /** {@code 17.0.15}. */
    String version() {
        return version;
    }

    /**
     * Runs {@code jobs/benchmark} with some arguments to its end.
     *
     * @throws IllegalStateException if it fails; the message has what it printed
     */
    void run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        // the same heap, module and species, and what the user added
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add(Main.class.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("Cannot run a benchmark in Java " + version + ": " + printed);
        }
    }
}
