package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.conv.TransposedConvolution;
import io.sparkconv.network.Activation;
import io.sparkconv.network.Arithmetic;
import io.sparkconv.network.AveragePooling;
import io.sparkconv.network.BatchNormalization;
import io.sparkconv.network.BinaryFunction;
import io.sparkconv.network.Channelwise;
import io.sparkconv.network.Combination;
import io.sparkconv.network.Concatenation;
import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.ConvolutionWeights;
import io.sparkconv.network.GatheredMap;
import io.sparkconv.network.GlobalPooling;
import io.sparkconv.network.Interpolation;
import io.sparkconv.network.Layer;
import io.sparkconv.network.LocalResponseNormalization;
import io.sparkconv.network.MaximumPooling;
import io.sparkconv.network.PaddedMap;
import io.sparkconv.network.Pointwise;
import io.sparkconv.network.PoolingWindow;
import io.sparkconv.network.ResizedAxis;
import io.sparkconv.network.Softmax;
import io.sparkconv.network.SpaceRearrangement;
import io.sparkconv.network.SpatialConcatenation;
import io.sparkconv.network.UnaryFunction;
import io.sparkconv.network.Upsampling;
import io.sparkconv.network.weights.Parameter;
import io.sparkconv.tile.PaddingMode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * The words of a network file for a layer, which read back give the same layer.
 *
 * @param dimensions number of axes of space, 1 (x) to 3 (z, y, x)
 */
record LayerWords(int dimensions) {
    private static final Map<BinaryFunction, String> COMBINATIONS = Map.of(
            BinaryFunction.SUB, "sub",
            BinaryFunction.DIV, "div",
            BinaryFunction.MIN, "minimum",
            BinaryFunction.MAX, "maximum");

    /**
     * One layer in a network file.
     *
     * @param operation key of the operation
     * @param body its keys and values
     * @param tensors its tensors by the last part of their names
     */
    record Words(String operation, ObjectNode body, Map<String, Parameter> tensors) {
        private static Words of(String operation) {
            return new Words(operation, JsonNodeFactory.instance.objectNode(), new LinkedHashMap<>());
        }

        private Words tensor(String name, float[] values, int... shape) {
            tensors.put(name, new Parameter(name, shape, values));
            return this;
        }
    }

    /**
     * The words for a layer.
     *
     * @param weights its trained values, where it is a convolution; null if they aren't known
     * @return empty if there are none
     */
    Optional<Words> of(Layer layer, Supplier<ConvolutionWeights> weights) {
        if (layer instanceof ConvolutionLayer convolution) {
            return Optional.ofNullable(weights.get()).flatMap(known -> convolution(convolution, known));
        }
        if (layer instanceof BatchNormalization normalization) {
            return Optional.of(batchNormalization(normalization));
        }
        if (layer instanceof Combination combination) {
            return combination(combination);
        }
        if (layer instanceof MaximumPooling pooling) {
            return Optional.of(pooling("max_pool", pooling.window(), true));
        }
        if (layer instanceof AveragePooling pooling) {
            return averagePooling(pooling);
        }
        if (layer instanceof GlobalPooling pooling) {
            Words words = Words.of("adaptive_" + pooling.function().text() + "_pool" + dimensions + "d");
            words.body().put("output_size", 1);
            // of a map of fewer dimensions the others are whole as well
            return Optional.of(words);
        }
        if (layer instanceof Upsampling upsampling) {
            return upsampling(upsampling);
        }
        if (layer instanceof PaddedMap padded) {
            return padded(padded);
        }
        if (layer instanceof SpaceRearrangement rearrangement) {
            return rearrangement(rearrangement);
        }
        return simple(layer);
    }

    private Optional<Words> simple(Layer layer) {
        if (layer instanceof Activation activation) {
            Words words = Words.of(activation.function().name().toLowerCase(Locale.ROOT));
            if (activation.function() == Activation.Function.LEAKY_RELU) {
                words.body().put("negative_slope", activation.negativeSlope());
            }
            return Optional.of(words);
        }
        if (layer instanceof Pointwise pointwise) {
            return function(pointwise.function());
        }
        if (layer instanceof Arithmetic arithmetic) {
            return Optional.of(Words.of(arithmetic.description()));
        }
        if (layer instanceof Concatenation) {
            return Optional.of(Words.of("cat"));
        }
        if (layer instanceof SpatialConcatenation concatenation) {
            Words words = Words.of("cat");
            words.body().put("dim", concatenation.axis().ordinal() - 3 + dimensions + 2);
            return Optional.of(words);
        }
        if (layer.equals(GatheredMap.IN_ORDER)) {
            return Optional.of(Words.of("flatten"));
        }
        if (layer instanceof Channelwise channelwise && channelwise.function() instanceof Softmax softmax) {
            return Optional.of(Words.of(softmax.description()));
        }
        if (layer instanceof LocalResponseNormalization normalization && normalization.size() % 2 == 1) {
            Words words = Words.of("local_response_norm");
            words.body().put("size", normalization.size()).put("alpha", normalization.alpha());
            words.body().put("beta", normalization.beta()).put("k", normalization.bias());
            return Optional.of(words);
        }
        return Optional.empty();
    }

    private static Optional<Words> function(UnaryFunction function) {
        Optional<String> plain = FunctionWords.name(function);
        if (plain.isPresent()) {
            return plain.map(Words::of);
        }
        return switch (function.kind()) {
            case CLIP -> {
                Words words = Words.of("clamp");
                if (function.alpha() != Float.NEGATIVE_INFINITY) {
                    words.body().put("min", function.alpha());
                }
                if (function.beta() != Float.POSITIVE_INFINITY) {
                    words.body().put("max", function.beta());
                }
                yield Optional.of(words.body().isEmpty() ? Words.of("identity") : words);
            }
            case ELU, CELU -> {
                Words words = Words.of(function.kind().name().toLowerCase(Locale.ROOT));
                words.body().put("alpha", function.alpha());
                yield Optional.of(words);
            }
            case GELU -> Optional.of(Words.of("gelu"));
            case GELU_TANH -> {
                Words words = Words.of("gelu");
                words.body().put("approximate", "tanh");
                yield Optional.of(words);
            }
            default -> Optional.empty();
        };
    }

    private Optional<Words> convolution(ConvolutionLayer layer, ConvolutionWeights weights) {
        ConvolutionGeometry geometry = layer.operator().geometry();
        if (!isOfDimensions(geometry.z(), geometry.y())) {
            return Optional.empty();
        }
        boolean isTransposed = layer.operator() instanceof TransposedConvolution;
        Words words = Words.of((isTransposed ? "conv_transpose" : "conv") + dimensions + "d");
        ObjectNode body = words.body();
        body.put("in_channels", geometry.inputChannels()).put("out_channels", geometry.outputChannels());
        AxisGeometry[] axes = own(geometry.z(), geometry.y(), geometry.x());
        put(body, "kernel_size", axes, AxisGeometry::kernel, 0);
        put(body, "stride", axes, AxisGeometry::stride, 1);
        putPadding(body, axes);
        put(body, "output_padding", axes, AxisGeometry::outputPadding, 0);
        put(body, "dilation", axes, AxisGeometry::dilation, 1);
        if (geometry.groups() > 1) {
            body.put("groups", geometry.groups());
        }
        if (geometry.paddingMode() != PaddingMode.ZEROS) {
            body.put("padding_mode", geometry.paddingMode().text());
        }
        int[] shape = new int[2 + axes.length];
        shape[0] = isTransposed ? geometry.inputChannels() : geometry.outputChannels();
        shape[1] = isTransposed ? geometry.groupOutputs() : geometry.groupInputs();
        for (int axis = 0; axis < axes.length; axis++) {
            shape[2 + axis] = axes[axis].kernel();
        }
        words.tensor("weight", weights.weights(), shape);
        if (weights.bias() == null) {
            body.put("bias", false);
        } else {
            words.tensor("bias", weights.bias(), geometry.outputChannels());
        }
        return Optional.of(words);
    }

    /** Whether axes in front of the own ones stay as they are. */
    private boolean isOfDimensions(AxisGeometry z, AxisGeometry y) {
        return (dimensions > 2 || z.equals(AxisGeometry.IDENTITY))
                && (dimensions > 1 || y.equals(AxisGeometry.IDENTITY));
    }

    private AxisGeometry[] own(AxisGeometry z, AxisGeometry y, AxisGeometry x) {
        return Arrays.copyOfRange(new AxisGeometry[] {z, y, x}, 3 - dimensions, 3);
    }

    /** One number where all axes have the same, nothing where that is the usual one. */
    private static void put(
            ObjectNode body, String key, AxisGeometry[] axes, ToIntFunction<AxisGeometry> value, int usual) {
        int[] values = Arrays.stream(axes).mapToInt(value).toArray();
        if (Arrays.stream(values).distinct().count() > 1) {
            ArrayNode list = body.putArray(key);
            Arrays.stream(values).forEach(list::add);
        } else if (values[0] != usual) {
            body.put(key, values[0]);
        }
    }

    private static void putPadding(ObjectNode body, AxisGeometry[] axes) {
        if (Arrays.stream(axes).allMatch(axis -> axis.before() == axis.after())) {
            put(body, "padding", axes, AxisGeometry::before, 0);
            return;
        }
        ArrayNode list = body.putArray("padding");
        for (AxisGeometry axis : axes) {
            list.addArray().add(axis.before()).add(axis.after());
        }
    }

    /** With mean 0, variance 1 and epsilon 0 factor and addend come back in every bit. */
    private Words batchNormalization(BatchNormalization layer) {
        int channels = layer.factor().length;
        float[] means = new float[channels];
        float[] variances = new float[channels];
        Arrays.fill(variances, 1f);
        for (int channel = 0; channel < channels; channel++) {
            // the addend minus this mean times the factor stays −0 where it is −0
            means[channel] = Math.copySign(0f, layer.factor()[channel]);
        }
        Words words = Words.of("batch_norm" + dimensions + "d");
        words.body().put("num_features", channels).put("eps", 0);
        return words.tensor("weight", layer.factor(), channels)
                .tensor("bias", layer.addend(), channels)
                .tensor("running_mean", means, channels)
                .tensor("running_var", variances, channels);
    }

    private static Optional<Words> combination(Combination layer) {
        List<Combination.Operand> operands = layer.operands();
        boolean areInputs = IntStream.range(0, operands.size())
                .allMatch(i -> operands.get(i).equals(Combination.Operand.ofInput(i)));
        if (areInputs) {
            String word = operands.size() == 1 ? "identity" : COMBINATIONS.get(layer.function());
            return Optional.ofNullable(word).map(Words::of);
        }
        boolean isPrelu = layer.function() == BinaryFunction.PRELU
                && operands.size() == 2
                && operands.get(0).equals(Combination.Operand.ofInput(0))
                && operands.get(1).values() != null
                && operands.get(1).shape().pixels() == 1;
        if (!isPrelu) {
            return Optional.empty();
        }
        float[] slopes = operands.get(1).values();
        Words words = Words.of("prelu");
        words.body().put("num_parameters", slopes.length);
        return Optional.of(words.tensor("weight", slopes, slopes.length));
    }

    private Words pooling(String name, PoolingWindow window, boolean hasDilation) {
        Words words = Words.of(name + dimensions + "d");
        AxisGeometry[] axes = own(window.z(), window.y(), window.x());
        put(words.body(), "kernel_size", axes, AxisGeometry::kernel, 0);
        put(words.body(), "stride", axes, AxisGeometry::stride, 0);
        putPadding(words.body(), axes);
        if (hasDilation) {
            put(words.body(), "dilation", axes, AxisGeometry::dilation, 1);
        }
        if (window.rounding() == PoolingWindow.Rounding.CEILING) {
            words.body().put("ceil_mode", true);
        }
        return words;
    }

    private Optional<Words> averagePooling(AveragePooling layer) {
        PoolingWindow window = layer.window();
        boolean isDense = IntStream.of(
                        window.z().dilation(), window.y().dilation(), window.x().dilation())
                .allMatch(dilation -> dilation == 1);
        if (!isDense) {
            return Optional.empty();
        }
        Words words = pooling("avg_pool", window, false);
        switch (layer.divisor()) {
            case PADDING_INCLUDED -> {}
            case PADDING_EXCLUDED -> words.body().put("count_include_pad", false);
            case FIXED -> words.body().put("divisor_override", layer.fixedDivisor());
        }
        return Optional.of(words);
    }

    private Optional<Words> upsampling(Upsampling layer) {
        ResizedAxis[] all = {layer.z(), layer.y(), layer.x()};
        for (int axis = 0; axis < 3 - dimensions; axis++) {
            if (!all[axis].equals(ResizedAxis.IDENTITY)) {
                return Optional.empty();
            }
        }
        ResizedAxis[] axes = Arrays.copyOfRange(all, 3 - dimensions, 3);
        if (Arrays.stream(axes).anyMatch(axis -> axis.size() > 0)) {
            return Optional.empty();
        }
        Words words = Words.of("upsample");
        ArrayNode factors = words.body().putArray("scale_factor");
        Arrays.stream(axes).forEach(axis -> factors.add(axis.factor()));
        if (layer.interpolation() == Interpolation.NEAREST) {
            words.body().put("mode", "nearest");
        } else {
            words.body().put("mode", List.of("linear", "bilinear", "trilinear").get(dimensions - 1));
            words.body().put("align_corners", layer.interpolation() == Interpolation.LINEAR_ALIGNED);
        }
        return Optional.of(words);
    }

    private Optional<Words> padded(PaddedMap layer) {
        PaddedMap.Sides[] all = {layer.z(), layer.y(), layer.x()};
        for (int axis = 0; axis < 3 - dimensions; axis++) {
            if (!all[axis].equals(PaddedMap.Sides.NONE)) {
                return Optional.empty();
            }
        }
        boolean isConstant = layer.padding().mode() == PaddingMode.ZEROS;
        String name =
                switch (layer.padding().mode()) {
                    case ZEROS -> layer.padding().constant() == 0f ? "zero_pad" : "constant_pad";
                    case REFLECT -> "reflection_pad";
                    case REPLICATE -> "replication_pad";
                    case CIRCULAR -> "circular_pad";
                };
        Words words = Words.of(name + dimensions + "d");
        ArrayNode padding = words.body().putArray("padding");
        for (int axis = 2; axis >= 3 - dimensions; axis--) {
            padding.add(all[axis].before()).add(all[axis].after());
        }
        if (isConstant && layer.padding().constant() != 0f) {
            words.body().put("value", layer.padding().constant());
        }
        return Optional.of(words);
    }

    private static Optional<Words> rearrangement(SpaceRearrangement layer) {
        if (layer.order() != SpaceRearrangement.Order.CHANNEL_FIRST || layer.height() != layer.width()) {
            return Optional.empty();
        }
        boolean isShuffle = layer.direction() == SpaceRearrangement.Direction.DEPTH_TO_SPACE;
        Words words = Words.of(isShuffle ? "pixel_shuffle" : "pixel_unshuffle");
        words.body().put(isShuffle ? "upscale_factor" : "downscale_factor", layer.height());
        return Optional.of(words);
    }
}
