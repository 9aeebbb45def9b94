package io.sparkconv.benchmark;

import ai.onnxruntime.OrtException;
import io.sparkconv.benchmark.OnnxRuntimeTask.Pooling;
import io.sparkconv.kernel.FusedMultiplyAddPeak;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jobs/benchmark spark}: this project and ONNX Runtime in Spark, from table to table. */
@Command(
        name = "spark",
        mixinStandardHelpOptions = true,
        description = "Times whole networks in Spark, from a table of decoded photographs to a table of vectors or maps: the classes of "
                + "'extract' and ONNX Runtime in Dataset.mapPartitions (one session a JVM, one thread a task), in turns. Fails "
                + "if the outputs differ by more than 1e-3 of the largest magnitude.")
final class SparkCommand implements Callable<Integer> {
    @Mixin
    private NetworkOptions networks;

    @Option(names = "--images", defaultValue = "200", description = "Rows of the table (default: 200).")
    private int images;

    @Option(names = "--turns", defaultValue = "3", description = "Runs of each side that count (default: 3).")
    private int turns;

    @Option(
            names = "--warm-up-turns",
            defaultValue = "1",
            description = "Runs of each side before those (default: 1).")
    private int warmUpTurns;

    @Option(names = "--pool", description = "Write the mean of each channel in place of the output's map.")
    private boolean isPooled;

    @Mixin
    private BenchmarkSession spark;

    @Mixin
    private JsonFile json;

    @Spec
    private CommandSpec specification;

    @Override
    public Integer call() throws OrtException, IOException {
        List<NetworkOptions.Source> sources =
                networks.sources(List.of(BenchmarkNetwork.RESNET18, BenchmarkNetwork.RESNET50, BenchmarkNetwork.MOBILENETV2));
        json.requireWritable();
        spark.requireLocal();
        requirePositive("--images", images);
        requirePositive("--turns", turns);
        requirePositive("--warm-up-turns", warmUpTurns);
        PrintWriter out = specification.commandLine().getOut();
        List<SparkResult> results = new ArrayList<>();
        spark.with(session -> {
            out.printf("Java %s, %s, %s%n", System.getProperty("java.version"), FusedMultiplyAddPeak.width(), spark.master());
            out.printf(Locale.ROOT, "%-18s %7s %9s %9s %6s %9s%n", "network", "images", "images/s", "ORT im/s", "ratio", "error");
            for (NetworkOptions.Source source : sources) {
                SparkResult result = TemporaryFolder.with(folder -> measure(session, source.load(folder), folder));
                results.add(result);
                print(out, result);
            }
        });
        out.printf(
                Locale.ROOT,
                "geometric mean of ratios: %.3f%n",
                GeometricMean.of(results.stream().map(SparkResult::ratio).toList()));
        out.flush();
        json.write(Map.of("networks", results));
        List<String> others = results.stream()
                .filter(result -> !(result.error() <= NetworkResult.MOST_ERROR))
                .map(result -> result.network() + " (" + result.error() + ")")
                .toList();
        if (!others.isEmpty()) {
            throw new IllegalStateException("Cannot compare " + String.join(", ", others)
                    + ": the tables differ by more than " + NetworkResult.MOST_ERROR + " of the largest magnitude");
        }
        return 0;
    }

    static void requirePositive(String option, int number) {
        if (number < 1) {
            throw new IllegalArgumentException("Cannot use " + option + " " + number + ": at least 1 is needed");
        }
    }

    private SparkResult measure(SparkSession session, NetworkModel model, Path folder)
            throws OrtException, IOException {
        model.requireColours();
        String table = folder.resolve("images.parquet").toString();
        new PhotographCrops(model.input().height(), model.input().width())
                .writePixels(session, images, 2 * spark.tasks(), table);
        String output = OnnxRuntimeSessions.of(model.file().toString())
                .getOutputNames()
                .iterator()
                .next();
        Pooling pooling = isPooled ? Pooling.AVERAGE : Pooling.NONE;
        return new SparkMeasurement(session, model, output, pooling, table, folder)
                .measure(warmUpTurns, turns, images, spark.master());
    }

    private static void print(PrintWriter out, SparkResult result) {
        out.printf(
                Locale.ROOT,
                "%-18s %7d %9.1f %9.1f %6.2f %9.1e%n",
                result.network(),
                result.images(),
                result.imagesPerSecond(),
                result.onnxRuntimeImagesPerSecond(),
                result.ratio(),
                result.error());
        out.flush();
    }
}
