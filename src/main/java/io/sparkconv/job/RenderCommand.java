package io.sparkconv.job;

import io.sparkconv.spark.ExistingOutput;
import io.sparkconv.spark.RunTables;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code render}: a contact sheet. */
@Command(
        name = "render",
        description = "Draws a contact sheet: every image beside its feature maps, as PNG.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RenderCommand implements Runnable {
    @Option(names = "--images", required = true, paramLabel = "TABLE", description = "image table of the run")
    private String images;

    @Option(names = "--table", required = true, paramLabel = "TABLE", description = "feature-map table of the run")
    private String table;

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "PNG to write")
    private Path to;

    @Option(names = "--image-column", paramLabel = "C", description = "column with the images; default: recognised")
    private Optional<String> imageColumn = Optional.empty();

    @Option(names = "--id-column", paramLabel = "C", description = "column with the ids; default: recognised")
    private Optional<String> idColumn = Optional.empty();

    @Option(names = "--input-layer", paramLabel = "L", description = "layer of a tile table to read")
    private Optional<String> inputLayer = Optional.empty();

    @Option(names = "--overwrite", description = "replace a file that exists")
    private boolean overwrite;

    @Override
    public void run() {
        ContactSheetFile.requireWritable(to, overwrite ? ExistingOutput.REPLACE : ExistingOutput.REFUSE);
        SparkSessions.with("render", session -> {
            Progress.begin("Rendering " + table);
            ContactSheetFile.write(session, new RunTables(images, table, imageColumn, idColumn, inputLayer), to);
        });
    }
}
