package io.sparkconv.benchmark;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkconv.conv.Accuracy;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code jobs/benchmark layers}: this project and ONNX Runtime on one core, a row a layer. */
@Command(
        name = "layers",
        mixinStandardHelpOptions = true,
        description = "Times layers against ONNX Runtime: one core, one image, from map to map; packing of weights excluded.")
final class LayersCommand implements Callable<Integer> {
    @Option(
            names = "--layer",
            description = "in=64,out=64,k=3,s=1,p=1,d=1,g=1,size=56x56[,transposed,op=1], keys in any order; may be given "
                    + "several times. Without it: the standard set.")
    private List<String> layers = new ArrayList<>();

    @Option(names = "--json", description = "File to write the rows to, as JSON.")
    private Path json;

    @Option(
            names = "--accuracy",
            defaultValue = "default",
            description = "default, or fast: errors of up to 2e-5 of the largest magnitude.")
    private Accuracy accuracy;

    @Option(names = "--seconds", defaultValue = "3", description = "Seconds of measuring a layer (default: 3).")
    private double seconds;

    @Option(
            names = "--clock",
            defaultValue = "wall",
            description = "wall, or cpu: the thread's own time, which other programs disturb less (default: wall).")
    private Clock clock;

    @Option(
            names = "--quantile",
            defaultValue = "0.5",
            description = "Which of the times of a layer counts; a low one on a machine that others use (default: 0.5).")
    private double quantile;

    /** What time is. */
    private enum Clock {
        WALL,
        CPU;

        LongSupplier nanoseconds() {
            return this == WALL ? System::nanoTime : ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime;
        }
    }

    @Override
    public Integer call() throws OrtException, IOException {
        List<BenchmarkLayer> parsed = (layers.isEmpty() ? BenchmarkLayer.STANDARD : layers)
                .stream().map(BenchmarkLayer::parse).toList();
        System.out.printf(
                Locale.ROOT,
                "%-52s %9s %9s %6s %6s %9s %9s %7s%n",
                "layer",
                "ours ms",
                "ORT ms",
                "ratio",
                "peak",
                "error",
                "ORT error",
                "warm s");
        LayerMeasurement measurement = new LayerMeasurement(accuracy, seconds, quantile, clock.nanoseconds());
        List<LayerResult> results = new ArrayList<>();
        double logarithms = 0;
        for (BenchmarkLayer layer : parsed) {
            LayerResult result = measurement.measure(layer);
            results.add(result);
            logarithms += Math.log(result.ratio());
            System.out.printf(
                    Locale.ROOT,
                    "%-52s %9.3f %9.3f %6.2f %6.2f %9.1e %9.1e %7.2f%n",
                    result.layer(),
                    result.ours(),
                    result.onnxRuntime(),
                    result.ratio(),
                    result.peakShare(),
                    result.error(),
                    result.onnxRuntimeError(),
                    result.warmUpSeconds());
        }
        System.out.printf(Locale.ROOT, "geometric mean of ratios: %.3f%n", Math.exp(logarithms / results.size()));
        if (json != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), Map.of("layers", results));
        }
        return 0;
    }

    /** Exit codes: 0 done, 1 failed, 2 bad usage. */
    public static void main(String[] arguments) {
        CommandLine command = new CommandLine(new Benchmark());
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setExecutionExceptionHandler((e, line, result) -> {
            line.getErr().println(e.getMessage());
            return e instanceof IllegalArgumentException ? 2 : 1;
        });
        System.exit(command.execute(arguments));
    }

    /** The commands of {@code jobs/benchmark}. */
    @Command(name = "benchmark", mixinStandardHelpOptions = true, subcommands = LayersCommand.class)
    private static final class Benchmark {}
}
