package io.sparkconv.plan;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.sparkconv.conv.ConvolutionOperator;
import io.sparkconv.network.Activation;
import io.sparkconv.network.Arithmetic;
import io.sparkconv.network.AveragePooling;
import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.ExpandedDepthwiseLayer;
import io.sparkconv.network.GlobalPooling;
import io.sparkconv.network.Interpolation;
import io.sparkconv.network.Layer;
import io.sparkconv.network.SizedLayer;
import io.sparkconv.network.Upsampling;
import io.sparkconv.tile.PaddingMode;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names what layers compute: the class, and the variant that it has. */
public final class LayerKinds {
    private LayerKinds() {}

    /** The kind of a layer, as {@code Convolution REFLECT} or {@code Concatenation}. */
    public static String of(Layer layer) {
        if (layer instanceof ConvolutionLayer convolution) {
            return convolution.operator().getClass().getSimpleName() + " "
                    + convolution.operator().geometry().paddingMode();
        }
        String name = layer.getClass().getSimpleName();
        if (layer instanceof Upsampling upsampling) {
            return name + " " + upsampling.interpolation();
        }
        if (layer instanceof AveragePooling pooling) {
            return name + " " + pooling.divisor();
        }
        if (layer instanceof GlobalPooling pooling) {
            return name + " " + pooling.function();
        }
        if (layer instanceof Arithmetic arithmetic) {
            return name + " " + arithmetic.operation();
        }
        return layer instanceof Activation activation ? name + " " + activation.function() : name;
    }

    /** The kinds that networks from ONNX files alone have, where other tests make them. */
    public static Set<String> ofOnnx() {
        return Set.of(
                "ChannelReduction",
                "ChannelSelection",
                "Channelwise",
                "Combination",
                "GatheredMap",
                "GlobalSum",
                "LocalResponseNormalization",
                "LpPooling",
                "MapSlice",
                "NormalizationStatistics",
                "PaddedMap",
                "Pointwise",
                "Resampling",
                "ScaledMap",
                "SpaceRearrangement",
                "SpatialConcatenation",
                "TensorLayer",
                "UnfoldedMap");
    }

    /**
     * The kinds of all other layers that there are, found among the classes, so that a layer that no test makes shows; but for
     * those that stand for others until an image's size is known, and the one that plans alone make, of others.
     */
    static Set<String> all() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.sparkconv").stream()
                        .filter(type -> type.isAssignableTo(Layer.class) && !type.isInterface())
                        .filter(type -> !type.isAssignableTo(SizedLayer.class))
                        .filter(type -> !type.isEquivalentTo(ExpandedDepthwiseLayer.class))
                        .filter(type -> !ofOnnx().contains(type.getSimpleName()))
                        .flatMap(type -> kinds(type.reflect()))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> kinds(Class<?> layer) {
        if (layer == ConvolutionLayer.class) {
            return Arrays.stream(ConvolutionOperator.class.getPermittedSubclasses())
                    .flatMap(operator -> variants(operator, PaddingMode.values()));
        }
        if (layer == Upsampling.class) {
            return variants(layer, Interpolation.values());
        }
        if (layer == AveragePooling.class) {
            return variants(layer, AveragePooling.Divisor.values());
        }
        if (layer == GlobalPooling.class) {
            return variants(layer, GlobalPooling.Function.values());
        }
        if (layer == Arithmetic.class) {
            return variants(layer, Arithmetic.Operation.values());
        }
        return layer == Activation.class
                ? variants(layer, Activation.Function.values())
                : Stream.of(layer.getSimpleName());
    }

    private static Stream<String> variants(Class<?> type, Enum<?>[] variants) {
        return Arrays.stream(variants).map(variant -> type.getSimpleName() + " " + variant);
    }
}
