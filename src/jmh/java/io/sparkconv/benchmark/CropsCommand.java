package io.sparkconv.benchmark;

import io.sparkconv.kernel.FusedMultiplyAddPeak;
import io.sparkconv.network.GlobalLayer;
import io.sparkconv.network.GlobalPooling;
import io.sparkconv.network.Network;
import io.sparkconv.spark.BadImages;
import io.sparkconv.spark.ExistingOutput;
import io.sparkconv.spark.Extraction;
import io.sparkconv.spark.ExtractionMetrics;
import io.sparkconv.spark.FeatureExtractor;
import io.sparkconv.spark.OutputForm;
import io.sparkconv.tensor.ElementType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jobs/benchmark crops}: where the time goes from JPEG files in a table to a table of embeddings. */
@Command(
        name = "crops",
        mixinStandardHelpOptions = true,
        description = "Cuts parts of the size of the network's input from photographs, and shows what part of the tasks' time each "
                + "step from their JPEG files to a table of pooled vectors takes in 'extract': samples of the tasks' stacks, from the "
                + "JVM's start, so with the time that the compiler needs.")
final class CropsCommand implements Callable<Integer> {
    @Mixin
    private NetworkOptions networks;

    @Option(names = "--images", defaultValue = "1000", description = "Rows of the table (default: 1000).")
    private int images;

    @Mixin
    private BenchmarkSession spark;

    @Mixin
    private JsonFile json;

    @Spec
    private CommandSpec specification;

    @Override
    public Integer call() throws IOException {
        List<NetworkOptions.Source> sources =
                networks.sources(List.of(BenchmarkNetwork.RESNET18, BenchmarkNetwork.RESNET50));
        json.requireWritable();
        spark.requireLocal();
        SparkCommand.requirePositive("--images", images);
        PrintWriter out = specification.commandLine().getOut();
        List<CropsResult> results = new ArrayList<>();
        spark.with(session -> {
            out.printf("Java %s, %s, %s%n", System.getProperty("java.version"), FusedMultiplyAddPeak.width(), spark.master());
            for (NetworkOptions.Source source : sources) {
                CropsResult result = TemporaryFolder.with(folder -> measure(session, source.load(folder), folder));
                results.add(result);
                print(out, result);
            }
        });
        json.write(Map.of("networks", results));
        return 0;
    }

    private CropsResult measure(SparkSession session, NetworkModel model, Path folder) throws IOException {
        model.requireColours();
        String table = folder.resolve("images.parquet").toString();
        new PhotographCrops(model.input().height(), model.input().width())
                .writeJpeg(session, images, 2 * spark.tasks(), table);
        String layer = embedding(model.network());
        boolean isPooled = model.network().node(layer).layer() instanceof GlobalLayer;
        Network network = isPooled
                ? model.network()
                : model.network().withGlobalPooling(List.of(layer), GlobalPooling.of(GlobalPooling.Function.AVERAGE));
        Extraction extraction = new Extraction(
                table,
                network,
                List.of(layer),
                folder.resolve("vectors").toString(),
                OutputForm.VECTORS,
                Optional.empty(),
                ElementType.FLOAT32,
                BadImages.PERMISSIVE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ExistingOutput.REFUSE);
        TaskProfile profile = new TaskProfile();
        ExtractionMetrics metrics;
        try (profile) {
            metrics = FeatureExtractor.run(session, extraction);
        }
        if (metrics.summary().refused() > 0) {
            throw new IllegalStateException("Cannot measure " + model.name() + ": "
                    + metrics.summary().refused() + " images were refused");
        }
        return new CropsResult(
                model.name(), layer, images, metrics.wallSeconds(), metrics.taskCoreSeconds(), profile.shares());
    }

    /** The last pooled map before a classifier, or where there is none the first output. */
    private static String embedding(Network network) {
        String pooled = network.outputs().get(0);
        for (Network.Node node : network.nodes()) {
            if (node.layer() instanceof GlobalPooling) {
                pooled = node.name();
            }
        }
        return pooled;
    }

    private static void print(PrintWriter out, CropsResult result) {
        out.printf(
                Locale.ROOT,
                "%s, layer %s: %d images in %.1f s, %.1f a second; tasks took %.1f s, of which%n",
                result.network(),
                result.layer(),
                result.images(),
                result.seconds(),
                result.imagesPerSecond(),
                result.taskSeconds() == null ? Double.NaN : result.taskSeconds());
        result.shares().forEach((step, share) -> out.printf(
                Locale.ROOT,
                "  %-10s %5.1f %%%s%n",
                step.name().toLowerCase(Locale.ROOT),
                100 * share,
                CropsResult.isLarge(step, share) ? "  (more than " + 100 * CropsResult.MOST_SHARE + " %)" : ""));
        out.flush();
    }
}
