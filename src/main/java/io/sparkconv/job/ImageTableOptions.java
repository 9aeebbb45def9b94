package io.sparkconv.job;

import io.sparkconv.spark.RunTables;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that tell where a table keeps its images. */
final class ImageTableOptions {
    @Option(names = "--images", required = true, paramLabel = "TABLE", description = "image table (Parquet)")
    private String images;

    @Option(names = "--image-column", paramLabel = "C", description = "column with the images; default: recognised")
    private Optional<String> imageColumn = Optional.empty();

    @Option(names = "--id-column", paramLabel = "C", description = "column with the ids; default: recognised")
    private Optional<String> idColumn = Optional.empty();

    @Option(names = "--input-layer", paramLabel = "L", description = "layer of a tile table to read")
    private Optional<String> inputLayer = Optional.empty();

    String images() {
        return images;
    }

    Optional<String> imageColumn() {
        return imageColumn;
    }

    Optional<String> idColumn() {
        return idColumn;
    }

    Optional<String> inputLayer() {
        return inputLayer;
    }

    /** The images together with the feature maps made of them. */
    RunTables with(String features) {
        return new RunTables(images, features, imageColumn, idColumn, inputLayer);
    }
}
