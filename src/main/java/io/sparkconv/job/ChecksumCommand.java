package io.sparkconv.job;

import io.sparkconv.spark.MapChecksum;
import io.sparkconv.spark.MapChecksums;
import io.sparkconv.tensor.Shape;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code checksum}: whether two tables hold the same maps, in every bit. */
@Command(
        name = "checksum",
        description =
                "Prints a line for each map of a tile table: image, layer, shape and a checksum of all its values,"
                        + " which doesn't depend on how the map is cut into tiles.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ChecksumCommand implements Runnable {
    @Option(names = "--table", required = true, paramLabel = "TABLE", description = "tile table to read")
    private String table;

    @Option(names = "--layer", paramLabel = "L", description = "only this layer")
    private Optional<String> layer = Optional.empty();

    @Option(names = "--image", paramLabel = "ID", description = "only this image")
    private Optional<String> image = Optional.empty();

    @Override
    public void run() {
        SparkSessions.with("checksum", session -> MapChecksums.of(session, table, image, layer)
                .forEach(map -> System.out.println(line(map))));
    }

    /** Fields with tabs between: ids may have spaces. */
    private static String line(MapChecksum map) {
        Shape shape = map.map();
        String extent = shape.channels() + "x" + shape.depth() + "x" + shape.height() + "x" + shape.width();
        return String.join("\t", map.image(), map.layer(), extent, String.format("%016x", map.checksum()));
    }
}
