package io.sparkconv.benchmark;

import io.sparkconv.onnx.OnnxRuntimeOracle.Tensor;
import java.util.List;

/** One of those whose time is compared: it computes the same maps again and again. */
interface Contender {

    /** Computes, from a map in memory to maps in memory. */
    void run();

    /** What the last run gave, in the model's order. */
    List<Tensor> outputs();
}
