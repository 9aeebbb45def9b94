package io.sparkconv.benchmark;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What was measured of a network in Spark.
 *
 * @param network its name
 * @param images rows of the table
 * @param master where Spark ran
 * @param ours seconds of each run of this project
 * @param onnxRuntime seconds of each run of ONNX Runtime
 * @param error largest difference between both tables over the largest magnitude of ONNX Runtime's; NaN where a value is
 */
record SparkResult(
        String network,
        int images,
        String master,
        @JsonProperty("ours_seconds") List<Double> ours,
        @JsonProperty("ort_seconds") List<Double> onnxRuntime,
        double error) {

    /** Of this project, by the median of the runs. */
    @JsonProperty("images_per_second")
    double imagesPerSecond() {
        return images / InterleavedTiming.quantile(ours, 0.5);
    }

    /** Of ONNX Runtime, by the median of the runs. */
    @JsonProperty("ort_images_per_second")
    double onnxRuntimeImagesPerSecond() {
        return images / InterleavedTiming.quantile(onnxRuntime, 0.5);
    }

    /** This project's images a second over ONNX Runtime's. */
    @JsonProperty("ratio")
    double ratio() {
        return imagesPerSecond() / onnxRuntimeImagesPerSecond();
    }
}
