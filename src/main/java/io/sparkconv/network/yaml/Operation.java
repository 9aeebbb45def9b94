package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkconv.network.Activation;
import io.sparkconv.network.Activation.Function;
import io.sparkconv.network.Arithmetic;
import io.sparkconv.network.BatchNormalization;
import io.sparkconv.network.Concatenation;
import io.sparkconv.network.GlobalPooling;
import io.sparkconv.network.Layer;
import io.sparkconv.network.yaml.Fields.Flag;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

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
    CONCAT(Naming.PLAIN, Inputs.SEVERAL, Tensors.NONE, Operation::concatenation),
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
        return Arrays.stream(values())
                .flatMap(operation -> operation.keys().stream()
                        .filter(key::equals)
                        .map(same -> new Named(operation, operation.dimensions(same))))
                .findFirst();
    }

    /** All keys of all operations. */
    static List<String> allKeys() {
        return Arrays.stream(values())
                .flatMap(operation -> operation.keys().stream())
                .toList();
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
            if (place.channels().stream()
                            .filter(channels -> channels > 1)
                            .distinct()
                            .count()
                    > 1) {
                throw new IllegalArgumentException(place.operation() + " reads channels " + place.channelsText()
                        + ": their numbers must be equal or 1");
            }
            return new Arithmetic(operation);
        };
    }

    private static Layer concatenation(JsonNode body, Place place) {
        Fields fields = Fields.of(place.operation(), body, List.of("dim"));
        if (fields.has("dim") && !fields.values().get("dim").asText().equals("1")) {
            throw fields.refusal("dim", "only 1, the channels,");
        }
        return new Concatenation();
    }
}
