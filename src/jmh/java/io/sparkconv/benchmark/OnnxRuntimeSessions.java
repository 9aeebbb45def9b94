package io.sparkconv.benchmark;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sessions of this JVM, one a model, which all tasks share: runs of a session may overlap. */
final class OnnxRuntimeSessions {
    private static final Map<String, OrtSession> SESSIONS = new ConcurrentHashMap<>();

    private OnnxRuntimeSessions() {}

    /** The session of a file, with all optimisations. */
    static OrtSession of(String file) {
        return SESSIONS.computeIfAbsent(file, model -> {
            try {
                return OnnxRuntime.open(OnnxRuntime.file(Path.of(model)), OptLevel.ALL_OPT);
            } catch (OrtException e) {
                throw new IllegalStateException("Cannot open " + model + " in ONNX Runtime: " + e.getMessage(), e);
            }
        });
    }
}
