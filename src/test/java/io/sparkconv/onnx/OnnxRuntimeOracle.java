package io.sparkconv.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs models in ONNX Runtime on one thread, without its optimizations of the graph. */
public final class OnnxRuntimeOracle {

    /**
     * A tensor of floats.
     *
     * @param shape extents
     * @param values in C order
     */
    public record Tensor(long[] shape, float[] values) {

        /** A map as a batch of one: {@code (1, channel, space…)}. */
        public static Tensor of(FeatureMap map, int dimensions) {
            return new Tensor(OnnxRuntimeOracle.shape(map.shape(), dimensions), map.values());
        }

        /** The map of a batch of one. */
        public FeatureMap featureMap() {
            int last = shape.length - 1;
            return new FeatureMap(
                    new Shape(
                            (int) shape[1],
                            last > 3 ? (int) shape[last - 2] : 1,
                            last > 2 ? (int) shape[last - 1] : 1,
                            (int) shape[last]),
                    values);
        }
    }

    private OnnxRuntimeOracle() {}

    /** {@code (1, channel, space…)} with the last so many axes of space. */
    public static long[] shape(Shape map, int dimensions) {
        long[] all = {1, map.channels(), map.depth(), map.height(), map.width()};
        long[] shape = new long[2 + dimensions];
        shape[0] = 1;
        shape[1] = map.channels();
        System.arraycopy(all, all.length - dimensions, shape, 2, dimensions);
        return shape;
    }

    /** The outputs of a model by their names. */
    public static Map<String, Tensor> run(byte[] model, Map<String, Tensor> inputs) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            // it warns where ONNX's own shape inference rounds pooled sizes otherwise than PyTorch and itself
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
            for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                Tensor tensor = input.getValue();
                tensors.put(
                        input.getKey(),
                        OnnxTensor.createTensor(environment, FloatBuffer.wrap(tensor.values()), tensor.shape()));
            }
            try (OrtSession session = environment.createSession(model, options);
                    OrtSession.Result result = session.run(tensors)) {
                Map<String, Tensor> outputs = new LinkedHashMap<>();
                for (Map.Entry<String, OnnxValue> output : result) {
                    outputs.put(output.getKey(), read((OnnxTensor) output.getValue()));
                }
                return outputs;
            }
        } catch (OrtException e) {
            throw new IllegalStateException("Cannot run the model: " + e.getMessage(), e);
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    /** The one output of a model with one input. */
    public static FeatureMap run(byte[] model, FeatureMap input, int dimensions) {
        return run(model, Map.of("input", Tensor.of(input, dimensions)))
                .values()
                .iterator()
                .next()
                .featureMap();
    }

    private static Tensor read(OnnxTensor tensor) {
        FloatBuffer buffer = tensor.getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        long[] shape = tensor.getInfo().getShape();
        return new Tensor(Arrays.copyOf(shape, shape.length), values);
    }
}
