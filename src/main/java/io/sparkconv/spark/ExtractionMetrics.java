package io.sparkconv.spark;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;

/**
 * What an extraction did, and what it took. Names in JSON are those of the components, in snake case.
 *
 * <p>Counts of images, tiles, halos and multiply-adds are those of the attempts whose values are in the output. Times are of the
 * threads of tasks, garbage collection included; that of computing belongs to the same attempts, those of reading and preparing
 * hold what stages that ran again took, and {@code taskCoreSeconds} and the bytes of shuffles all attempts.
 *
 * @param started when, as ISO 8601 in UTC
 * @param wallSeconds from the beginning until all tables were written
 * @param sparkVersion version of Spark
 * @param javaVersion version of the driver's Java
 * @param layers the layers written
 * @param dtype how their values are stored
 * @param tile extent of tiles that was asked for
 * @param imagesByTileSize number of images by the extent of their tiles in pixels of the image
 * @param summary images and rows
 * @param refusals refused images by reason
 * @param tiles tiles of images that were computed
 * @param haloBytesMoved bytes of values in slivers that tiles received, as they are stored
 * @param haloBytesMinimum least bytes that could have been moved by this plan: for each tile and map the needed pixels inside
 *     the map and outside the tile's own part, each once
 * @param haloBytesBetweenPartitions those of the moved ones whose sender and receiver are in different partitions
 * @param tileShuffleBytes bytes that Spark wrote to shuffles so that tiles come to their partitions; null if not known
 * @param sliverShuffleBytes bytes that Spark wrote to shuffles of slivers; null if not known
 * @param macs multiply-adds computed
 * @param redundantMacs those of them that tiles repeat in their halos
 * @param readCoreSeconds reading rows and decoding
 * @param prepareCoreSeconds preprocessing, cutting and joining tiles, packing and unpacking slivers
 * @param computeCoreSeconds putting haloed tiles together and computing layers
 * @param taskCoreSeconds all tasks of the job; null if not known
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ExtractionMetrics(
        String started,
        double wallSeconds,
        String sparkVersion,
        String javaVersion,
        List<String> layers,
        String dtype,
        String tile,
        Map<String, Long> imagesByTileSize,
        @JsonUnwrapped JobSummary summary,
        List<Refusals> refusals,
        long tiles,
        long haloBytesMoved,
        long haloBytesMinimum,
        long haloBytesBetweenPartitions,
        Long tileShuffleBytes,
        Long sliverShuffleBytes,
        long macs,
        long redundantMacs,
        double readCoreSeconds,
        double prepareCoreSeconds,
        double computeCoreSeconds,
        Double taskCoreSeconds) {

    /**
     * Images that were refused for one reason.
     *
     * @param step where it was found, as in the error table
     * @param reason a short phrase, as in the error table
     * @param images number of images
     */
    public record Refusals(String step, String reason, long images) {}

    /** What tasks did besides, writing most of all; null if not known. */
    @JsonProperty("other_core_seconds")
    public Double otherCoreSeconds() {
        return taskCoreSeconds == null
                ? null
                : Math.max(0, taskCoreSeconds - readCoreSeconds - prepareCoreSeconds - computeCoreSeconds);
    }

    /** {@code 2 · macs / computeCoreSeconds / 1e9}; null where nothing was multiplied. */
    @JsonProperty("compute_gflops_per_core")
    public Double gigaflopsPerCore() {
        return macs == 0 || computeCoreSeconds == 0 ? null : 2e-9 * macs / computeCoreSeconds;
    }
}
