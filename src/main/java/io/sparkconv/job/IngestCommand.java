package io.sparkconv.job;

import io.sparkconv.spark.BadImages;
import io.sparkconv.spark.ExistingOutput;
import io.sparkconv.spark.FileIngestor;
import io.sparkconv.spark.Ingestion;
import io.sparkconv.spark.JobSummary;
import io.sparkconv.tile.TileSize;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ingest}: files to a table. */
@Command(
        name = "ingest",
        description = "Writes files (JPEG, PNG, TIFF, BMP, GIF, WAV, NIfTI, .npy) to an image table.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class IngestCommand implements Runnable {
    @Option(
            names = "--from",
            required = true,
            paramLabel = "DIR_OR_GLOB",
            description = "folder (with all below it), file or glob pattern")
    private String from;

    @Option(names = "--to", required = true, paramLabel = "TABLE", description = "table to write")
    private String to;

    @Option(
            names = "--tile",
            paramLabel = "N|HxW|DxHxW|none",
            description = "decode the files and cut them into tiles of this size; default: keep the files as they are")
    private Optional<String> tile = Optional.empty();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "permissive",
            description = "for files that can't be used: permissive (error table), failfast, dropmalformed;"
                    + " default: permissive")
    private String mode;

    @Option(names = "--errors", paramLabel = "TABLE", description = "error table; default: <to>_errors")
    private Optional<String> errors = Optional.empty();

    @Option(names = "--overwrite", description = "replace a table that exists")
    private boolean overwrite;

    @Override
    public void run() {
        Ingestion ingestion = new Ingestion(
                from,
                to,
                tile.map(TileSize::of),
                BadImages.of(mode),
                errors,
                overwrite ? ExistingOutput.REPLACE : ExistingOutput.REFUSE);
        SparkSessions.with("ingest", session -> {
            Progress progress = Progress.begin("Ingesting " + from);
            JobSummary summary = FileIngestor.run(session, ingestion);
            progress.end("files", summary);
            System.out.println("Images: " + to);
            if (ingestion.badImages() == BadImages.PERMISSIVE && summary.refused() > 0) {
                System.out.println("Refused files: " + ingestion.errorTable());
            }
        });
    }
}
