package io.sparkconv.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jobs/benchmark stability}: whether a layer's speed depends on the JVM's luck; {@code layers} in several fresh ones. */
@Command(
        name = "stability",
        mixinStandardHelpOptions = true,
        description = "Runs 'layers' in several fresh JVMs, one after the other, and shows for each row the median of its ratios "
                + "and the worst: a compiler that is lucky in one JVM and not in the next shows here. With --shuffle each "
                + "JVM has an order of its own (SEED, SEED + 1, …).")
final class StabilityCommand implements Callable<Integer> {
    private static final double WARM_UP_SECONDS = 1;
    private static final double SECONDS = 0.7;

    @Option(names = "--jvms", defaultValue = "10", description = "JVMs of each Java (default: 10).")
    private int jvms;

    @Option(
            names = "--java-home",
            paramLabel = "HOME",
            description = "Folder of a Java to run, may be given several times (default: the one that runs this).")
    private List<Path> homes = new ArrayList<>();

    @Mixin
    private LayerOptions layers;

    @Mixin
    private TimingOptions timing;

    @Mixin
    private JsonFile json;

    @Spec
    private CommandSpec specification;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<BenchmarkLayer> all = layers.unshuffled();
        json.requireWritable();
        timing.requireValid();
        if (jvms < 1) {
            throw new IllegalArgumentException("Cannot use --jvms " + jvms + ": at least 1 is needed");
        }
        List<BenchmarkJvm> javas = new ArrayList<>();
        for (Path home : homes.isEmpty() ? List.of(Path.of(System.getProperty("java.home"))) : homes) {
            javas.add(BenchmarkJvm.of(home));
        }
        List<Map<String, Object>> reports = new ArrayList<>();
        for (BenchmarkJvm java : javas) {
            List<LayerStability> rows = measure(java, all);
            print(java, rows);
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("java", java.version());
            report.put("jvms", jvms);
            report.put("layers", rows);
            reports.add(report);
        }
        json.write(Map.of("javas", reports));
        return 0;
    }

    private List<LayerStability> measure(BenchmarkJvm java, List<BenchmarkLayer> all)
            throws IOException, InterruptedException {
        Map<String, List<Double>> ratios = new LinkedHashMap<>();
        all.forEach(layer -> ratios.put(layer.text(), new ArrayList<>()));
        PrintWriter errors = specification.commandLine().getErr();
        Path file = Files.createTempFile("layers", ".json");
        try {
            for (int jvm = 0; jvm < jvms; jvm++) {
                errors.printf("Java %s, JVM %d of %d …%n", java.version(), jvm + 1, jvms);
                errors.flush();
                List<String> arguments = new ArrayList<>(List.of("layers", "--json", file.toString()));
                arguments.addAll(timing.arguments(WARM_UP_SECONDS, SECONDS));
                for (BenchmarkLayer layer : layers.layers(jvm)) {
                    arguments.add("--layer");
                    arguments.add(layer.text());
                }
                java.run(arguments);
                for (JsonNode row : new ObjectMapper().readTree(file.toFile()).get("layers")) {
                    ratios.get(row.get("layer").textValue())
                            .add(row.get("ratio").doubleValue());
                }
            }
        } finally {
            Files.delete(file);
        }
        return ratios.entrySet().stream()
                .map(entry -> LayerStability.of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private void print(BenchmarkJvm java, List<LayerStability> rows) {
        PrintWriter out = specification.commandLine().getOut();
        out.printf("Java %s, %d JVMs%n", java.version(), jvms);
        out.printf(Locale.ROOT, "%-52s %6s %6s %12s%n", "layer", "median", "worst", "worst/median");
        for (LayerStability row : rows) {
            out.printf(
                    Locale.ROOT,
                    "%-52s %6.2f %6.2f %12.2f%s%n",
                    row.layer(),
                    row.median(),
                    row.worst(),
                    row.worstShare(),
                    row.isUnstable()
                            ? " below " + LayerStability.LEAST_SHARE + ", in " + row.below() + " of " + jvms + " JVMs"
                            : "");
        }
        out.printf(
                Locale.ROOT,
                "geometric mean of medians: %.3f; rows below %.2f of their median: %d of %d%n",
                GeometricMean.of(rows.stream().map(LayerStability::median).toList()),
                LayerStability.LEAST_SHARE,
                rows.stream().filter(LayerStability::isUnstable).count(),
                rows.size());
        out.flush();
    }
}
