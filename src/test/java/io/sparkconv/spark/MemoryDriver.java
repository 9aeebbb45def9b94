package io.sparkconv.spark;

import io.sparkconv.job.Main;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Cuts the pictures of a folder into tiles and extracts features from the tiles, in a small heap. */
public final class MemoryDriver {
    private MemoryDriver() {}

    /** @param arguments folder, network file, tiles of the image table */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        String images = folder.resolve("images").toString();
        int exitCode;
        try (SparkSession session = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 2)
                .getOrCreate()) {
            SparkSession.setDefaultSession(session);
            exitCode = Main.execute(
                    "ingest", "--from", folder.resolve("files").toString(), "--to", images, "--tile", arguments[2]);
            if (exitCode == 0) {
                exitCode = Main.execute(
                        "extract",
                        "--images",
                        images,
                        "--network",
                        arguments[1],
                        "--output",
                        folder.resolve("features").toString(),
                        "--mode",
                        "failfast");
            }
        }
        System.exit(exitCode);
    }
}
