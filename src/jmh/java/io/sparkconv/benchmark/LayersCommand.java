package io.sparkconv.benchmark;

import ai.onnxruntime.OrtException;
import io.sparkconv.kernel.FusedMultiplyAddPeak;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code jobs/benchmark layers}: this project and ONNX Runtime on one core, a row a layer. */
@Command(
        name = "layers",
        mixinStandardHelpOptions = true,
        description = "Times layers against ONNX Runtime: one core, one image, from map to map; packing of weights excluded.",
        footer = "Share: multiply-adds of the layer's definition a second over those of the processor's peak. Minimal "
                + "filtering (Winograd) takes fewer than the definition, so that its layers may pass 1; all others stay below.")
final class LayersCommand implements Callable<Integer> {
    private static final double WARM_UP_SECONDS = 1.5;
    private static final double SECONDS = 2;

    @Mixin
    private LayerOptions layers;

    @Mixin
    private TimingOptions timing;

    @Mixin
    private JsonFile json;

    @Spec
    private CommandSpec specification;

    @Override
    public Integer call() throws OrtException, IOException {
        List<BenchmarkLayer> all = layers.layers();
        json.requireWritable();
        timing.requireValid();
        PeakMeter peak = new PeakMeter(timing.nanoseconds());
        LayerMeasurement measurement = new LayerMeasurement(
                timing.accuracy(), timing.timing(WARM_UP_SECONDS, SECONDS, peak::measure), peak);
        PrintWriter out = specification.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "Java %s, %s, peak %.1f GFLOP/s; share: of that peak, by the layer's definition (minimal filtering may pass 1)%n",
                System.getProperty("java.version"),
                FusedMultiplyAddPeak.width(),
                peak.operationsPerSecond() / 1e9);
        out.printf(
                Locale.ROOT,
                "%-52s %9s %9s %6s %6s %9s %9s %7s%n",
                "layer",
                "ours ms",
                "ORT ms",
                "ratio",
                "share",
                "error",
                "ORT error",
                "warm s");
        List<LayerResult> results = new ArrayList<>();
        for (BenchmarkLayer layer : all) {
            LayerResult result = measurement.measure(layer);
            results.add(result);
            out.printf(
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
            out.flush();
        }
        out.printf(
                Locale.ROOT,
                "geometric mean of ratios: %.3f%n",
                GeometricMean.of(results.stream().map(LayerResult::ratio).toList()));
        out.flush();
        json.write(Map.of("layers", results));
        return 0;
    }
}
