package io.sparkconv.benchmark;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import io.sparkconv.onnx.OnnxRuntimeOracle.Tensor;
import io.sparkconv.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Runs a session of ONNX Runtime on maps of one shape as well as it can be from Java: input and outputs in direct buffers at
 * multiples of {@value #ALIGNMENT} bytes, those of the outputs given to each run, so that nothing is copied. Of one thread.
 */
final class OnnxRuntimeBuffers implements AutoCloseable {
    /** A cache line, and the widest vector. */
    private static final int ALIGNMENT = 64;

    private final OrtSession session;
    private final BatchOfOne batch;
    private final FloatBuffer inputValues;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
    private final Map<String, ByteBuffer> outputBytes = new LinkedHashMap<>();

    /**
     * @param names of the outputs to compute
     * @param map shape of the maps
     * @throws IllegalArgumentException if the model takes no such map, or an output is no tensor of floats
     */
    OnnxRuntimeBuffers(OrtSession session, List<String> names, Shape map) throws OrtException {
        this.session = session;
        Map.Entry<String, NodeInfo> declared =
                session.getInputInfo().entrySet().iterator().next();
        this.batch = BatchOfOne.of(shape(declared.getKey(), declared.getValue().getInfo()), map);
        this.inputValues = aligned(map.arrayLength()).asFloatBuffer();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        this.inputs = Map.of(declared.getKey(), OnnxTensor.createTensor(environment, inputValues, batch.shape()));
        // the first run tells the outputs' sizes
        try (OrtSession.Result result = session.run(inputs, new LinkedHashSet<>(names))) {
            for (Map.Entry<String, OnnxValue> output : result) {
                long[] shape = shape(output.getKey(), output.getValue().getInfo());
                int count = 1;
                for (long extent : shape) {
                    count = Math.toIntExact(count * extent);
                }
                ByteBuffer bytes = aligned(count);
                outputBytes.put(output.getKey(), bytes);
                outputs.put(output.getKey(), OnnxTensor.createTensor(environment, bytes.asFloatBuffer(), shape));
            }
        }
    }

    private static long[] shape(String name, ValueInfo value) {
        if (value instanceof TensorInfo tensor && tensor.type == OnnxJavaType.FLOAT) {
            return tensor.getShape();
        }
        throw new IllegalArgumentException(
                "Cannot measure a model whose '" + name + "' is " + value + ": float tensors are needed");
    }

    private static ByteBuffer aligned(int count) {
        // an aligned slice begins and ends at multiples
        int whole = (count * Float.BYTES + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return ByteBuffer.allocateDirect(whole + ALIGNMENT)
                .alignedSlice(ALIGNMENT)
                .slice(0, count * Float.BYTES)
                .order(ByteOrder.nativeOrder());
    }

    /** Sets the map that the next runs take: {@code (channel, z, y, x)}. */
    void fill(float[] values) {
        inputValues.rewind().put(batch.tensor(values)).rewind();
    }

    void run() {
        try (OrtSession.Result result = session.run(inputs, outputs)) {
            if (result.size() != outputs.size()) {
                throw new IllegalStateException("Cannot measure ONNX Runtime: " + result.size() + " outputs, "
                        + outputs.size() + " are needed");
            }
        } catch (OrtException e) {
            throw new IllegalStateException("Cannot run ONNX Runtime: " + e.getMessage(), e);
        }
    }

    /** Extents of an output. */
    long[] shape(String output) {
        return outputs.get(output).getInfo().getShape();
    }

    /** What the last run gave for an output, in the machine's order of bytes. */
    ByteBuffer bytes(String output) {
        return outputBytes.get(output).duplicate().order(ByteOrder.nativeOrder()).rewind();
    }

    /** What the last run gave for an output. */
    float[] floats(String output) {
        FloatBuffer buffer = bytes(output).asFloatBuffer();
        float[] values = new float[buffer.capacity()];
        buffer.get(values);
        return values;
    }

    /** What the last run gave, in the model's order. */
    List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>();
        outputs.keySet().forEach(output -> tensors.add(new Tensor(shape(output), floats(output))));
        return tensors;
    }

    @Override
    public void close() {
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
    }
}
