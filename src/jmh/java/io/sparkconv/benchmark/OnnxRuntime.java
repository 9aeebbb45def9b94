package io.sparkconv.benchmark;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.sparkconv.onnx.OnnxRuntimeOracle;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * ONNX Runtime's side, called as well as it can be from Java: one thread, so that nothing is handed to a pool; the session, its
 * arena and its memory pattern (both are the default) reused; input and output in direct buffers at multiples of {@value
 * #ALIGNMENT} bytes, the output's given to each run, so that nothing is copied.
 */
final class OnnxRuntime implements Contender, AutoCloseable {
    /** A cache line, and the widest vector. */
    private static final int ALIGNMENT = 64;

    private final OrtSession session;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;
    private final FloatBuffer outputValues;

    private OnnxRuntime(byte[] model, FeatureMap input, Shape output, int dimensions, OptLevel level)
            throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setCPUArenaAllocator(true);
            options.setMemoryPatternOptimization(true);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            options.setOptimizationLevel(level);
            this.session = environment.createSession(model, options);
        }
        FloatBuffer inputValues = aligned(input.values().length);
        inputValues.put(input.values()).rewind();
        this.outputValues = aligned(output.arrayLength());
        this.inputs = Map.of(
                session.getInputNames().iterator().next(),
                OnnxTensor.createTensor(
                        environment, inputValues, OnnxRuntimeOracle.shape(input.shape(), dimensions)));
        this.outputs = Map.of(
                session.getOutputNames().iterator().next(),
                OnnxTensor.createTensor(environment, outputValues, OnnxRuntimeOracle.shape(output, dimensions)));
    }

    /**
     * The model with all optimisations, and with the basic ones alone: which is faster depends on the layer, since the others
     * change layouts.
     *
     * @param dimensions axes of space of input and output
     */
    static List<OnnxRuntime> sessions(byte[] model, FeatureMap input, Shape output, int dimensions)
            throws OrtException {
        List<OnnxRuntime> sessions = new ArrayList<>();
        for (OptLevel level : List.of(OptLevel.ALL_OPT, OptLevel.BASIC_OPT)) {
            sessions.add(new OnnxRuntime(model, input, output, dimensions, level));
        }
        return sessions;
    }

    private static FloatBuffer aligned(int count) {
        // an aligned slice begins and ends at multiples
        int whole = (count * Float.BYTES + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return ByteBuffer.allocateDirect(whole + ALIGNMENT)
                .alignedSlice(ALIGNMENT)
                .slice(0, count * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    @Override
    public void run() {
        try (OrtSession.Result result = session.run(inputs, outputs)) {
            if (result.size() != 1) {
                throw new IllegalStateException("Cannot measure ONNX Runtime: " + result.size() + " outputs, 1 is needed");
            }
        } catch (OrtException e) {
            throw new IllegalStateException("Cannot run ONNX Runtime: " + e.getMessage(), e);
        }
    }

    @Override
    public float[] output() {
        float[] values = new float[outputValues.capacity()];
        outputValues.duplicate().rewind().get(values);
        return values;
    }

    @Override
    public void close() throws OrtException {
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
        session.close();
    }
}
