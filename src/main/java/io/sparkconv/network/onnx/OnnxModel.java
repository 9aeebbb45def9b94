package io.sparkconv.network.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.sparkconv.network.evaluation.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.onnx.OnnxFormat.ModelProto;
import org.onnx.OnnxFormat.OperatorSetIdProto;
import org.onnx.OnnxFormat.StringStringEntryProto;
import org.onnx.OnnxFormat.TensorProto;

/**
 * A network as an ONNX file describes it (operator sets 1 to 22 of ONNX's own domain): <a
 * href="https://github.com/onnx/onnx/blob/main/docs/IR.md">the format</a>.
 */
public final class OnnxModel {
    static final int NEWEST_OPSET = 22;

    private final OnnxGraph graph;
    private final Map<String, String> metadata;

    private OnnxModel(OnnxGraph graph, Map<String, String> metadata) {
        this.graph = graph;
        this.metadata = metadata;
    }

    /**
     * Loads a local file, and the files of weights beside it.
     *
     * @throws IllegalArgumentException if a file can't be read, is damaged, or has parts that aren't supported; the message
     *     is one line and names file and node
     */
    public static OnnxModel load(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            return read(
                    stream, new ExternalData(file.toAbsolutePath().normalize().getParent()));
        } catch (NoSuchFileException e) {
            throw Refusal.of("Cannot load network " + file + ": there is no such file", e);
        } catch (InvalidProtocolBufferException e) {
            throw Refusal.of("Cannot load network " + file + ": it isn't an ONNX file, or is damaged or cut off", e);
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            throw Refusal.of("Cannot load network " + file + ": " + Refusal.reason(e), e);
        }
    }

    private static OnnxModel read(InputStream stream, ExternalData external) throws IOException {
        CodedInputStream coded = CodedInputStream.newInstance(stream);
        coded.setSizeLimit(Integer.MAX_VALUE);
        ModelProto proto = ModelProto.parseFrom(coded);
        if (!proto.hasGraph()) {
            throw new IllegalArgumentException("it has no graph; is it an ONNX file?");
        }
        GraphReader reader = new GraphReader(new TensorReader(external), opset(proto));
        Map<String, String> metadata = new LinkedHashMap<>();
        for (StringStringEntryProto entry : proto.getMetadataPropsList()) {
            metadata.put(entry.getKey(), entry.getValue());
        }
        return new OnnxModel(reader.read(proto.getGraph()), metadata);
    }

    /** Files of the first format have no operator set: they mean the first. */
    private static int opset(ModelProto proto) {
        long version = proto.getOpsetImportList().stream()
                .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
                .mapToLong(OperatorSetIdProto::getVersion)
                .max()
                .orElse(1);
        if (version < 1 || version > NEWEST_OPSET) {
            throw new IllegalArgumentException(
                    "it uses operator set " + version + "; supported are 1 to " + NEWEST_OPSET);
        }
        return (int) version;
    }

    /** Reads one tensor, as test data store them. */
    public static Tensor readTensor(byte[] proto) {
        try {
            return new TensorReader(new ExternalData(null)).read(TensorProto.parseFrom(proto));
        } catch (InvalidProtocolBufferException e) {
            throw Refusal.of("Cannot read a tensor: it is damaged or cut off", e);
        }
    }

    OnnxGraph graph() {
        return graph;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    /** Names of what must be given to {@link #evaluate}, in the model's order. */
    public List<String> inputs() {
        return graph.inputs().stream().map(GraphInput::name).toList();
    }

    /** Names of what it gives, in the model's order. */
    public List<String> outputs() {
        return graph.outputs();
    }

    /**
     * Runs the whole graph on tensors of any shape, whole batches at once.
     *
     * @param given a tensor for each of the {@link #inputs()}
     * @return the outputs by name
     * @throws IllegalArgumentException if a node can't take its inputs; the message names it
     */
    public Map<String, Tensor> evaluate(Map<String, Tensor> given) {
        Map<String, Tensor> tensors = graph.tensors(given);
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        for (String output : graph.outputs()) {
            Tensor tensor = tensors.get(output);
            if (tensor == null) {
                throw Refusal.of("Cannot give output '" + Refusal.shortened(output) + "': no node makes it", null);
            }
            outputs.put(output, tensor.rounded());
        }
        return outputs;
    }
}
