package io.sparkconv.conv;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.PaddingMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One layer computed by PyTorch: parameters, weights, inputs and outputs.
 *
 * @param id name of the case
 * @param parameters as in the manifest
 * @param operator the layer as this project makes it from them
 * @param weights in PyTorch's order for the kind
 * @param weightShape shape of the weights
 * @param bias null for none
 * @param inputs one map an element of the batch
 * @param expected one map an element of the batch
 * @param tolerance largest difference allowed
 */
public record PyTorchCase(
        String id,
        JsonNode parameters,
        ConvolutionOperator operator,
        float[] weights,
        int[] weightShape,
        float[] bias,
        List<FeatureMap> inputs,
        List<FeatureMap> expected,
        double tolerance) {

    /** The folder that {@code -Dcases.pytorch} names. */
    public static Path directory() {
        return Path.of(System.getProperty("cases.pytorch", "src/test/resources/cases/pytorch"));
    }

    /** All cases of a folder that holds {@code manifest.json} and {@code cases.f32}. */
    public static List<PyTorchCase> readAll(Path directory) {
        try (FileChannel values = FileChannel.open(directory.resolve("cases.f32"))) {
            JsonNode manifest = new ObjectMapper().readTree(Files.readString(directory.resolve("manifest.json")));
            List<PyTorchCase> cases = new ArrayList<>();
            for (JsonNode node : manifest.path("cases")) {
                cases.add(read(node, values));
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Number of spatial dimensions. */
    public int dimensions() {
        return parameters.path("nd").asInt();
    }

    public boolean isTransposed() {
        return parameters.path("op").asText().equals("ConvTranspose");
    }

    private static PyTorchCase read(JsonNode node, FileChannel values) throws IOException {
        JsonNode parameters = node.path("params");
        boolean transposed = parameters.path("op").asText().equals("ConvTranspose");
        ConvolutionGeometry geometry = new ConvolutionGeometry(
                parameters.path("in_channels").asInt(),
                parameters.path("out_channels").asInt(),
                parameters.path("groups").asInt(),
                axis(parameters, 3),
                axis(parameters, 2),
                axis(parameters, 1),
                PaddingMode.of(parameters.path("padding_mode").asText()));
        float[] weights = floats(node.path("weight"), values);
        float[] bias = node.path("bias").isNull() ? null : floats(node.path("bias"), values);
        double fanIn = node.path("fan_in").asDouble();
        return new PyTorchCase(
                node.path("id").asText(),
                parameters,
                transposed
                        ? new TransposedConvolution(geometry, weights, bias)
                        : new Convolution(geometry, weights, bias),
                weights,
                shape(node.path("weight")),
                bias,
                maps(node.path("input"), values),
                maps(node.path("expected"), values),
                4e-7 * Math.sqrt(fanIn) * node.path("max_abs").asDouble() + 1e-5);
    }

    /** The axis that is the n-th from the last: 1 is x. */
    private static AxisGeometry axis(JsonNode parameters, int fromLast) {
        int index = parameters.path("nd").asInt() - fromLast;
        if (index < 0) {
            return AxisGeometry.IDENTITY;
        }
        AxisGeometry axis = AxisGeometry.of(parameters.path("kernel").get(index).asInt())
                .withStride(parameters.path("stride").get(index).asInt())
                .withDilation(parameters.path("dilation").get(index).asInt());
        JsonNode padding = parameters.path("padding");
        if (padding.isTextual() && padding.asText().equals("same")) {
            return axis.withSamePadding();
        }
        if (padding.isArray()) {
            axis = axis.withPadding(
                    padding.get(index).asInt(), padding.get(index).asInt());
        }
        JsonNode outputPadding = parameters.path("output_padding");
        return outputPadding.isArray()
                ? axis.withOutputPadding(outputPadding.get(index).asInt())
                : axis;
    }

    private static List<FeatureMap> maps(JsonNode tensor, FileChannel values) throws IOException {
        int[] shape = shape(tensor);
        int last = shape.length - 1;
        Shape map = new Shape(shape[1], last > 3 ? shape[last - 2] : 1, last > 2 ? shape[last - 1] : 1, shape[last]);
        float[] all = floats(tensor, values);
        List<FeatureMap> maps = new ArrayList<>();
        for (int i = 0; i < shape[0]; i++) {
            maps.add(new FeatureMap(map, Arrays.copyOfRange(all, i * map.arrayLength(), (i + 1) * map.arrayLength())));
        }
        return maps;
    }

    private static int[] shape(JsonNode tensor) {
        int[] shape = new int[tensor.path("shape").size()];
        Arrays.setAll(shape, i -> tensor.path("shape").get(i).asInt());
        return shape;
    }

    private static float[] floats(JsonNode tensor, FileChannel values) throws IOException {
        int count = tensor.path("count").asInt();
        ByteBuffer buffer = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (values.read(buffer, tensor.path("offset").asLong() + buffer.position()) < 0) {
                throw new IOException("Cannot read " + tensor + ": cases.f32 ends before it");
            }
        }
        float[] floats = new float[count];
        buffer.flip().asFloatBuffer().get(floats);
        return floats;
    }
}
