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
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jobs/benchmark networks}: this project and ONNX Runtime on one core, whole networks with the same weights. */
@Command(
        name = "networks",
        mixinStandardHelpOptions = true,
        description = "Times whole networks with random weights against ONNX Runtime: one core, one image, from map to map; "
                + "packing of weights excluded. Fails if the outputs differ by more than 1e-3 of the largest magnitude.")
final class NetworksCommand implements Callable<Integer> {
    private static final double WARM_UP_SECONDS = 3;
    private static final double SECONDS = 5;

    @Option(
            names = "--network",
            split = ",",
            paramLabel = "NAME",
            description = "chain, resnet18, resnet50, resnet50_unfolded (batch normalization by itself), vgg16, mobilenetv2, "
                    + "squeezenet, esrgan_slim_x2, waifu2x_upconv7; several with commas between (default: all).")
    private List<String> names = new ArrayList<>();

    @Mixin
    private TimingOptions timing;

    @Mixin
    private JsonFile json;

    @Spec
    private CommandSpec specification;

    @Override
    public Integer call() throws OrtException, IOException {
        List<BenchmarkNetwork> networks = names.isEmpty()
                ? List.of(BenchmarkNetwork.values())
                : names.stream().map(String::trim).map(BenchmarkNetwork::of).toList();
        json.requireWritable();
        timing.requireValid();
        InterleavedTiming turns = timing.timing(WARM_UP_SECONDS, SECONDS, () -> {});
        PrintWriter out = specification.commandLine().getOut();
        out.printf("Java %s, %s%n", System.getProperty("java.version"), FusedMultiplyAddPeak.width());
        out.printf(
                Locale.ROOT,
                "%-18s %9s %9s %6s %9s %9s %9s%n",
                "network",
                "ours ms",
                "ORT ms",
                "ratio",
                "images/s",
                "ORT im/s",
                "error");
        List<NetworkResult> results = new ArrayList<>();
        for (BenchmarkNetwork network : networks) {
            NetworkResult result = measure(network.description(), timing.accuracy(), turns);
            results.add(result);
            out.printf(
                    Locale.ROOT,
                    "%-18s %9.2f %9.2f %6.2f %9.1f %9.1f %9.1e%n",
                    result.network(),
                    result.ours(),
                    result.onnxRuntime(),
                    result.ratio(),
                    result.imagesPerSecond(),
                    result.onnxRuntimeImagesPerSecond(),
                    result.error());
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

    private static NetworkResult measure(NetworkDescription network, Accuracy accuracy, InterleavedTiming turns)
            throws OrtException {
        FeatureMap input = new FeatureMap(
                network.input(),
                LayerValues.gaussian(new Random(42), network.input().arrayLength(), 1));
        Contender ours = OurEngine.network(network, accuracy, input.values());
        List<OnnxRuntime> peers =
                OnnxRuntime.sessions(network.onnx(), input, network.outputShape(), network.dimensions());
        try {
            Timing times = turns.measure(ours, peers);
            double error = NetworkResult.error(ours.output(), times.peer().output());
            return NetworkResult.of(network.name(), times, error);
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
