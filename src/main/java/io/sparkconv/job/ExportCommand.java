package io.sparkconv.job;

import io.sparkconv.spark.ExistingOutput;
import io.sparkconv.spark.MapExport;
import io.sparkconv.spark.MapExporter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code export}: maps to files. */
@Command(
        name = "export",
        description = "Writes the maps of a tile table to files <image>.<layer>.npy or .png.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ExportCommand implements Runnable {
    @Option(names = "--table", required = true, paramLabel = "TABLE", description = "tile table to read")
    private String table;

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "folder for the files")
    private String to;

    @Option(
            names = "--format",
            paramLabel = "npy|png",
            defaultValue = "npy",
            description = "npy (float32 values) or png (pictures); default: npy")
    private String format;

    @Option(names = "--image", paramLabel = "ID", description = "only this image")
    private Optional<String> image = Optional.empty();

    @Option(names = "--layer", paramLabel = "L", description = "only this layer")
    private Optional<String> layer = Optional.empty();

    @Option(names = "--overwrite", description = "replace files that exist")
    private boolean overwrite;

    @Override
    public void run() {
        MapExport export = new MapExport(
                table,
                to,
                MapExport.Format.of(format),
                image,
                layer,
                overwrite ? ExistingOutput.REPLACE : ExistingOutput.REFUSE);
        SparkSessions.with("export", session -> {
            Progress progress = Progress.begin("Exporting " + table);
            progress.end("maps", MapExporter.run(session, export));
            System.out.println("Files: " + to);
        });
    }
}
