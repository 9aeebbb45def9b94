package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkconv.network.Activation;
import io.sparkconv.network.Activation.Function;
import io.sparkconv.network.Arithmetic;
import io.sparkconv.network.BatchNormalization;
import io.sparkconv.network.BinaryFunction;
import io.sparkconv.network.Channelwise;
import io.sparkconv.network.Combination;
import io.sparkconv.network.Concatenation;
import io.sparkconv.network.GatheredMap;
import io.sparkconv.network.GlobalPooling;
import io.sparkconv.network.Layer;
import io.sparkconv.network.LocalResponseNormalization;
import io.sparkconv.network.Softmax;
import io.sparkconv.network.SpaceRearrangement;
import io.sparkconv.network.SpaceRearrangement.Direction;
import io.sparkconv.network.SpatialConcatenation;
import io.sparkconv.network.UnaryFunction;
import io.sparkconv.network.yaml.Fields.Flag;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.PaddingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a layer can be. */
enum Operation {
    CONV(Naming.DIMENSION, Inputs.ONE, Tensors.SOME, ConvolutionReader::convolution),
    CONV_TRANSPOSE(Naming.DIMENSION, Inputs.ONE, Tensors.SOME, ConvolutionReader::transposed),
    RELU(Naming.PLAIN, Inputs.ONE, Tensors.NONE, activation(Function.RELU)),
    LEAKY_RELU(Naming.PLAIN, Inputs.ONE, Tensors.NONE, Operation::leakyRelu),
    SIGMOID(Naming.PLAIN, Inputs.ONE, Tensors.NONE, activation(Function.SIGMOID)),
    TANH(Naming.PLAIN, Inputs.ONE, Tensors.NONE, activation(Function.TANH)),
    MAX_POOL(Naming.BOTH, Inputs.ONE, Tensors.NONE, PoolingReader::maximum),
    AVG_POOL(Naming.BOTH, Inputs.ONE, Tensors.NONE, PoolingReader::average),
    BATCH_NORM(Naming.BOTH, Inputs.ONE, Tensors.SOME, Operation::batchNormalization),
    ADAPTIVE_AVG_POOL(Naming.BOTH, Inputs.ONE, Tensors.NONE, globalPooling(GlobalPooling.Function.AVERAGE)),
    ADAPTIVE_MAX_POOL(Naming.BOTH, Inputs.ONE, Tensors.NONE, globalPooling(GlobalPooling.Function.MAXIMUM)),
    ADD(Naming.PLAIN, Inputs.SEVERAL, Tensors.NONE, arithmetic(Arithmetic.Operation.ADD)),
    MUL(Naming.PLAIN, Inputs.SEVERAL, Tensors.NONE, arithmetic(Arithmetic.Operation.MULTIPLY)),
    SUB(Naming.PLAIN, Inputs.SEVERAL, Tensors.NONE, combination(BinaryFunction.SUB)),
    DIV(Naming.PLAIN, Inputs.SEVERAL, Tensors.NONE, combination(BinaryFunction.DIV)),
    MINIMUM(Naming.PLAIN, Inputs.SEVERAL, Tensors.NONE, combination(BinaryFunction.MIN)),
    MAXIMUM(Naming.PLAIN, Inputs.SEVERAL, Tensors.NONE, combination(BinaryFunction.MAX)),
    CONCAT(Naming.PLAIN, Inputs.SEVERAL, Tensors.NONE, Operation::concatenation),
    CAT(Naming.PLAIN, Inputs.SEVERAL, Tensors.NONE, Operation::concatenation),
    IDENTITY(Naming.PLAIN, Inputs.ONE, Tensors.NONE, Operation::identity),
    FLATTEN(Naming.PLAIN, Inputs.ONE, Tensors.NONE, plain(GatheredMap.IN_ORDER)),
    PRELU(Naming.PLAIN, Inputs.ONE, Tensors.SOME, Operation::slopes),
    SOFTMAX(Naming.PLAIN, Inputs.ONE, Tensors.NONE, softmax(Softmax.Form.PROBABILITY)),
    LOG_SOFTMAX(Naming.PLAIN, Inputs.ONE, Tensors.NONE, softmax(Softmax.Form.LOGARITHM)),
    LOCAL_RESPONSE_NORM(Naming.PLAIN, Inputs.ONE, Tensors.NONE, Operation::localResponse),
    PIXEL_SHUFFLE(Naming.PLAIN, Inputs.ONE, Tensors.NONE, shuffle("upscale_factor", Direction.DEPTH_TO_SPACE)),
    PIXEL_UNSHUFFLE(Naming.PLAIN, Inputs.ONE, Tensors.NONE, shuffle("downscale_factor", Direction.SPACE_TO_DEPTH)),
    ZERO_PAD(Naming.BOTH, Inputs.ONE, Tensors.NONE, PaddingReader.padding(PaddingMode.ZEROS)),
    CONSTANT_PAD(Naming.BOTH, Inputs.ONE, Tensors.NONE, PaddingReader::constant),
    REFLECTION_PAD(Naming.BOTH, Inputs.ONE, Tensors.NONE, PaddingReader.padding(PaddingMode.REFLECT)),
    REPLICATION_PAD(Naming.BOTH, Inputs.ONE, Tensors.NONE, PaddingReader.padding(PaddingMode.REPLICATE)),
    CIRCULAR_PAD(Naming.BOTH, Inputs.ONE, Tensors.NONE, PaddingReader.padding(PaddingMode.CIRCULAR)),
    CLAMP(Naming.PLAIN, Inputs.ONE, Tensors.NONE, FunctionReader::clamp),
    HARDTANH(Naming.PLAIN, Inputs.ONE, Tensors.NONE, FunctionReader::hardtanh),
    ELU(Naming.PLAIN, Inputs.ONE, Tensors.NONE, FunctionReader.ofAlpha(UnaryFunction.Kind.ELU)),
    CELU(Naming.PLAIN, Inputs.ONE, Tensors.NONE, FunctionReader.ofAlpha(UnaryFunction.Kind.CELU)),
    GELU(Naming.PLAIN, Inputs.ONE, Tensors.NONE, FunctionReader::gelu),
    /** Those of {@link FunctionWords}, under their own names. */
    FUNCTION(Naming.PLAIN, Inputs.ONE, Tensors.NONE, FunctionReader::plain),
    UPSAMPLE(Naming.PLAIN, Inputs.ONE, Tensors.NONE, UpsamplingReader::upsampling),
    FILTER(Naming.PLAIN, Inputs.ONE, Tensors.NONE, FilterReader::filter);

    /** Whether the operation's name tells its dimensions, as in {@code conv2d}. */
    private enum Naming {
        PLAIN,
        DIMENSION,
        BOTH
    }

    private enum Inputs {
        ONE,
        SEVERAL
    }

    private enum Tensors {
        NONE,
        SOME
    }

    private final Naming naming;
    private final Inputs inputs;
    private final Tensors tensors;
    private final BiFunction<JsonNode, Place, Layer> reader;

    Operation(Naming naming, Inputs inputs, Tensors tensors, BiFunction<JsonNode, Place, Layer> reader) {
        this.naming = naming;
        this.inputs = inputs;
        this.tensors = tensors;
        this.reader = reader;
    }

    /** The operation of a key, and the dimensions that the key tells. */
    record Named(Operation operation, Optional<Integer> dimensions) {}

    static Optional<Named> named(String key) {
        if (FunctionWords.has(key)) {
            return Optional.of(new Named(FUNCTION, Optional.empty()));
        }
        return Arrays.stream(values())
                .filter(operation -> operation != FUNCTION)
                .flatMap(operation -> operation.keys().stream()
                        .filter(key::equals)
                        .map(same -> new Named(operation, operation.dimensions(same))))
                .findFirst();
    }

    /** All keys of all operations, for messages: {@code conv1d … 3d, relu, …}. */
    static String allKeys() {
        return Arrays.stream(values()).map(Operation::keyText).collect(Collectors.joining(", "));
    }

    private String keyText() {
        if (this == FUNCTION) {
            return String.join(", ", FunctionWords.names());
        }
        String name = name().toLowerCase(Locale.ROOT);
        return switch (naming) {
            case PLAIN -> name;
            case DIMENSION -> name + "1d … 3d";
            case BOTH -> name + " (also 1d … 3d)";
        };
    }

    private List<String> keys() {
        String name = name().toLowerCase(Locale.ROOT);
        return switch (naming) {
            case PLAIN -> List.of(name);
            case DIMENSION -> List.of(name + "1d", name + "2d", name + "3d");
            case BOTH -> List.of(name, name + "1d", name + "2d", name + "3d");
        };
    }

    private Optional<Integer> dimensions(String key) {
        return key.length() == name().length()
                ? Optional.empty()
                : Optional.of(Character.digit(key.charAt(name().length()), 10));
    }

    boolean hasTensors() {
        return tensors == Tensors.SOME;
    }

    /**
     * Makes the layer.
     *
     * @throws IllegalArgumentException if it can't be made as its keys say
     */
    Layer read(JsonNode body, Place place) {
        int count = place.inputs().size();
        if (inputs == Inputs.ONE ? count != 1 : count < 2) {
            throw new IllegalArgumentException(
                    place.operation() + " reads " + count + (count == 1 ? " layer: " : " layers: ")
                            + (inputs == Inputs.ONE ? "1 is" : "at least 2 by 'from' are") + " needed");
        }
        return reader.apply(body, place);
    }

    private static BiFunction<JsonNode, Place, Layer> activation(Function function) {
        return (body, place) -> {
            Fields.of(place.operation(), body, List.of());
            return Activation.of(function);
        };
    }

    private static Layer leakyRelu(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, List.of("negative_slope"));
        return new Activation(Function.LEAKY_RELU, (float) fields.number("negative_slope", 0.01));
    }

    private static Layer batchNormalization(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, List.of("num_features", "eps", "affine"));
        int channels = fields.whole("num_features", 1);
        place.requireChannels("num_features", channels);
        double epsilon = fields.number("eps", 1e-5);
        if (epsilon < 0) {
            throw fields.refusal("eps", "a number from 0");
        }
        boolean affine = fields.flag("affine", Flag.TRUE);
        return BatchNormalization.of(
                affine ? place.tensor("weight", channels) : null,
                affine ? place.tensor("bias", channels) : null,
                place.tensor("running_mean", channels),
                place.tensor("running_var", channels),
                epsilon);
    }

    private static BiFunction<JsonNode, Place, Layer> globalPooling(GlobalPooling.Function function) {
        return (body, place) -> {
            Fields fields = Fields.of(place.operation(), body, List.of("output_size"));
            for (int size : fields.sizes("output_size", place.dimensions(), 1)) {
                if (size != 1) {
                    throw fields.refusal("output_size", "only 1, the whole map,");
                }
            }
            return new GlobalPooling(function, place.dimensions());
        };
    }

    private static BiFunction<JsonNode, Place, Layer> arithmetic(Arithmetic.Operation operation) {
        return (body, place) -> {
            Fields.of(place.operation(), body, List.of());
            place.requireBroadcast();
            return new Arithmetic(operation);
        };
    }

    private static BiFunction<JsonNode, Place, Layer> combination(BinaryFunction function) {
        return (body, place) -> {
            Fields.of(place.operation(), body, List.of());
            place.requireBroadcast();
            return new Combination(
                    function,
                    IntStream.range(0, place.inputs().size())
                            .mapToObj(Combination.Operand::ofInput)
                            .toList());
        };
    }

    private static BiFunction<JsonNode, Place, Layer> plain(Layer layer) {
        return (body, place) -> {
            Fields.of(place.operation(), body, List.of());
            return layer;
        };
    }

    /** The sum of one map. */
    private static Layer identity(JsonNode body, Place place) {
        Fields.of(place.operation(), body, List.of());
        return new Combination(BinaryFunction.ADD, List.of(Combination.Operand.ofInput(0)));
    }

    private static Layer slopes(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, List.of("num_parameters"));
        int count = fields.whole("num_parameters", 1, 1);
        if (count > 1) {
            place.requireChannels("num_parameters", count);
        }
        Combination.Operand slopes =
                Combination.Operand.ofConstant(new Shape(count, 1, 1, 1), place.tensor("weight", count));
        return new Combination(BinaryFunction.PRELU, List.of(Combination.Operand.ofInput(0), slopes));
    }

    private static BiFunction<JsonNode, Place, Layer> softmax(Softmax.Form form) {
        return (body, place) -> {
            Fields fields = Fields.of(place.operation(), body, List.of("dim"));
            requireChannels(fields);
            return new Channelwise(new Softmax(form));
        };
    }

    private static void requireChannels(Fields fields) {
        if (fields.has("dim") && !fields.values().get("dim").asText().equals("1")) {
            throw fields.refusal("dim", "only 1, the channels,");
        }
    }

    private static Layer localResponse(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, List.of("size", "alpha", "beta", "k"));
        int size = fields.whole("size", 1);
        if (size % 2 == 0) {
            throw fields.refusal("size", "an odd number");
        }
        return new LocalResponseNormalization(
                size, (float) fields.number("alpha", 1e-4), (float) fields.number("beta", 0.75), (float)
                        fields.number("k", 1));
    }

    private static BiFunction<JsonNode, Place, Layer> shuffle(String key, Direction direction) {
        return (body, place) -> {
            int factor = Fields.of(place.operation(), body, List.of(key)).whole(key, 1);
            return new SpaceRearrangement(direction, SpaceRearrangement.Order.CHANNEL_FIRST, factor, factor);
        };
    }

    private static Layer concatenation(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, List.of("dim"));
        int dimension = fields.whole("dim", 1, 1);
        if (dimension == 1) {
            return new Concatenation();
        }
        if (dimension > place.dimensions() + 1) {
            throw fields.refusal("dim", "1, the channels, to " + (place.dimensions() + 1) + ", x,");
        }
        if (place.channels().stream().distinct().count() > 1) {
            throw new IllegalArgumentException(
                    place.operation() + " reads channels " + place.channelsText() + ": their numbers must be equal");
        }
        return new SpatialConcatenation(SpatialConcatenation.Axis.values()[3 - place.dimensions() + dimension - 2]);
    }
}
