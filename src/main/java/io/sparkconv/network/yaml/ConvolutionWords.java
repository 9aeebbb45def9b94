package io.sparkconv.network.yaml;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.conv.TransposedConvolution;
import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.ConvolutionWeights;
import io.sparkconv.tile.PaddingMode;
import java.util.List;

/** What {@link ConvolutionReader} reads. */
final class ConvolutionWords {
    private ConvolutionWords() {}

    static List<Words> of(ConvolutionLayer layer, WrittenPlace place) {
        return place.weights().get().map(weights -> words(layer, weights, place)).stream()
                .toList();
    }

    private static Words words(ConvolutionLayer layer, ConvolutionWeights weights, WrittenPlace place) {
        ConvolutionGeometry geometry = layer.operator().geometry();
        boolean isTransposed = layer.operator() instanceof TransposedConvolution;
        WindowWords axes = WindowWords.of(geometry.z(), geometry.y(), geometry.x(), place);
        Words words = Words.of((isTransposed ? "conv_transpose" : "conv") + axes.count() + "d")
                .put("in_channels", geometry.inputChannels())
                .put("out_channels", geometry.outputChannels());
        axes.put(words, "kernel_size", AxisGeometry::kernel, 0);
        axes.put(words, "stride", AxisGeometry::stride, 1);
        axes.putPadding(words);
        axes.put(words, "output_padding", AxisGeometry::outputPadding, 0);
        axes.put(words, "dilation", AxisGeometry::dilation, 1);
        if (geometry.groups() > 1) {
            words.put("groups", geometry.groups());
        }
        if (geometry.paddingMode() != PaddingMode.ZEROS) {
            words.put("padding_mode", geometry.paddingMode().text());
        }
        int[] kernel = axes.values(AxisGeometry::kernel);
        int[] shape = new int[2 + kernel.length];
        shape[0] = isTransposed ? geometry.inputChannels() : geometry.outputChannels();
        shape[1] = isTransposed ? geometry.groupOutputs() : geometry.groupInputs();
        System.arraycopy(kernel, 0, shape, 2, kernel.length);
        words.tensor("weight", weights.weights(), shape);
        return weights.bias() == null
                ? words.clear("bias")
                : words.tensor("bias", weights.bias(), geometry.outputChannels());
    }
}
