package io.sparkconv.network.evaluation;

import io.sparkconv.network.BinaryFunction;
import io.sparkconv.network.GlobalPooling;
import io.sparkconv.network.LocalResponseNormalization;
import io.sparkconv.network.UnaryFunction;
import io.sparkconv.network.UnaryFunction.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The operators of ONNX that are supported, on tensors of any rank. */
public final class Operators {
    private static final Map<String, Function<Operation, TensorOperator>> ALL = new TreeMap<>();

    private Operators() {}

    static {
        addElementwise();
        addFunctions();
        addShapes();
        addIndices();
        addWindows();
        addReductions();
    }

    private static void addElementwise() {
        binary("Add", BinaryFunction.ADD);
        binary("Sub", BinaryFunction.SUB);
        binary("Mul", BinaryFunction.MUL);
        binary("Div", BinaryFunction.DIV);
        binary("Pow", BinaryFunction.POW);
        binary("Equal", BinaryFunction.EQUAL);
        binary("Less", BinaryFunction.LESS);
        binary("LessOrEqual", BinaryFunction.LESS_OR_EQUAL);
        binary("Greater", BinaryFunction.GREATER);
        binary("GreaterOrEqual", BinaryFunction.GREATER_OR_EQUAL);
        binary("And", BinaryFunction.AND);
        binary("Or", BinaryFunction.OR);
        binary("Xor", BinaryFunction.XOR);
        ALL.put(
                "Mod",
                operation -> ElementwiseOperators.binary(
                        operation, operation.attributes().flag("fmod") ? BinaryFunction.FMOD : BinaryFunction.MOD));
        ALL.put(
                "PRelu",
                operation -> inputs -> List.of(ElementwiseOperators.binary(
                        BinaryFunction.PRELU,
                        inputs.get(0),
                        ElementwiseOperators.preluSlope(operation, inputs.get(0), inputs.get(1)))));
        ALL.put("Min", operation -> ElementwiseOperators.variadic(BinaryFunction.MIN));
        ALL.put("Max", operation -> ElementwiseOperators.variadic(BinaryFunction.MAX));
        ALL.put("Sum", operation -> ElementwiseOperators.variadic(BinaryFunction.ADD));
        ALL.put("Mean", operation -> ElementwiseOperators.mean());
        ALL.put(
                "Where",
                operation ->
                        inputs -> List.of(ElementwiseOperators.where(inputs.get(0), inputs.get(1), inputs.get(2))));
        ALL.put("Clip", Operators::clip);
        ALL.put("Cast", operation -> {
            TensorType type = castType(operation);
            return inputs -> List.of(ElementwiseOperators.cast(inputs.get(0), type));
        });
        ALL.put(
                "CastLike",
                operation -> inputs -> List.of(
                        ElementwiseOperators.cast(inputs.get(0), inputs.get(1).type())));
        one("Identity", (operation, input) -> input);
        ALL.put("Dropout", Operators::dropout);
    }

    private static void addFunctions() {
        for (String name : UnaryFunctions.names()) {
            ALL.put(name, operation -> {
                UnaryFunction function = UnaryFunctions.of(operation);
                return inputs -> List.of(ElementwiseOperators.unary(function, inputs.get(0)));
            });
        }
    }

    private static void addShapes() {
        ALL.put("Reshape", ShapeOperators::reshape);
        one("Flatten", ShapeOperators::flatten);
        one("Transpose", ShapeOperators::transpose);
        ALL.put("Squeeze", ShapeOperators::squeeze);
        ALL.put("Unsqueeze", ShapeOperators::unsqueeze);
        ALL.put("Shape", ShapeOperators::shape);
        one("Size", (operation, input) -> Tensor.of(TensorType.INT64, new long[] {input.size()}));
        ALL.put(
                "Expand",
                operation -> inputs -> List.of(
                        Rearrangement.expand(inputs.get(0), inputs.get(1).clampedIntegers())));
        ALL.put("Tile", operation -> inputs -> List.of(IndexOperators.tile(operation, inputs)));
        one("ConstantOfShape", ShapeOperators::constantOfShape);
        ALL.put("Constant", Operators::constant);
        ALL.put(
                "Range",
                operation -> inputs -> List.of(ShapeOperators.range(inputs.get(0), inputs.get(1), inputs.get(2))));
        ALL.put("DepthToSpace", ShapeOperators::depthToSpace);
        ALL.put("SpaceToDepth", ShapeOperators::spaceToDepth);
        ALL.put("Resize", ResizeOperator::operator);
        ALL.put("Upsample", ResizeOperator::operator);
    }

    private static void addIndices() {
        ALL.put(
                "Concat",
                operation -> inputs -> List.of(Rearrangement.concat(
                        inputs, inputs.get(0).axis(operation.attributes().whole("axis", 1)))));
        ALL.put("Split", IndexOperators::split);
        ALL.put("Slice", IndexOperators::slice);
        ALL.put(
                "Gather",
                operation -> inputs -> List.of(IndexOperators.gather(operation, inputs.get(0), inputs.get(1))));
        ALL.put(
                "GatherElements",
                operation -> inputs -> List.of(IndexOperators.gatherElements(operation, inputs.get(0), inputs.get(1))));
        ALL.put("Pad", operation -> inputs -> List.of(IndexOperators.pad(operation, inputs)));
        ALL.put("OneHot", operation -> inputs -> List.of(IndexOperators.oneHot(operation, inputs)));
    }

    private static void addWindows() {
        ALL.put("Conv", WindowOperators::convolution);
        ALL.put("ConvTranspose", WindowOperators::convolution);
        ALL.put("MaxPool", WindowOperators::pooling);
        ALL.put("AveragePool", WindowOperators::pooling);
        ALL.put("LpPool", WindowOperators::pooling);
        one(
                "GlobalAveragePool",
                (operation, input) -> input.rank() > 5
                        ? Reduction.reduce(Reduction.Kind.MEAN, input, space(input))
                        : ImageBatch.run(GlobalPooling.of(GlobalPooling.Function.AVERAGE), input));
        one("GlobalMaxPool", (operation, input) -> Reduction.reduce(Reduction.Kind.MAX, input, space(input)));
        one("GlobalLpPool", Operators::globalLpPool);
        ALL.put("BatchNormalization", NormalizationOperators::batch);
        ALL.put("InstanceNormalization", NormalizationOperators::instance);
        ALL.put("GroupNormalization", NormalizationOperators::instance);
        ALL.put("LayerNormalization", NormalizationOperators::layer);
        ALL.put("MeanVarianceNormalization", NormalizationOperators::meanVariance);
        one("LpNormalization", NormalizationOperators::lpNormalization);
        one("LRN", (operation, input) -> ImageBatch.run(localResponse(operation), input));
        ALL.put("Softmax", NormalizationOperators::softmaxOperator);
        ALL.put("LogSoftmax", NormalizationOperators::softmaxOperator);
        ALL.put("Gemm", operation -> inputs -> List.of(MatrixOperators.gemm(operation, inputs)));
        ALL.put("MatMul", operation -> inputs -> List.of(MatrixOperators.matmul(inputs.get(0), inputs.get(1))));
    }

    private static void addReductions() {
        Map<String, Reduction.Kind> kinds = Map.of(
                "ReduceMean", Reduction.Kind.MEAN,
                "ReduceSum", Reduction.Kind.SUM,
                "ReduceMax", Reduction.Kind.MAX,
                "ReduceMin", Reduction.Kind.MIN,
                "ReduceProd", Reduction.Kind.PROD,
                "ReduceL1", Reduction.Kind.L1,
                "ReduceL2", Reduction.Kind.L2,
                "ReduceSumSquare", Reduction.Kind.SUM_SQUARE,
                "ReduceLogSum", Reduction.Kind.LOG_SUM,
                "ReduceLogSumExp", Reduction.Kind.LOG_SUM_EXP);
        kinds.forEach((name, kind) -> ALL.put(name, operation -> Reduction.operator(operation, kind)));
        ALL.put("ArgMax", Reduction::extreme);
        ALL.put("ArgMin", Reduction::extreme);
    }

    private static void one(String name, BiFunction<Operation, Tensor, Tensor> function) {
        ALL.put(name, operation -> inputs -> List.of(function.apply(operation, inputs.get(0))));
    }

    private static void binary(String name, BinaryFunction function) {
        ALL.put(name, operation -> ElementwiseOperators.binary(operation, function));
    }

    private static TensorOperator clip(Operation operation) {
        if (operation.opset() < 11) {
            UnaryFunction function = UnaryFunctions.clip(operation);
            return inputs -> List.of(ElementwiseOperators.unary(function, inputs.get(0)));
        }
        return inputs -> List.of(ElementwiseOperators.clip(
                inputs.get(0), inputs.size() > 1 ? inputs.get(1) : null, inputs.size() > 2 ? inputs.get(2) : null));
    }

    /** At inference nothing is dropped; the second output says so of every value. */
    private static TensorOperator dropout(Operation operation) {
        return inputs -> {
            if (inputs.size() > 2
                    && inputs.get(2) != null
                    && inputs.get(2).scalar() != 0f
                    && (inputs.get(1) == null || inputs.get(1).scalar() != 0f)) {
                throw new IllegalArgumentException("input training_mode is true; supported is inference (false)");
            }
            int[] shape = inputs.get(0).shape();
            return List.of(inputs.get(0), Tensor.lazy(TensorType.BOOL, shape, List.of(), () -> {
                long[] kept = new long[Tensor.size(shape)];
                Arrays.fill(kept, 1);
                return kept;
            }));
        };
    }

    private static TensorOperator constant(Operation operation) {
        Attributes attributes = operation.attributes();
        Tensor value;
        if (attributes.has("value")) {
            value = attributes.tensor("value");
        } else if (attributes.has("value_float")) {
            value = Tensor.of(new float[] {attributes.real("value_float", 0)});
        } else if (attributes.has("value_floats")) {
            float[] reals = attributes.reals("value_floats");
            value = Tensor.of(reals, reals.length);
        } else if (attributes.has("value_int")) {
            value = Tensor.of(TensorType.INT64, new long[] {attributes.whole("value_int", 0)});
        } else if (attributes.has("value_ints")) {
            value = Tensor.ofList(attributes.wholes("value_ints"));
        } else {
            throw new IllegalArgumentException(
                    "it has no value of a supported kind; supported are value, value_float(s) and value_int(s)");
        }
        return inputs -> List.of(value);
    }

    /** The first operator sets name types. */
    private static TensorType castType(Operation operation) {
        if (operation.opset() < 6 && operation.attributes().values().get("to") instanceof String name) {
            return TensorType.valueOf(name.toUpperCase(java.util.Locale.ROOT));
        }
        return ElementTypes.of((int) operation.attributes().whole("to", 0));
    }

    /** {@code LRN} as a layer. */
    public static LocalResponseNormalization localResponse(Operation operation) {
        Attributes attributes = operation.attributes();
        return new LocalResponseNormalization(
                attributes.count("size", 0),
                attributes.real("alpha", 1e-4f),
                attributes.real("beta", 0.75f),
                attributes.real("bias", 1f));
    }

    private static int[] space(Tensor input) {
        if (input.rank() < 3) {
            throw new IllegalArgumentException("Cannot pool a tensor of " + Tensor.text(input.shape())
                    + ": batch, channel and axes of space are needed");
        }
        return java.util.stream.IntStream.range(2, input.rank()).toArray();
    }

    private static Tensor globalLpPool(Operation operation, Tensor input) {
        float power = operation.attributes().count("p", 2);
        Tensor magnitude = ElementwiseOperators.unary(UnaryFunction.of(Kind.ABS), input);
        Tensor powers = ElementwiseOperators.binary(BinaryFunction.POW, magnitude, Tensor.of(new float[] {power}));
        Tensor sum = Reduction.reduce(Reduction.Kind.SUM, powers, space(input));
        return ElementwiseOperators.binary(BinaryFunction.POW, sum, Tensor.of(new float[] {1f / power}));
    }

    /** Names of all. */
    public static Set<String> names() {
        return ALL.keySet();
    }

    /**
     * The operator of an operation.
     *
     * @throws IllegalArgumentException if it isn't supported or its attributes aren't
     */
    public static TensorOperator of(Operation operation) {
        Function<Operation, TensorOperator> factory = ALL.get(operation.name());
        if (factory == null) {
            throw new IllegalArgumentException("operator " + operation.name() + " is not supported");
        }
        return factory.apply(operation);
    }

    /**
     * The outputs of an operator.
     *
     * @param place where it stands, for messages: {@code node 'probabilities' (Softmax)}
     * @param inputs the inputs in their order; null where one is left out
     * @throws IllegalArgumentException if it can't take such inputs; the message begins with the place
     */
    public static List<Tensor> apply(String place, Operation operation, List<Tensor> inputs) {
        try {
            return of(operation).apply(inputs);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException("Cannot run " + place + ": " + reason(e), e);
        } catch (IndexOutOfBoundsException | NullPointerException | NegativeArraySizeException | ClassCastException e) {
            throw new IllegalArgumentException("Cannot run " + place + ": its inputs are not those of the operator", e);
        }
    }

    /** What an exception says, in the middle of a sentence. */
    private static String reason(RuntimeException failure) {
        String message = failure.getMessage();
        return message == null || !message.startsWith("Cannot ") ? String.valueOf(message) : "c" + message.substring(1);
    }
}
