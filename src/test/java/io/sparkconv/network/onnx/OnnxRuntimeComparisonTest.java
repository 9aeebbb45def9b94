package io.sparkconv.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.SeededRandom;
import io.sparkconv.network.evaluation.Tensor;
import io.sparkconv.onnx.OnnxModelWriter;
import io.sparkconv.onnx.OnnxModelWriter.Attribute;
import io.sparkconv.onnx.OnnxRuntimeOracle;
import io.sparkconv.plan.LayerKinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random operators with random attributes against ONNX Runtime: on whole tensors, as a network, and as that network in tiles.
 * What ONNX Runtime refuses is drawn again.
 */
class OnnxRuntimeComparisonTest {
    private static final int CASES = 400;
    private static final int MOST_CASES = 10 * CASES;
    private static final double RELATIVE = 1e-3;
    private static final double ABSOLUTE = 2e-5;

    private final SeededRandom random = SeededRandom.announced(this);

    private final Set<String> reached = new TreeSet<>();

    @TempDir
    private Path folder;

    /** A model with one input {@code input} and one output {@code output}. */
    private record Drawn(String text, byte[] model, long[] shape) {}

    @Test
    void everyDrawnOperatorEqualsOnnxRuntime() throws IOException {
        List<String> failures = new ArrayList<>();
        int compared = 0;
        int refused = 0;
        // some kinds are drawn so seldom that a run of the usual length may miss one
        while (compared < CASES || compared < MOST_CASES && !reached.containsAll(LayerKinds.ofOnnx())) {
            Drawn drawn = draw();
            float[] values = random.values((int) Arrays.stream(drawn.shape()).reduce(1, (a, b) -> a * b));
            OnnxRuntimeOracle.Tensor expected;
            try {
                expected = OnnxRuntimeOracle.run(
                                drawn.model(), Map.of("input", new OnnxRuntimeOracle.Tensor(drawn.shape(), values)))
                        .get("output");
            } catch (IllegalStateException e) {
                refused++;
                assertThat(refused)
                        .as("refused by ONNX Runtime: " + e.getMessage())
                        .isLessThan(3 * MOST_CASES);
                continue;
            }
            if (expected.values().length == 0) {
                continue;
            }
            compared++;
            String failure = failure(drawn, values, expected);
            if (!failure.isEmpty()) {
                failures.add(drawn.text() + " on " + Arrays.toString(drawn.shape()) + ": " + failure);
            }
        }
        assertThat(reached).as("kinds of layers").containsAll(LayerKinds.ofOnnx());
        failures.forEach(System.out::println);
        System.out.println((compared - failures.size()) + " of " + compared + " operators, " + refused
                + " refused by ONNX Runtime");
        assertThat(failures).isEmpty();
    }

    private String failure(Drawn drawn, float[] values, OnnxRuntimeOracle.Tensor expected) throws IOException {
        Path file = Files.write(folder.resolve("model.onnx"), drawn.model());
        try {
            OnnxModel model = OnnxModel.load(file);
            int[] shape =
                    Arrays.stream(drawn.shape()).mapToInt(Math::toIntExact).toArray();
            Tensor input = Tensor.of(values, shape);
            Tensor actual = model.evaluate(Map.of("input", input)).get("output");
            int[] wanted =
                    Arrays.stream(expected.shape()).mapToInt(Math::toIntExact).toArray();
            if (!Arrays.equals(actual.shape(), wanted)) {
                return "shape " + Tensor.text(actual.shape()) + ", expected " + Tensor.text(wanted);
            }
            for (int i = 0; i < expected.values().length; i++) {
                double allowed = ABSOLUTE + RELATIVE * Math.abs(expected.values()[i]);
                double difference = Math.abs((double) actual.floats()[i] - expected.values()[i]);
                if (!(difference <= allowed) && Float.compare(actual.floats()[i], expected.values()[i]) != 0) {
                    return "element " + i + " is " + actual.floats()[i] + ", expected " + expected.values()[i];
                }
            }
            // the network's layers against the whole tensors
            OnnxCase.DataSet data = new OnnxCase.DataSet(List.of(input), List.of(actual));
            NetworkRun.layers(model, input).forEach(layer -> reached.add(LayerKinds.of(layer)));
            return NetworkRun.failure(model, data).orElse("");
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private Drawn draw() {
        return switch (random.between(0, 14)) {
            case 0, 1 -> resize();
            case 2 -> pad();
            case 3, 4 -> pool();
            case 5 -> convolution();
            case 6 -> transposed();
            case 7 -> arithmetic();
            case 8 -> function();
            case 9 -> slice();
            case 10 -> reduce();
            case 11 -> along();
            case 12 -> normalization();
            case 13 -> concatenation();
            default -> chain();
        };
    }

    private long[] image(int dimensions, int least) {
        long[] shape = new long[2 + dimensions];
        shape[0] = 1;
        shape[1] = random.between(1, 4);
        for (int axis = 2; axis < shape.length; axis++) {
            shape[axis] = random.between(least, 9);
        }
        return shape;
    }

    private Drawn one(String text, OnnxModelWriter writer, long[] shape) {
        return new Drawn(text, writer.input("input", shape).output("output").bytes(), shape);
    }

    private static long[] repeated(long value, int count) {
        long[] all = new long[count];
        Arrays.fill(all, value);
        return all;
    }

    private long[] numbers(int count, int least, int greatest) {
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.between(least, greatest);
        }
        return numbers;
    }

    private Drawn resize() {
        long[] shape = image(2, 2);
        String mode = random.pick("nearest", "linear", "cubic");
        String coordinates =
                random.pick("half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric", "half_pixel_symmetric");
        String rounding = random.pick("round_prefer_floor", "round_prefer_ceil", "floor", "ceil");
        int opset = coordinates.equals("half_pixel_symmetric") ? 19 : random.oneOf(11, 13, 18, 19);
        List<Attribute> attributes = new ArrayList<>(
                List.of(Attribute.of("mode", mode), Attribute.of("coordinate_transformation_mode", coordinates)));
        if (mode.equals("nearest")) {
            attributes.add(Attribute.of("nearest_mode", rounding));
        }
        if (mode.equals("cubic")) {
            attributes.add(Attribute.of("exclude_outside", (long) random.between(0, 1)));
            attributes.add(Attribute.of("cubic_coeff_a", random.pick(-0.75f, -0.5f)));
        }
        OnnxModelWriter writer = OnnxModelWriter.ofOpset(opset).initializer("roi", new float[0], 0);
        if (random.onceIn(2)) {
            // scales that give whole extents: where they don't, ONNX Runtime and ONNX's definition differ
            float height = random.pick(0.5f, 1f, 2f, 3f);
            float width = random.pick(0.5f, 1f, 2f, 4f);
            shape[2] = random.pick(4, 6, 8);
            shape[3] = random.pick(4, 6, 8);
            writer.initializer("scales", new float[] {1f, 1f, height, width}, 4)
                    .node("Resize", List.of("input", "roi", "scales"), "output", attributes.toArray(Attribute[]::new));
            return one(
                    "Resize " + opset + " " + mode + " " + coordinates + " " + rounding + " by " + height + ", "
                            + width,
                    writer,
                    shape);
        }
        long[] sizes = {1, shape[1], random.between(1, 14), random.between(1, 14)};
        if (mode.equals("nearest")) {
            // powers of two, so that no coordinate is rounded: where it lies between two pixels a last bit would decide
            shape[2] = random.pick(4, 8);
            shape[3] = random.pick(4, 8);
            sizes = new long[] {1, shape[1], random.pick(2, 4, 8, 16), random.pick(2, 4, 8, 16)};
        }
        writer.initializer("scales", new float[0], 0)
                .initializer("sizes", sizes)
                .node(
                        "Resize",
                        List.of("input", "roi", "scales", "sizes"),
                        "output",
                        attributes.toArray(Attribute[]::new));
        return one(
                "Resize " + opset + " " + mode + " " + coordinates + " " + rounding + " to " + Arrays.toString(sizes),
                writer,
                shape);
    }

    private Drawn pad() {
        long[] shape = image(random.between(1, 3), 3);
        String mode = random.pick("constant", "reflect", "edge", "wrap");
        int opset = mode.equals("wrap") ? 19 : random.oneOf(11, 13, 18, 19);
        long[] pads = new long[2 * shape.length];
        for (int axis = 2; axis < shape.length; axis++) {
            pads[axis] = random.between(mode.equals("constant") ? -1 : 0, 2);
            pads[shape.length + axis] = random.between(mode.equals("constant") ? -1 : 0, 2);
        }
        if (random.onceIn(4) && mode.equals("constant")) {
            pads[1] = 1;
        }
        return one(
                "Pad " + opset + " " + mode + " " + Arrays.toString(pads),
                OnnxModelWriter.ofOpset(opset)
                        .initializer("pads", pads)
                        .initializer("value", new float[] {1.5f})
                        .node("Pad", List.of("input", "pads", "value"), "output", Attribute.of("mode", mode)),
                shape);
    }

    /** Strides up to the kernel: with longer ones ONNX Runtime cuts pixels off where the definition pads none. */
    private long[] shorter(long[] kernel) {
        return Arrays.stream(kernel)
                .map(extent -> random.between(1, Math.min(3, (int) extent)))
                .toArray();
    }

    private Drawn pool() {
        int dimensions = random.between(1, 3);
        long[] shape = image(dimensions, 4);
        String operator = random.pick("MaxPool", "AveragePool", "LpPool");
        String autoPad = random.pick("NOTSET", "NOTSET", "NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER");
        long[] kernel = numbers(dimensions, 1, 4);
        boolean countsPadding = operator.equals("AveragePool") && autoPad.equals("NOTSET") && random.onceIn(2);
        List<Attribute> attributes = new ArrayList<>(List.of(
                Attribute.numbers("kernel_shape", kernel),
                Attribute.numbers(
                        "strides", autoPad.startsWith("SAME") ? shorter(kernel) : numbers(dimensions, 1, 3))));
        StringBuilder text = new StringBuilder(operator + " " + Arrays.toString(kernel) + " " + autoPad);
        if (autoPad.equals("NOTSET")) {
            long[] pads = new long[2 * dimensions];
            for (int i = 0; i < pads.length; i++) {
                pads[i] = random.between(0, (int) kernel[i % dimensions] - 1);
            }
            if (countsPadding) {
                // ONNX Runtime takes the paddings of axes and sides for one another: all are the same here
                Arrays.fill(pads, Arrays.stream(pads).min().orElse(0));
            }
            attributes.add(Attribute.numbers("pads", pads));
            text.append(" pads ").append(Arrays.toString(pads));
            // windows that lie in the padding alone have no agreed value
            if (!operator.equals("LpPool")
                    && random.onceIn(2)
                    && Arrays.stream(pads).max().orElse(0) < 2) {
                attributes.add(Attribute.of("ceil_mode", 1L));
                text.append(" ceil");
            }
        } else {
            attributes.add(Attribute.of("auto_pad", autoPad));
        }
        if (!operator.equals("LpPool") && autoPad.equals("NOTSET") && random.onceIn(2)) {
            attributes.add(Attribute.numbers("dilations", repeated(2, dimensions)));
            text.append(" dilated");
            for (int axis = 2; axis < shape.length; axis++) {
                // no window longer than its input: ONNX Runtime gives one output for it, whose window is cut off
                shape[axis] = Math.max(7, shape[axis]);
            }
        }
        if (countsPadding) {
            attributes.add(Attribute.of("count_include_pad", 1L));
            text.append(" counting padding");
        }
        if (operator.equals("LpPool")) {
            attributes.add(Attribute.of("p", (long) random.between(1, 3)));
        }
        int opset = random.oneOf(19, 22);
        return one(
                text + " opset " + opset,
                OnnxModelWriter.ofOpset(opset)
                        .node(operator, List.of("input"), "output", attributes.toArray(Attribute[]::new)),
                shape);
    }

    private Drawn convolution() {
        int dimensions = random.between(1, 3);
        long[] shape = image(dimensions, 5);
        int groups = random.onceIn(3) ? (int) shape[1] : 1;
        long[] weights = new long[2 + dimensions];
        weights[0] = groups * random.between(1, 3);
        weights[1] = shape[1] / groups;
        long[] kernel = numbers(dimensions, 1, 3);
        System.arraycopy(kernel, 0, weights, 2, dimensions);
        String autoPad = random.pick("NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER");
        List<Attribute> attributes = new ArrayList<>(List.of(
                Attribute.of("group", (long) groups),
                Attribute.numbers("strides", numbers(dimensions, 1, 3)),
                Attribute.of("auto_pad", autoPad)));
        if (autoPad.equals("NOTSET")) {
            attributes.add(Attribute.numbers("pads", numbers(2 * dimensions, 0, 2)));
            attributes.add(Attribute.numbers("dilations", numbers(dimensions, 1, 2)));
        }
        int count = (int) Arrays.stream(weights).reduce(1, (a, b) -> a * b);
        return one(
                "Conv " + Arrays.toString(weights) + " " + autoPad,
                OnnxModelWriter.ofOpset(random.oneOf(1, 11, 13, 22))
                        .initializer("w", random.values(count), weights)
                        .node("Conv", List.of("input", "w"), "output", attributes.toArray(Attribute[]::new)),
                shape);
    }

    private Drawn transposed() {
        int dimensions = random.between(1, 2);
        long[] shape = image(dimensions, 3);
        long[] weights = new long[2 + dimensions];
        weights[0] = shape[1];
        weights[1] = random.between(1, 3);
        System.arraycopy(numbers(dimensions, 2, 4), 0, weights, 2, dimensions);
        long[] strides = numbers(dimensions, 1, 2);
        List<Attribute> attributes = new ArrayList<>(List.of(Attribute.numbers("strides", strides)));
        String text = "ConvTranspose " + Arrays.toString(weights) + " strides " + Arrays.toString(strides);
        switch (random.between(0, 2)) {
            case 0 -> attributes.add(Attribute.numbers("pads", numbers(2 * dimensions, 0, 1)));
            case 1 -> {
                String autoPad = random.pick("SAME_UPPER", "SAME_LOWER");
                attributes.add(Attribute.of("auto_pad", autoPad));
                text += " " + autoPad;
            }
            default -> {
                long[] wanted = new long[dimensions];
                for (int axis = 0; axis < dimensions; axis++) {
                    wanted[axis] = (shape[2 + axis] - 1) * strides[axis] + weights[2 + axis] - random.between(0, 1);
                }
                attributes.add(Attribute.numbers("output_shape", wanted));
                text += " to " + Arrays.toString(wanted);
            }
        }
        int count = (int) Arrays.stream(weights).reduce(1, (a, b) -> a * b);
        return one(
                text,
                OnnxModelWriter.ofOpset(random.oneOf(11, 22))
                        .initializer("w", random.values(count), weights)
                        .node("ConvTranspose", List.of("input", "w"), "output", attributes.toArray(Attribute[]::new)),
                shape);
    }

    private Drawn arithmetic() {
        long[] shape = image(random.between(1, 3), 2);
        String operator = random.pick("Add", "Sub", "Mul", "Div", "Min", "Max", "PRelu", "Sum", "Mean");
        int rank = random.between(operator.equals("PRelu") ? 1 : 0, shape.length);
        long[] other = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            other[axis] = random.onceIn(2) ? 1 : shape[shape.length - rank + axis];
        }
        int count = (int) Arrays.stream(other).reduce(1, (a, b) -> a * b);
        boolean isFirst = !operator.equals("PRelu") && random.onceIn(2);
        return one(
                operator + " with " + Arrays.toString(other) + (isFirst ? " first" : ""),
                OnnxModelWriter.ofOpset(random.oneOf(13, 17))
                        .initializer("c", random.values(count), other)
                        .node(operator, isFirst ? List.of("c", "input") : List.of("input", "c"), "output"),
                shape);
    }

    private Drawn function() {
        String operator = random.pick(
                "Relu",
                "LeakyRelu",
                "Elu",
                "Selu",
                "Celu",
                "Sigmoid",
                "HardSigmoid",
                "HardSwish",
                "Mish",
                "Tanh",
                "Softplus",
                "Softsign",
                "Gelu",
                "Erf",
                "Exp",
                "Abs",
                "Neg",
                "ThresholdedRelu",
                "Floor",
                "Ceil");
        return one(operator, OnnxModelWriter.ofOpset(20).node(operator, List.of("input"), "output"), image(2, 2));
    }

    private Drawn slice() {
        long[] shape = image(2, 4);
        long[] axes = {random.between(1, 3)};
        long[] steps = {random.oneOf(-2, -1, 1, 2, 3)};
        long[] starts = {random.between(-5, 5)};
        long[] ends = {random.between(-6, 9)};
        return one(
                "Slice axis " + axes[0] + " from " + starts[0] + " to " + ends[0] + " step " + steps[0],
                OnnxModelWriter.ofOpset(13)
                        .initializer("starts", starts)
                        .initializer("ends", ends)
                        .initializer("axes", axes)
                        .initializer("steps", steps)
                        .node("Slice", List.of("input", "starts", "ends", "axes", "steps"), "sliced")
                        .node("Relu", List.of("sliced"), "output"),
                shape);
    }

    /** Behind each other on any axis, of pieces with values of their own. */
    private Drawn concatenation() {
        long[] shape = image(random.between(1, 3), 3);
        long axis = random.between(1, shape.length - 1);
        String second = random.pick("Relu", "Neg");
        return one(
                "Concat of " + Arrays.toString(shape) + " along " + axis,
                OnnxModelWriter.ofOpset(13)
                        .initializer("half", new float[] {0.5f}, 1)
                        .node(second, List.of("input"), "a")
                        .node("Mul", List.of("input", "half"), "b")
                        .node("Concat", List.of("a", "input", "b"), "c", Attribute.of("axis", axis))
                        .node(
                                "MaxPool",
                                List.of("c"),
                                "output",
                                Attribute.numbers("kernel_shape", repeated(2, shape.length - 2))),
                shape);
    }

    private Drawn reduce() {
        long[] shape = image(random.between(1, 3), 2);
        String operator =
                random.pick("ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin", "ReduceL2", "ReduceLogSumExp");
        List<Long> axes = new ArrayList<>();
        boolean isSpace = random.onceIn(2);
        for (long axis = isSpace ? 2 : 1; axis < shape.length; axis++) {
            if (isSpace || random.onceIn(2)) {
                axes.add(axis);
            }
        }
        if (axes.isEmpty()) {
            axes.add(1L);
        }
        long[] all = axes.stream().mapToLong(Long::longValue).toArray();
        return one(
                operator + " over " + axes,
                OnnxModelWriter.ofOpset(11)
                        .node(
                                operator,
                                List.of("input"),
                                "output",
                                Attribute.numbers("axes", all),
                                Attribute.of("keepdims", (long) random.between(0, 1))),
                shape);
    }

    private Drawn along() {
        long[] shape = image(random.between(1, 2), 2);
        String operator = random.pick("Softmax", "LogSoftmax", "LpNormalization");
        int opset = random.oneOf(11, 13);
        long axis = random.between(operator.equals("LpNormalization") ? 1 : -1, shape.length - 1);
        return one(
                operator + " " + opset + " axis " + axis,
                OnnxModelWriter.ofOpset(opset).node(operator, List.of("input"), "output", Attribute.of("axis", axis)),
                shape);
    }

    private Drawn normalization() {
        long[] shape = image(2, 3);
        // the variance of one or two values may be next to nothing, which then decides all digits
        shape[1] = Math.max(3, shape[1]);
        int channels = (int) shape[1];
        String operator =
                random.pick("InstanceNormalization", "BatchNormalization", "LRN", "LayerNormalization", "groups");
        OnnxModelWriter writer = OnnxModelWriter.ofOpset(17)
                .initializer("a", random.values(channels), channels)
                .initializer("b", random.values(channels), channels)
                .initializer("m", random.values(channels), channels)
                .initializer("v", new float[] {0.5f, 1f, 2f, 3f}.clone(), 4);
        switch (operator) {
            case "InstanceNormalization" -> writer.node(operator, List.of("input", "a", "b"), "output");
            case "BatchNormalization" -> {
                shape[1] = 4;
                writer = OnnxModelWriter.ofOpset(15)
                        .initializer("a", random.values(4), 4)
                        .initializer("b", random.values(4), 4)
                        .initializer("m", random.values(4), 4)
                        .initializer("v", new float[] {0.5f, 1f, 2f, 3f}, 4)
                        .node(operator, List.of("input", "a", "b", "m", "v"), "output");
            }
            case "groups" -> {
                // as PyTorch's exporter writes GroupNorm
                shape[1] = 4;
                long[] back = shape.clone();
                back[0] = random.oneOf(0, 1);
                writer = OnnxModelWriter.ofOpset(15)
                        .initializer("a", random.values(2), 2)
                        .initializer("b", random.values(2), 2)
                        .initializer("divided", new long[] {0, 2, -1})
                        .initializer("back", back)
                        .initializer("w", random.values(4), 4, 1, 1)
                        .node("Reshape", List.of("input", "divided"), "d")
                        .node("InstanceNormalization", List.of("d", "a", "b"), "n")
                        .node("Reshape", List.of("n", "back"), "r")
                        .node("Mul", List.of("r", "w"), "output");
            }
            case "LRN" ->
                writer.node(
                        operator,
                        List.of("input"),
                        "output",
                        Attribute.of("size", (long) random.oneOf(1, 3, 5)),
                        Attribute.of("alpha", 0.3f));
            default ->
                // over channels, as ConvNeXt has it
                writer.node("Transpose", List.of("input"), "t", Attribute.numbers("perm", 0, 2, 3, 1))
                        .node(operator, List.of("t", "a", "b"), "n")
                        .node("Transpose", List.of("n"), "output", Attribute.numbers("perm", 0, 3, 1, 2));
        }
        return one(operator, writer, shape);
    }

    /** Chains whose layers must be seen through: shuffles, squeeze and excitation, heads. */
    private Drawn chain() {
        long[] shape = {1, 4, random.between(3, 8), random.between(3, 8)};
        switch (random.between(0, 3)) {
            case 0 -> {
                return one(
                        "channel shuffle",
                        OnnxModelWriter.ofOpset(13)
                                .initializer("split", new long[] {1, 2, 2, shape[2], shape[3]})
                                .initializer("whole", new long[] {1, 4, shape[2], shape[3]})
                                .node("Reshape", List.of("input", "split"), "r")
                                .node("Transpose", List.of("r"), "t", Attribute.numbers("perm", 0, 2, 1, 3, 4))
                                .node("Reshape", List.of("t", "whole"), "output"),
                        shape);
            }
            case 1 -> {
                return one(
                        "pixel shuffle",
                        OnnxModelWriter.ofOpset(13)
                                .initializer("split", new long[] {1, 1, 2, 2, shape[2], shape[3]})
                                .initializer("whole", new long[] {1, 1, 2 * shape[2], 2 * shape[3]})
                                .node("Reshape", List.of("input", "split"), "r")
                                .node("Transpose", List.of("r"), "t", Attribute.numbers("perm", 0, 1, 4, 2, 5, 3))
                                .node("Reshape", List.of("t", "whole"), "output"),
                        shape);
            }
            case 2 -> {
                return one(
                        "squeeze and excitation",
                        OnnxModelWriter.ofOpset(13)
                                .initializer("w", random.values(16), 4, 4)
                                .initializer("c", random.values(4), 4)
                                .initializer("shape", new long[] {1, -1, 1, 1})
                                .node("GlobalAveragePool", List.of("input"), "p")
                                .node("Flatten", List.of("p"), "f")
                                .node("Gemm", List.of("f", "w", "c"), "g", Attribute.of("transB", (long)
                                        random.between(0, 1)))
                                .node("Sigmoid", List.of("g"), "s")
                                .node("Reshape", List.of("s", "shape"), "e")
                                .node("Mul", List.of("input", "e"), "output"),
                        shape);
            }
            default -> {
                return one(
                        "pixels as tokens",
                        OnnxModelWriter.ofOpset(13)
                                .initializer("tokens", new long[] {1, 4, -1})
                                .initializer("w", random.values(20), 4, 5)
                                .node("Reshape", List.of("input", "tokens"), "r")
                                .node("Transpose", List.of("r"), "t", Attribute.numbers("perm", 0, 2, 1))
                                .node("MatMul", List.of("t", "w"), "m")
                                .node("Softmax", List.of("m"), "output", Attribute.of("axis", -1L)),
                        shape);
            }
        }
    }
}
