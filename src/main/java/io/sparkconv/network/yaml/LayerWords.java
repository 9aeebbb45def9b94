package io.sparkconv.network.yaml;

import io.sparkconv.network.Activation;
import io.sparkconv.network.Arithmetic;
import io.sparkconv.network.AveragePooling;
import io.sparkconv.network.BatchNormalization;
import io.sparkconv.network.ChannelReduction;
import io.sparkconv.network.ChannelSelection;
import io.sparkconv.network.Channelwise;
import io.sparkconv.network.Combination;
import io.sparkconv.network.Concatenation;
import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.CubicUpsampling;
import io.sparkconv.network.GatheredMap;
import io.sparkconv.network.GlobalPooling;
import io.sparkconv.network.GlobalSum;
import io.sparkconv.network.Layer;
import io.sparkconv.network.LocalResponseNormalization;
import io.sparkconv.network.LpPooling;
import io.sparkconv.network.MapSlice;
import io.sparkconv.network.MaximumPooling;
import io.sparkconv.network.NormalizationStatistics;
import io.sparkconv.network.PaddedMap;
import io.sparkconv.network.Pointwise;
import io.sparkconv.network.Resampling;
import io.sparkconv.network.SpaceRearrangement;
import io.sparkconv.network.SpatialConcatenation;
import io.sparkconv.network.UnfoldedMap;
import io.sparkconv.network.Upsampling;
import io.sparkconv.network.evaluation.TensorLayer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The words of a network file for a layer, which read back give the same bits. */
final class LayerWords {
    private static final Map<Class<?>, BiFunction<Layer, WrittenPlace, List<Words>>> KINDS = new HashMap<>();

    static {
        add(ConvolutionLayer.class, ConvolutionWords::of);
        add(Activation.class, FunctionWords::activation);
        add(Pointwise.class, FunctionWords::pointwise);
        add(Arithmetic.class, CombinationWords::arithmetic);
        add(Combination.class, CombinationWords::of);
        add(MaximumPooling.class, PoolingWords::maximum);
        add(AveragePooling.class, PoolingWords::average);
        add(LpPooling.class, PoolingWords::power);
        add(GlobalPooling.class, PoolingWords::global);
        add(BatchNormalization.class, NormalizationWords::batch);
        add(NormalizationStatistics.class, NormalizationWords::statistics);
        add(Channelwise.class, NormalizationWords::channelwise);
        add(LocalResponseNormalization.class, NormalizationWords::localResponse);
        add(ChannelReduction.class, ReductionWords::ofChannels);
        add(GlobalSum.class, ReductionWords::sum);
        add(Upsampling.class, ResizingWords::upsampling);
        add(CubicUpsampling.class, ResizingWords::cubic);
        add(Resampling.class, ResizingWords::resampling);
        add(PaddedMap.class, PaddingWords::of);
        add(MapSlice.class, SlicingWords::of);
        add(SpaceRearrangement.class, RearrangementWords::shuffle);
        add(Concatenation.class, RearrangementWords::concatenation);
        add(SpatialConcatenation.class, RearrangementWords::concatenation);
        add(ChannelSelection.class, RearrangementWords::selection);
        add(GatheredMap.class, RearrangementWords::flatten);
        add(UnfoldedMap.class, RearrangementWords::unflatten);
        add(TensorLayer.class, TensorWords::of);
    }

    private LayerWords() {}

    private static <L extends Layer> void add(Class<L> kind, BiFunction<L, WrittenPlace, List<Words>> words) {
        KINDS.put(kind, (layer, place) -> words.apply(kind.cast(layer), place));
    }

    /**
     * The words for a layer.
     *
     * @return all that mean the same for inputs of these shapes, the plainest first; none if there are none
     */
    static List<Words> of(Layer layer, WrittenPlace place) {
        return KINDS.getOrDefault(layer.getClass(), (any, where) -> List.of()).apply(layer, place);
    }
}
