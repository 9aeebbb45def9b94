package io.sparkconv.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.sparkconv.network.evaluation.Tensor;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.HalfPrecision;
import io.sparkconv.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onnx.OnnxFormat.AttributeProto;
import org.onnx.OnnxFormat.GraphProto;
import org.onnx.OnnxFormat.ModelProto;
import org.onnx.OnnxFormat.NodeProto;
import org.onnx.OnnxFormat.OperatorSetIdProto;
import org.onnx.OnnxFormat.StringStringEntryProto;
import org.onnx.OnnxFormat.TensorProto;
import org.onnx.OnnxFormat.TensorShapeProto;
import org.onnx.OnnxFormat.TypeProto;
import org.onnx.OnnxFormat.ValueInfoProto;

/** What files of several exporters and years have: types, external values, order of nodes, old attributes, shape arithmetic. */
class OnnxLoaderTest {
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int FLOAT16 = 10;
    private static final int DOUBLE = 11;
    private static final int BFLOAT16 = 16;

    @TempDir
    private Path folder;

    private static NodeProto.Builder node(String operator, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .setName(output + " node")
                .addOutput(output)
                .addAllInput(List.of(inputs));
    }

    private static AttributeProto ints(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    private static AttributeProto number(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static TensorProto.Builder tensor(String name, int type, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type);
        for (long extent : shape) {
            tensor.addDims(extent);
        }
        return tensor;
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    }

    private Path write(int opset, GraphProto.Builder graph, String output) throws IOException {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        shape.addDimBuilder().setDimParam("N");
        shape.addDimBuilder().setDimValue(2);
        shape.addDimBuilder().setDimParam("H");
        shape.addDimBuilder().setDimParam("W");
        graph.addInput(ValueInfoProto.newBuilder()
                .setName("image")
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(shape))));
        graph.addOutput(ValueInfoProto.newBuilder().setName(output));
        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .setGraph(graph)
                .build();
        return Files.write(folder.resolve("model.onnx"), model.toByteArray());
    }

    private static float[] run(Path file, int height, int width) {
        float[] values = new float[2 * height * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = i - 3;
        }
        OnnxNetwork network = OnnxNetwork.load(file);
        Map<String, FeatureMap> outputs =
                NetworkRun.whole(network.network(), new FeatureMap(new Shape(2, 1, height, width), values));
        float[] asNetwork = outputs.values().iterator().next().values();
        OnnxModel model = OnnxModel.load(file);
        Tensor whole = model.evaluate(Map.of("image", Tensor.of(values, 1, 2, height, width)))
                .get(model.outputs().get(0));
        assertThat(asNetwork).containsExactly(whole.floats());
        return asNetwork;
    }

    @Test
    void weightsOfAllFloatTypesAndNodesInAnyOrder() throws IOException {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .addNode(node("Add", "d", "c", "double"))
                .addNode(node("Add", "c", "b", "brain"))
                .addNode(node("Add", "b", "image", "half"))
                .addInitializer(tensor("half", FLOAT16, 1)
                        .setRawData(ByteString.copyFrom(
                                bytes(2).putShort(HalfPrecision.fromFloat(0.5f)).flip())))
                .addInitializer(tensor("brain", BFLOAT16, 1).addInt32Data(Float.floatToIntBits(2f) >>> 16))
                .addInitializer(tensor("double", DOUBLE, 1).addDoubleData(0.25));
        assertThat(run(write(13, graph, "d"), 1, 2)).containsExactly(-0.25f, 0.75f, 1.75f, 2.75f);
    }

    @Test
    void valuesInAFileBeside() throws IOException {
        ByteBuffer stored = bytes(12).putFloat(9f).putFloat(2f).putFloat(-1f).flip();
        Files.write(folder.resolve("weights.bin"), stored.array());
        TensorProto.Builder weights = tensor("w", FLOAT, 2, 1, 1)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", "weights.bin"))
                .addExternalData(entry("offset", "4"))
                .addExternalData(entry("length", "8"));
        GraphProto.Builder graph =
                GraphProto.newBuilder().addNode(node("Mul", "y", "image", "w")).addInitializer(weights);
        assertThat(run(write(13, graph, "y"), 1, 2)).containsExactly(-6f, -4f, 1f, -0f);

        weights.setExternalData(0, entry("location", "../weights.bin"));
        Path outside = write(
                13,
                GraphProto.newBuilder().addNode(node("Mul", "y", "image", "w")).addInitializer(weights),
                "y");
        assertThatThrownBy(() -> OnnxModel.load(outside))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot load network " + outside
                        + ": cannot read tensor 'w': its values lie in '../weights.bin', outside the model's folder,"
                        + " which is not allowed");
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    @Test
    void oldOperatorsBringTheirSecondOperandToAnAxis() throws IOException {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .addNode(node("Add", "y", "image", "c")
                        .addAttribute(number("broadcast", 1))
                        .addAttribute(number("axis", 1)))
                .addNode(node("Unsqueeze", "u", "y").addAttribute(ints("axes", 0)))
                .addNode(node("Squeeze", "s", "u").addAttribute(ints("axes", 0)))
                .addInitializer(tensor("c", FLOAT, 2).addFloatData(10).addFloatData(20));
        assertThat(run(write(6, graph, "s"), 1, 2)).containsExactly(7f, 8f, 19f, 20f);
    }

    @Test
    void shapesAreComputedFromTheImageAtHand() throws IOException {
        // twice as high and wide, by sizes that the graph computes, then rows of channels
        GraphProto.Builder graph = GraphProto.newBuilder()
                .addNode(node("Shape", "shape", "image"))
                .addNode(node("Slice", "space", "shape", "two", "four", "zero"))
                .addNode(node("Mul", "twice", "space", "two"))
                .addNode(node("Slice", "front", "shape", "zero", "two", "zero"))
                .addNode(node("Concat", "sizes", "front", "twice").addAttribute(number("axis", 0)))
                .addNode(node("Resize", "large", "image", "", "", "sizes"))
                .addNode(node("Gather", "channels", "shape", "one"))
                .addNode(node("Cast", "as float", "channels").addAttribute(number("to", FLOAT)))
                .addNode(node("Cast", "as number", "as float").addAttribute(number("to", INT64)))
                .addNode(node("Unsqueeze", "list", "as number", "zero"))
                .addNode(node("Concat", "flat", "one list", "list", "rest").addAttribute(number("axis", 0)))
                .addNode(node("Reshape", "y", "large", "flat"))
                .addInitializer(tensor("zero", INT64, 1).addInt64Data(0))
                .addInitializer(tensor("one", INT64).addInt64Data(1))
                .addInitializer(tensor("one list", INT64, 1).addInt64Data(1))
                .addInitializer(tensor("rest", INT64, 1).addInt64Data(-1))
                .addInitializer(tensor("two", INT64, 1).addInt64Data(2))
                .addInitializer(tensor("four", INT64, 1).addInt64Data(4));
        Path file = write(13, graph, "y");
        assertThat(run(file, 1, 2)).containsExactly(-3, -3, -2, -2, -3, -3, -2, -2, -1, -1, 0, 0, -1, -1, 0, 0);
        assertThat(run(file, 3, 1)).hasSize(24);
    }

    @Test
    void constantsOfNodes() throws IOException {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .addNode(node("Constant", "shape")
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("value")
                                .setType(AttributeProto.AttributeType.TENSOR)
                                .setT(tensor("", INT64, 3)
                                        .addInt64Data(2)
                                        .addInt64Data(1)
                                        .addInt64Data(1))))
                .addNode(node("ConstantOfShape", "c", "shape")
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("value")
                                .setType(AttributeProto.AttributeType.TENSOR)
                                .setT(tensor("", FLOAT, 1).addFloatData(3))))
                .addNode(node("Mul", "y", "image", "c"));
        assertThat(run(write(13, graph, "y"), 1, 2)).containsExactly(-9f, -6f, -3f, 0f);
    }

    /** A mask that nobody reads needs no layer, nor does one slope for all channels need maps of its own. */
    @Test
    void dropoutsWithMasksAndSlopesOfOneValue() throws IOException {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .addNode(node("PRelu", "p", "image", "slopes"))
                .addNode(node("Dropout", "d", "p").addOutput("mask"))
                .addNode(node("Relu", "y", "d"))
                .addInitializer(
                        tensor("slopes", FLOAT, 2, 1, 1).addFloatData(-2).addFloatData(-2));
        Path file = write(9, graph, "y");
        assertThat(run(file, 1, 2)).containsExactly(6f, 4f, 2f, 0f);
        assertThat(OnnxNetwork.load(file).network().nodes())
                .extracting(each -> each.layer().description())
                .containsExactly("leaky_relu, slope -2.0", "relu");
    }

    /** Two groups of one channel: each has mean 0 and variance 1 but for epsilon, which is 0, and gets the group's scale and bias. */
    @Test
    void groupNormalizationAsReshapesRunsInTiles() throws IOException {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .addNode(node("Reshape", "divided", "image", "groups"))
                .addNode(node("InstanceNormalization", "n", "divided", "scale", "bias")
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("epsilon")
                                .setType(AttributeProto.AttributeType.FLOAT)
                                .setF(0f)))
                .addNode(node("Shape", "shape", "image"))
                .addNode(node("Reshape", "y", "n", "shape"))
                .addInitializer(tensor("groups", INT64, 3)
                        .addInt64Data(0)
                        .addInt64Data(2)
                        .addInt64Data(-1))
                .addInitializer(tensor("scale", FLOAT, 2).addFloatData(1).addFloatData(2))
                .addInitializer(tensor("bias", FLOAT, 2).addFloatData(0).addFloatData(5));
        Path file = write(13, graph, "y");
        FeatureMap map = new FeatureMap(new Shape(2, 1, 1, 2), new float[] {-3, -1, 4, 8});
        OnnxNetwork network = OnnxNetwork.load(file);
        assertThat(NetworkRun.whole(network.network(), map).get("y").values()).containsExactly(-1f, 1f, 3f, 7f);
        assertThat(network.network().nodes())
                .extracting(each -> each.layer().description())
                .containsExactly("instance_norm 2, statistics", "scale and shift by statistics");
    }

    @Test
    void refusals() throws IOException {
        Path newer = write(99, GraphProto.newBuilder().addNode(node("Relu", "y", "image")), "y");
        assertThatThrownBy(() -> OnnxModel.load(newer))
                .hasMessage("Cannot load network " + newer + ": it uses operator set 99; supported are 1 to 22");
        Path cycle = write(
                13,
                GraphProto.newBuilder().addNode(node("Add", "a", "image", "b")).addNode(node("Relu", "b", "a")),
                "b");
        assertThatThrownBy(() -> OnnxModel.load(cycle))
                .hasMessage(
                        "Cannot load network " + cycle + ": cannot use node 'a node' (Add): it reads its own result");
        Path text = Files.writeString(folder.resolve("text.onnx"), "layers: []");
        assertThatThrownBy(() -> OnnxModel.load(text))
                .hasMessage("Cannot load network " + text + ": it isn't an ONNX file, or is damaged or cut off");
    }
}
