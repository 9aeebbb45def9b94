package io.sparkconv.benchmark;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * Where the time of an extraction went.
 *
 * @param network its name
 * @param layer the layer whose vectors were written
 * @param images number of images
 * @param seconds from the beginning until the table was written
 * @param taskSeconds of all tasks; null if not known
 * @param shares part of the tasks' time that each step took, by samples
 */
record CropsResult(
        String network,
        String layer,
        int images,
        double seconds,
        @JsonProperty("task_seconds") Double taskSeconds,
        Map<PipelineStep, Double> shares) {
    /** More of the time than this no step but the network should take. */
    static final double MOST_SHARE = 0.25;

    @JsonProperty("images_per_second")
    double imagesPerSecond() {
        return images / seconds;
    }

    static boolean isLarge(PipelineStep step, double share) {
        return step != PipelineStep.NETWORK && share > MOST_SHARE;
    }
}
