package io.sparkconv.benchmark;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.onnx.OnnxModelWriter;
import io.sparkconv.onnx.OnnxModelWriter.Attribute;
import io.sparkconv.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** A layer as ONNX Runtime computes it: one thread, its session and its direct buffers reused. */
final class OnnxRuntimeLayer implements AutoCloseable {
    private final OrtSession session;
    private final OnnxTensor input;
    private final OnnxTensor output;
    private final FloatBuffer outputValues;

    OnnxRuntimeLayer(
            BenchmarkLayer layer,
            Shape outputShape,
            float[] weights,
            float[] bias,
            float[] values,
            OrtSession.SessionOptions.OptLevel level)
            throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            options.setOptimizationLevel(level);
            this.session = environment.createSession(model(layer, weights, bias), options);
        }
        FloatBuffer inputValues = direct(values.length);
        inputValues.put(values).rewind();
        this.outputValues = direct(outputShape.arrayLength());
        this.input = OnnxTensor.createTensor(environment, inputValues, shape(layer.input(), layer.dimensions()));
        this.output = OnnxTensor.createTensor(environment, outputValues, shape(outputShape, layer.dimensions()));
    }

    private static FloatBuffer direct(int count) {
        return ByteBuffer.allocateDirect(count * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static long[] shape(Shape map, int dimensions) {
        long[] extents = {map.depth(), map.height(), map.width()};
        long[] shape = new long[2 + dimensions];
        shape[0] = 1;
        shape[1] = map.channels();
        System.arraycopy(extents, 3 - dimensions, shape, 2, dimensions);
        return shape;
    }

    private static byte[] model(BenchmarkLayer layer, float[] weights, float[] bias) {
        List<AxisGeometry> axes = layer.axes();
        List<Attribute> attributes = new ArrayList<>(List.of(
                numbers("kernel_shape", axes, AxisGeometry::kernel),
                numbers("strides", axes, AxisGeometry::stride),
                numbers("dilations", axes, AxisGeometry::dilation),
                Attribute.of("group", layer.geometry().groups())));
        long[] padding = new long[2 * axes.size()];
        for (int axis = 0; axis < axes.size(); axis++) {
            padding[axis] = axes.get(axis).before();
            padding[axes.size() + axis] = axes.get(axis).after();
        }
        attributes.add(Attribute.numbers("pads", padding));
        int first = layer.isTransposed()
                ? layer.geometry().inputChannels()
                : layer.geometry().outputChannels();
        int second = layer.isTransposed()
                ? layer.geometry().groupOutputs()
                : layer.geometry().groupInputs();
        if (layer.isTransposed()) {
            attributes.add(numbers("output_padding", axes, AxisGeometry::outputPadding));
        }
        long[] weightShape = new long[2 + axes.size()];
        weightShape[0] = first;
        weightShape[1] = second;
        for (int axis = 0; axis < axes.size(); axis++) {
            weightShape[2 + axis] = axes.get(axis).kernel();
        }
        return OnnxModelWriter.ofOpset(17)
                .input("input", shape(layer.input(), layer.dimensions()))
                .initializer("weights", weights, weightShape)
                .initializer("bias", bias, bias.length)
                .node(
                        layer.isTransposed() ? "ConvTranspose" : "Conv",
                        List.of("input", "weights", "bias"),
                        "output",
                        attributes.toArray(Attribute[]::new))
                .output("output")
                .bytes();
    }

    private static Attribute numbers(String name, List<AxisGeometry> axes, ToLongFunction<AxisGeometry> value) {
        return Attribute.numbers(name, axes.stream().mapToLong(value).toArray());
    }

    void run() {
        try (OrtSession.Result result = session.run(Map.of("input", input), Map.of("output", output))) {
            if (result.size() != 1) {
                throw new IllegalStateException("Cannot measure ONNX Runtime: " + result.size() + " outputs");
            }
        } catch (OrtException e) {
            throw new IllegalStateException("Cannot run ONNX Runtime: " + e.getMessage(), e);
        }
    }

    /** Values of the last run, {@code (channel, z, y, x)}. */
    float[] output() {
        float[] values = new float[outputValues.capacity()];
        outputValues.duplicate().rewind().get(values);
        return Arrays.copyOf(values, values.length);
    }

    @Override
    public void close() throws OrtException {
        input.close();
        output.close();
        session.close();
    }
}
