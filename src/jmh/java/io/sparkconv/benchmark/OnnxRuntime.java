package io.sparkconv.benchmark;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import io.sparkconv.onnx.OnnxRuntimeOracle.Tensor;
import io.sparkconv.tensor.FeatureMap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ONNX Runtime's side, called as well as it can be from Java: one thread, so that nothing is handed to a pool; the session, its
 * arena and its memory pattern (both are the default) reused; input and outputs in direct buffers at multiples of {@value
 * #ALIGNMENT} bytes, those of the outputs given to each run, so that nothing is copied.
 */
final class OnnxRuntime implements Contender, AutoCloseable {
    /** A cache line, and the widest vector. */
    private static final int ALIGNMENT = 64;

    private final OrtSession session;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
    private final Map<String, FloatBuffer> outputValues = new LinkedHashMap<>();

    /** Opens a model, from wherever it is. */
    interface Opening {
        OrtSession open(OrtEnvironment environment, SessionOptions options) throws OrtException;
    }

    private OnnxRuntime(OrtSession session, FeatureMap image) throws OrtException {
        this.session = session;
        Map.Entry<String, NodeInfo> declared =
                session.getInputInfo().entrySet().iterator().next();
        BatchOfOne input = BatchOfOne.of(shape(declared.getKey(), declared.getValue().getInfo()), image.shape());
        FloatBuffer inputValues = aligned(image.values().length);
        inputValues.put(input.tensor(image.values())).rewind();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        this.inputs = Map.of(declared.getKey(), OnnxTensor.createTensor(environment, inputValues, input.shape()));
        // the first run tells the outputs' sizes
        try (OrtSession.Result result = session.run(inputs)) {
            for (Map.Entry<String, OnnxValue> output : result) {
                long[] shape = shape(output.getKey(), output.getValue().getInfo());
                int count = 1;
                for (long extent : shape) {
                    count = Math.toIntExact(count * extent);
                }
                FloatBuffer values = aligned(count);
                outputValues.put(output.getKey(), values);
                outputs.put(output.getKey(), OnnxTensor.createTensor(environment, values, shape));
            }
        }
    }

    /** The model of a file with all optimisations, and with the basic ones alone; see {@link #sessions(Opening, FeatureMap)}. */
    static List<OnnxRuntime> sessions(Path model, FeatureMap image) throws OrtException {
        return sessions((environment, options) -> environment.createSession(model.toString(), options), image);
    }

    /**
     * A model with all optimisations, and with the basic ones alone: which is faster depends on the layer, since the others
     * change layouts.
     *
     * @param image the map that it is run on
     */
    static List<OnnxRuntime> sessions(Opening model, FeatureMap image) throws OrtException {
        List<OnnxRuntime> sessions = new ArrayList<>();
        for (OptLevel level : List.of(OptLevel.ALL_OPT, OptLevel.BASIC_OPT)) {
            sessions.add(new OnnxRuntime(open(model, level), image));
        }
        return sessions;
    }

    /** A session that computes in the thread that calls it. */
    static OrtSession open(Opening model, OptLevel level) throws OrtException {
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setCPUArenaAllocator(true);
            options.setMemoryPatternOptimization(true);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            options.setOptimizationLevel(level);
            return model.open(OrtEnvironment.getEnvironment(), options);
        }
    }

    /**
     * The extents of an input or output, −1 where one is open.
     *
     * @throws IllegalArgumentException if it is no tensor of floats
     */
    static long[] shape(String name, ValueInfo value) {
        if (value instanceof TensorInfo tensor && tensor.type == OnnxJavaType.FLOAT) {
            return tensor.getShape();
        }
        throw new IllegalArgumentException(
                "Cannot measure a model whose '" + name + "' is " + value + ": float tensors are needed");
    }

    private static FloatBuffer aligned(int count) {
        return alignedBytes(count).asFloatBuffer();
    }

    /** A direct buffer for so many floats, in the machine's order of bytes. */
    static ByteBuffer alignedBytes(int count) {
        // an aligned slice begins and ends at multiples
        int whole = (count * Float.BYTES + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return ByteBuffer.allocateDirect(whole + ALIGNMENT)
                .alignedSlice(ALIGNMENT)
                .slice(0, count * Float.BYTES)
                .order(ByteOrder.nativeOrder());
    }

    /** Names of the outputs, in the model's order. */
    List<String> outputNames() {
        return List.copyOf(outputs.keySet());
    }

    @Override
    public void run() {
        try (OrtSession.Result result = session.run(inputs, outputs)) {
            if (result.size() != outputs.size()) {
                throw new IllegalStateException("Cannot measure ONNX Runtime: " + result.size() + " outputs, "
                        + outputs.size() + " are needed");
            }
        } catch (OrtException e) {
            throw new IllegalStateException("Cannot run ONNX Runtime: " + e.getMessage(), e);
        }
    }

    @Override
    public List<Tensor> outputs() {
        List<Tensor> tensors = new ArrayList<>();
        outputValues.forEach((name, buffer) -> {
            float[] values = new float[buffer.capacity()];
            buffer.duplicate().rewind().get(values);
            tensors.add(new Tensor(outputs.get(name).getInfo().getShape(), values));
        });
        return tensors;
    }

    @Override
    public void close() throws OrtException {
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
        session.close();
    }
}
