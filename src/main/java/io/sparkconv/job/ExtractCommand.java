package io.sparkconv.job;

import io.sparkconv.conv.Accuracy;
import io.sparkconv.network.Network;
import io.sparkconv.network.yaml.InputReader;
import io.sparkconv.spark.BadImages;
import io.sparkconv.spark.ExistingOutput;
import io.sparkconv.spark.Extraction;
import io.sparkconv.spark.ExtractionMetrics;
import io.sparkconv.spark.FeatureExtractor;
import io.sparkconv.spark.OutputForm;
import io.sparkconv.tensor.ElementType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code extract}: the main job. */
@Command(
        name = "extract",
        description = "Runs a network over an image table and writes a feature-map table.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ExtractCommand implements Runnable {
    @Mixin
    private ImageTableOptions images;

    @Option(names = "--network", required = true, paramLabel = "FILE", description = "network to run (YAML or ONNX)")
    private Path network;

    @Option(names = "--output", required = true, paramLabel = "TABLE", description = "feature-map table to write")
    private String output;

    @Option(
            names = "--layers",
            split = ",",
            paramLabel = "NAME",
            description =
                    "layers to write, of an ONNX file by the names of nodes or tensors; default: the network's outputs")
    private List<String> layers = List.of();

    @Option(
            names = "--pool",
            paramLabel = "FUNCTION",
            description = "write one value a channel in place of each map: avg, max, or gem, the generalised mean"
                    + " (mean of max(x, 1e-6)^P)^(1/P) with P 3, or P as in gem:4")
    private Optional<String> pool = Optional.empty();

    @Option(
            names = "--vectors",
            description = "write maps of one pixel, such as pooled ones, as rows with an array of floats")
    private boolean vectors;

    @Option(
            names = "--preprocessing",
            paramLabel = "YAML",
            description = "what is done to images in place of the network's own: {resize: …, center_crop: …,"
                    + " channel_order: …, scale: …, mean: …, std: …}, or some of it")
    private Optional<String> preprocessing = Optional.empty();

    @Option(
            names = "--tile",
            paramLabel = "N|HxW|DxHxW|auto|none",
            defaultValue = "auto",
            description = "size of tiles in pixels of the image, resized and cropped; default: auto")
    private String tile;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "permissive",
            description = "for images that can't be used: permissive (error table), failfast, dropmalformed;"
                    + " default: permissive")
    private String mode;

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            defaultValue = "float32",
            description = "type of the values: float32, float16, uint8; default: float32")
    private String elementType;

    @Option(
            names = "--accuracy",
            paramLabel = "ACCURACY",
            defaultValue = "default",
            description = "default, or fast: fewer products, errors of up to 2e-5 of the largest magnitude")
    private String accuracy;

    @Option(names = "--errors", paramLabel = "TABLE", description = "error table; default: <output>_errors")
    private Optional<String> errors = Optional.empty();

    @Option(names = "--contact-sheet", paramLabel = "FILE", description = "PNG of the images beside their maps")
    private Optional<Path> contactSheet = Optional.empty();

    @Option(names = "--overwrite", description = "replace outputs that exist")
    private boolean overwrite;

    @Override
    public void run() {
        if (vectors && contactSheet.isPresent()) {
            throw new IllegalArgumentException(
                    "Cannot draw a contact sheet of vectors: leave out --vectors or --contact-sheet");
        }
        LoadedNetwork loaded = LoadedNetwork.load(network);
        List<String> written = loaded.layers(layers);
        Extraction extraction = new Extraction(
                images.images(),
                pooled(preprocessed(loaded.network()).withAccuracy(Accuracy.of(accuracy)), written),
                written,
                output,
                vectors ? OutputForm.VECTORS : OutputForm.TILES,
                TileOption.of(tile),
                ElementType.of(elementType),
                BadImages.of(mode),
                images.imageColumn(),
                images.idColumn(),
                images.inputLayer(),
                errors,
                overwrite ? ExistingOutput.REPLACE : ExistingOutput.REFUSE);
        SparkSessions.with("extract", session -> extract(session, extraction));
    }

    /** The network whose written layers are pooled, where that is asked for. */
    private Network pooled(Network whole, List<String> written) {
        return pool.map(PoolOption::of)
                .map(pooling -> whole.withGlobalPooling(written.isEmpty() ? whole.outputs() : written, pooling))
                .orElse(whole);
    }

    private Network preprocessed(Network whole) {
        return preprocessing
                .map(text -> new Network(InputReader.changed(whole.input(), text), whole.nodes(), whole.outputs()))
                .orElse(whole);
    }

    private void extract(SparkSession session, Extraction extraction) {
        contactSheet.ifPresent(file -> ContactSheetFile.requireWritable(file, extraction.existing()));
        Progress progress = Progress.begin("Extracting " + String.join(", ", extraction.writtenLayers())
                + " from the images in " + images.images());
        ExtractionMetrics metrics = FeatureExtractor.run(session, extraction);
        progress.end("images", metrics.summary());
        if (metrics.tiles() > 0) {
            System.out.println(MetricsText.of(metrics));
        }
        System.out.println((vectors ? "Vectors: " : "Feature maps: ") + output);
        if (extraction.badImages() == BadImages.PERMISSIVE && metrics.summary().refused() > 0) {
            System.out.println("Refused images: " + extraction.errorTable());
        }
        contactSheet.ifPresent(file -> ContactSheetFile.write(session, images.with(output), file));
    }
}
