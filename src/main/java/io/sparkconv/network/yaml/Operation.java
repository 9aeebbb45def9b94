package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkconv.network.Activation;
import io.sparkconv.network.Activation.Function;
import io.sparkconv.network.BinaryFunction;
import io.sparkconv.network.ChannelReduction.Kind;
import io.sparkconv.network.Combination;
import io.sparkconv.network.GlobalPooling;
import io.sparkconv.network.GlobalSum;
import io.sparkconv.network.Layer;
import io.sparkconv.network.Softmax;
import io.sparkconv.network.SpaceRearrangement.Direction;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.PaddingMode;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

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
    LP_POOL(Naming.BOTH, Inputs.ONE, Tensors.NONE, PoolingReader::power),
    ADAPTIVE_AVG_POOL(Naming.BOTH, Inputs.ONE, Tensors.NONE, PoolingReader.global(GlobalPooling.Function.AVERAGE)),
    ADAPTIVE_MAX_POOL(Naming.BOTH, Inputs.ONE, Tensors.NONE, PoolingReader.global(GlobalPooling.Function.MAXIMUM)),
    BATCH_NORM(Naming.BOTH, Inputs.ONE, Tensors.SOME, NormalizationReader::batch),
    INSTANCE_NORM(Naming.BOTH, Inputs.ONE, Tensors.SOME, NormalizationReader::instance),
    GROUP_NORM(Naming.PLAIN, Inputs.ONE, Tensors.SOME, NormalizationReader::group),
    LAYER_NORM(Naming.PLAIN, Inputs.ONE, Tensors.SOME, NormalizationReader::layer),
    LOCAL_RESPONSE_NORM(Naming.PLAIN, Inputs.ONE, Tensors.NONE, NormalizationReader::localResponse),
    NORMALIZE(Naming.PLAIN, Inputs.ONE, Tensors.NONE, NormalizationReader::power),
    SOFTMAX(Naming.PLAIN, Inputs.ONE, Tensors.NONE, NormalizationReader.softmax(Softmax.Form.PROBABILITY)),
    LOG_SOFTMAX(Naming.PLAIN, Inputs.ONE, Tensors.NONE, NormalizationReader.softmax(Softmax.Form.LOGARITHM)),
    /** Those of {@link CombinationWords}, under their own names. */
    COMBINATION(Naming.TABLE, Inputs.ANY, Tensors.SOME, CombinationReader::read),
    PRELU(Naming.PLAIN, Inputs.ANY, Tensors.SOME, Operation::slopes),
    MEAN(Naming.PLAIN, Inputs.ONE, Tensors.NONE, ReductionReader.of(Kind.MEAN, pooled(GlobalPooling.Function.AVERAGE))),
    SUM(Naming.PLAIN, Inputs.ONE, Tensors.NONE, ReductionReader.of(Kind.SUM, dimensions -> new GlobalSum())),
    AMAX(Naming.PLAIN, Inputs.ONE, Tensors.NONE, ReductionReader.of(Kind.MAX, pooled(GlobalPooling.Function.MAXIMUM))),
    AMIN(Naming.PLAIN, Inputs.ONE, Tensors.NONE, ReductionReader.ofChannels(Kind.MIN)),
    ARGMAX(Naming.PLAIN, Inputs.ONE, Tensors.NONE, ReductionReader.ofChannels(Kind.ARG_MAX)),
    ARGMIN(Naming.PLAIN, Inputs.ONE, Tensors.NONE, ReductionReader.ofChannels(Kind.ARG_MIN)),
    CONCAT(Naming.PLAIN, Inputs.SEVERAL, Tensors.NONE, RearrangementReader::concatenation),
    CAT(Naming.PLAIN, Inputs.SEVERAL, Tensors.NONE, RearrangementReader::concatenation),
    IDENTITY(Naming.PLAIN, Inputs.ONE, Tensors.NONE, Operation::identity),
    SLICE(Naming.PLAIN, Inputs.ONE, Tensors.NONE, SlicingReader::read),
    INDEX_SELECT(Naming.PLAIN, Inputs.ONE, Tensors.NONE, RearrangementReader::selection),
    CHANNEL_SHUFFLE(Naming.PLAIN, Inputs.ONE, Tensors.NONE, RearrangementReader::channelShuffle),
    FLATTEN(Naming.PLAIN, Inputs.ONE, Tensors.NONE, RearrangementReader::flatten),
    UNFLATTEN(Naming.PLAIN, Inputs.ONE, Tensors.NONE, RearrangementReader::unflatten),
    PIXEL_SHUFFLE(
            Naming.PLAIN,
            Inputs.ONE,
            Tensors.NONE,
            RearrangementReader.shuffle("upscale_factor", Direction.DEPTH_TO_SPACE)),
    PIXEL_UNSHUFFLE(
            Naming.PLAIN,
            Inputs.ONE,
            Tensors.NONE,
            RearrangementReader.shuffle("downscale_factor", Direction.SPACE_TO_DEPTH)),
    ZERO_PAD(Naming.BOTH, Inputs.ONE, Tensors.NONE, PaddingReader.padding(PaddingMode.ZEROS)),
    CONSTANT_PAD(Naming.BOTH, Inputs.ONE, Tensors.NONE, PaddingReader::constant),
    REFLECTION_PAD(Naming.BOTH, Inputs.ONE, Tensors.NONE, PaddingReader.padding(PaddingMode.REFLECT)),
    REPLICATION_PAD(Naming.BOTH, Inputs.ONE, Tensors.NONE, PaddingReader.padding(PaddingMode.REPLICATE)),
    CIRCULAR_PAD(Naming.BOTH, Inputs.ONE, Tensors.NONE, PaddingReader.padding(PaddingMode.CIRCULAR)),
    CLAMP(Naming.PLAIN, Inputs.ONE, Tensors.NONE, FunctionReader::clamp),
    HARDTANH(Naming.PLAIN, Inputs.ONE, Tensors.NONE, FunctionReader::hardtanh),
    GELU(Naming.PLAIN, Inputs.ONE, Tensors.NONE, FunctionReader::gelu),
    /** Those of {@link FunctionWords}, under their own names. */
    FUNCTION(Naming.TABLE, Inputs.ONE, Tensors.NONE, FunctionReader::named),
    UPSAMPLE(Naming.PLAIN, Inputs.ONE, Tensors.NONE, UpsamplingReader::upsampling),
    INTERPOLATE(Naming.PLAIN, Inputs.ONE, Tensors.NONE, UpsamplingReader::upsampling),
    RESIZE(Naming.PLAIN, Inputs.ONE, Tensors.NONE, ResizingReader::read),
    FILTER(Naming.PLAIN, Inputs.ONE, Tensors.NONE, FilterReader::filter),
    ONNX(Naming.PLAIN, Inputs.ANY, Tensors.SOME, TensorReader::read);

    /** Whether the operation's name tells its dimensions, as in {@code conv2d}. */
    private enum Naming {
        PLAIN,
        DIMENSION,
        BOTH,
        /** Many names, in a table. */
        TABLE
    }

    private enum Inputs {
        ONE,
        SEVERAL,
        /** One or several. */
        ANY
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
        return Arrays.stream(values())
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
        String name = name().toLowerCase(Locale.ROOT);
        return switch (naming) {
            case PLAIN -> name;
            case DIMENSION -> name + "1d … 3d";
            case BOTH -> name + " (also 1d … 3d)";
            case TABLE -> String.join(", ", table());
        };
    }

    private Set<String> table() {
        return this == FUNCTION ? FunctionWords.names() : CombinationWords.names();
    }

    private Collection<String> keys() {
        String name = name().toLowerCase(Locale.ROOT);
        return switch (naming) {
            case PLAIN -> List.of(name);
            case DIMENSION -> List.of(name + "1d", name + "2d", name + "3d");
            case BOTH -> List.of(name, name + "1d", name + "2d", name + "3d");
            case TABLE -> table();
        };
    }

    private Optional<Integer> dimensions(String key) {
        return naming == Naming.TABLE || key.length() == name().length()
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
        if (inputs == Inputs.ONE && count != 1 || inputs == Inputs.SEVERAL && count < 2) {
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

    private static IntFunction<Layer> pooled(GlobalPooling.Function function) {
        return dimensions -> new GlobalPooling(function, dimensions);
    }

    /** The sum of one map. */
    private static Layer identity(JsonNode body, Place place) {
        Fields.of(place.operation(), body, List.of());
        return new Combination(BinaryFunction.ADD, List.of(Combination.Operand.ofInput(0)));
    }

    /** A slope a channel; also as a combination of maps and constants. */
    private static Layer slopes(JsonNode body, Place place) {
        if (place.inputs().size() > 1 || body.has(CombinationWords.CONSTANTS)) {
            return CombinationReader.read(body, place);
        }
        Fields fields = Fields.of(place.operation(), body, List.of("num_parameters"));
        int count = fields.whole("num_parameters", 1, 1);
        if (count > 1) {
            place.requireChannels("num_parameters", count);
        }
        Combination.Operand slopes =
                Combination.Operand.ofConstant(new Shape(count, 1, 1, 1), place.tensor("weight", count));
        return new Combination(BinaryFunction.PRELU, List.of(Combination.Operand.ofInput(0), slopes));
    }
}
