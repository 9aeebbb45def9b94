package io.sparkconv.benchmark;

import ai.onnxruntime.OrtException;
import io.sparkconv.conv.Accuracy;
import io.sparkconv.kernel.FusedMultiplyAddPeak;
import io.sparkconv.tensor.FeatureMap;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code jobs/benchmark networks}: this project and ONNX Runtime on one core, whole networks with the same weights. */
@Command(
        name = "networks",
        mixinStandardHelpOptions = true,
        description = "Times whole networks (with random weights, or of ONNX files) against ONNX Runtime: one core, one image, from map to map; "
                + "packing of weights excluded. Fails if the outputs differ by more than 1e-3 of the largest magnitude.")
final class NetworksCommand implements Callable<Integer> {
    private static final double WARM_UP_SECONDS = 3;
    private static final double SECONDS = 5;

    @Mixin
    private NetworkOptions networks;

    @Mixin
    private TimingOptions timing;

    @Mixin
    private JsonFile json;

    @Spec
    private CommandSpec specification;

    @Override
    public Integer call() throws OrtException, IOException {
        List<NetworkOptions.Source> sources = networks.sources(List.of(BenchmarkNetwork.values()));
        json.requireWritable();
        timing.requireValid();
        InterleavedTiming turns = timing.timing(WARM_UP_SECONDS, SECONDS, () -> {});
        PrintWriter out = specification.commandLine().getOut();
        out.printf("Java %s, %s%n", System.getProperty("java.version"), FusedMultiplyAddPeak.width());
        out.printf(
                Locale.ROOT,
                "%-18s %9s %9s %6s %9s %9s %9s %10s %10s%n",
                "network",
                "ours ms",
                "ORT ms",
                "ratio",
                "images/s",
                "ORT im/s",
                "error",
                "alloc. KB",
                "output KB");
        List<NetworkResult> results = new ArrayList<>();
        for (NetworkOptions.Source source : sources) {
            NetworkResult result = TemporaryFolder.with(folder -> measure(source.load(folder), timing.accuracy(), turns));
            results.add(result);
            out.printf(
                    Locale.ROOT,
                    "%-18s %9.2f %9.2f %6.2f %9.1f %9.1f %9.1e %10.1f %10.1f%n",
                    result.network(),
                    result.ours(),
                    result.onnxRuntime(),
                    result.ratio(),
                    result.imagesPerSecond(),
                    result.onnxRuntimeImagesPerSecond(),
                    result.error(),
                    result.allocatedBytes() / 1e3,
                    result.outputBytes() / 1e3);
            out.flush();
        }
        out.printf(
                Locale.ROOT,
                "geometric mean of ratios: %.3f%n",
                GeometricMean.of(results.stream().map(NetworkResult::ratio).toList()));
        out.flush();
        json.write(Map.of("networks", results));
        requireSame(results);
        return 0;
    }

    private static NetworkResult measure(NetworkModel model, Accuracy accuracy, InterleavedTiming turns)
            throws OrtException {
        FeatureMap image = new FeatureMap(
                model.input(),
                LayerValues.gaussian(new Random(42), model.input().arrayLength(), 1));
        List<OnnxRuntime> peers = OnnxRuntime.sessions(OnnxRuntime.file(model.file()), image);
        try {
            List<String> outputs = peers.get(0).outputNames().stream()
                    .map(model.loaded()::layer)
                    .toList();
            Contender ours = OurEngine.network(model, outputs, accuracy, image);
            Timing times = turns.measure(ours, peers);
            double error = OutputDifference.of(ours.outputs(), times.peer().outputs());
            long outputBytes = ours.outputs().stream()
                    .mapToLong(output -> (long) Float.BYTES * output.values().length)
                    .sum();
            return NetworkResult.of(model.name(), times, error, Allocation.bytesPerRun(ours), outputBytes);
        } finally {
            for (OnnxRuntime peer : peers) {
                peer.close();
            }
        }
    }

    private static void requireSame(List<NetworkResult> results) {
        Stream<String> others = results.stream()
                .filter(result -> !result.isSame())
                .map(result -> result.network() + " (" + result.error() + ")");
        List<String> names = others.toList();
        if (!names.isEmpty()) {
            throw new IllegalStateException("Cannot compare " + String.join(", ", names)
                    + ": the outputs differ by more than " + NetworkResult.MOST_ERROR + " of the largest magnitude");
        }
    }
}
