package io.sparkconv.benchmark;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What was measured of one layer.
 *
 * @param layer as it was named
 * @param ours milliseconds of this project, median
 * @param onnxRuntime milliseconds of ONNX Runtime, median
 * @param ratio ONNX Runtime's time over ours
 * @param peakShare multiply-adds of the definition a second over those of the peak; may pass 1 where an algorithm takes fewer
 * @param error largest error over largest magnitude, against double precision
 * @param onnxRuntimeError the same of ONNX Runtime
 * @param warmUpSeconds seconds of computing until it ran at 90 % of its final speed
 */
record LayerResult(
        String layer,
        @JsonProperty("ours_ms") double ours,
        @JsonProperty("ort_ms") double onnxRuntime,
        double ratio,
        @JsonProperty("peak_share") double peakShare,
        double error,
        @JsonProperty("ort_error") double onnxRuntimeError,
        @JsonIgnore double warmUpSeconds) {}
