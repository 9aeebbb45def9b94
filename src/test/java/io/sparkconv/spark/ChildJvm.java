package io.sparkconv.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;

/** Runs a main class of the tests in a JVM of its own, with the tests' class path and Spark's options. */
final class ChildJvm {
    private ChildJvm() {}

    /** The class path of this JVM. */
    static String classPath() {
        return System.getProperty("java.class.path");
    }

    /** Waits for the end; fails unless it ends with exit code 0. */
    static void run(Path log, Map<String, String> environment, String heap, Class<?> main, Object... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Arrays.asList(JavaModuleOptions.defaultModuleOptionArray()));
        command.add("-Xmx" + heap);
        command.add("-Djava.awt.headless=true");
        command.add("-Dlog4j2.configurationFile=" + System.getProperty("log4j2.configurationFile"));
        command.add(main.getName());
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .directory(log.getParent().toFile());
        builder.environment().put("CLASSPATH", classPath());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(log::toString).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }

    /** A folder that Spark takes for its home: with the jars that the build put together. */
    static Path sparkHome(Path folder) throws IOException {
        Path jars = Path.of(System.getProperty("project.build", "target"), "spark", "jars")
                .toAbsolutePath();
        assertThat(jars).isDirectory();
        Path home = Files.createDirectories(folder);
        Files.createSymbolicLink(home.resolve("jars"), jars);
        return home;
    }

    /** The class path with absolute folders, for processes that run elsewhere. */
    static String absoluteClassPath() {
        return String.join(
                File.pathSeparator,
                Arrays.stream(classPath().split(File.pathSeparator))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .toList());
    }
}
