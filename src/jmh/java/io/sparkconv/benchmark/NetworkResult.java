package io.sparkconv.benchmark;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What was measured of a network.
 *
 * @param network its name
 * @param ours milliseconds an image of this project
 * @param onnxRuntime milliseconds an image of ONNX Runtime
 * @param ratio ONNX Runtime's time over ours
 * @param imagesPerSecond of this project
 * @param onnxRuntimeImagesPerSecond of ONNX Runtime
 * @param error largest difference between both outputs over the largest magnitude of ONNX Runtime's; NaN where a value is
 * @param allocatedBytes bytes that a run of this project allocates once it is warm
 * @param outputBytes bytes of the values of its outputs, which are among them
 */
record NetworkResult(
        String network,
        @JsonProperty("ours_ms") double ours,
        @JsonProperty("ort_ms") double onnxRuntime,
        double ratio,
        @JsonProperty("images_per_second") double imagesPerSecond,
        @JsonProperty("ort_images_per_second") double onnxRuntimeImagesPerSecond,
        double error,
        @JsonProperty("allocated_bytes") long allocatedBytes,
        @JsonProperty("output_bytes") long outputBytes) {
    /** Both sides sum in other orders; more than this is another result. */
    static final double MOST_ERROR = 1e-3;

    static NetworkResult of(String network, Timing timing, double error, long allocatedBytes, long outputBytes) {
        return new NetworkResult(
                network,
                timing.ours() * 1e3,
                timing.peers() * 1e3,
                timing.ratio(),
                1 / timing.ours(),
                1 / timing.peers(),
                error,
                allocatedBytes,
                outputBytes);
    }

    /** Whether both sides computed the same. */
    boolean isSame() {
        return error <= MOST_ERROR;
    }
}
