package io.sparkconv.benchmark;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.sparkconv.onnx.OnnxRuntimeOracle.Tensor;
import io.sparkconv.tensor.FeatureMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * ONNX Runtime's side: one thread, so that nothing is handed to a pool; the session, its arena and its memory pattern (both are
 * the default) reused.
 */
final class OnnxRuntime implements Contender, AutoCloseable {
    private final OrtSession session;
    private final List<String> outputNames;
    private final OnnxRuntimeBuffers buffers;

    /** Opens a model, from wherever it is. */
    interface Opening {
        OrtSession open(OrtEnvironment environment, SessionOptions options) throws OrtException;
    }

    private OnnxRuntime(OrtSession session, FeatureMap image) throws OrtException {
        this.session = session;
        this.outputNames = List.copyOf(session.getOutputNames());
        this.buffers = new OnnxRuntimeBuffers(session, outputNames, image.shape());
        buffers.fill(image.values());
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

    /** The model of a file. */
    static Opening file(Path model) {
        return (environment, options) -> environment.createSession(model.toString(), options);
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

    /** Names of the outputs, in the model's order. */
    List<String> outputNames() {
        return outputNames;
    }

    @Override
    public void run() {
        buffers.run();
    }

    @Override
    public List<Tensor> outputs() {
        return buffers.tensors();
    }

    @Override
    public void close() throws OrtException {
        buffers.close();
        session.close();
    }
}
