package io.sparkconv.job;

import io.sparkconv.spark.ExistingOutput;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code render}: a contact sheet. */
@Command(
        name = "render",
        description = "Draws a contact sheet: every image beside its feature maps, as PNG.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RenderCommand implements Runnable {
    @Mixin
    private ImageTableOptions images;

    @Option(names = "--table", required = true, paramLabel = "TABLE", description = "feature-map table of the run")
    private String table;

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "PNG to write")
    private Path to;

    @Option(names = "--overwrite", description = "replace a file that exists")
    private boolean overwrite;

    @Override
    public void run() {
        ContactSheetFile.requireWritable(to, overwrite ? ExistingOutput.REPLACE : ExistingOutput.REFUSE);
        SparkSessions.with("render", session -> {
            Progress.begin("Rendering " + table);
            ContactSheetFile.write(session, images.with(table), to);
        });
    }
}
