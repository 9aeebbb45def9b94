package io.sparkconv.network;

import io.sparkconv.conv.ConvolutionOperator;
import io.sparkconv.network.Network.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * Layers whose batch normalizations are part of the weights of the convolutions before them. That is always done where a
 * normalization is the only reader of a convolution that isn't asked for, whatever the image and its tiles; it changes the last
 * bits against the two layers one after the other.
 *
 * @param nodes the layers; a convolution with its normalization stands in the convolution's place and has the normalization's name
 * @param folded names of the convolutions that are no longer there, by that of their normalization
 */
public record NormalizationFolding(List<Node> nodes, Map<String, String> folded) {
    /** Weights are packed once for an operator: those of one network must stay the same ones. */
    private static final Map<ConvolutionOperator, Map<BatchNormalization, ConvolutionLayer>> LAYERS =
            new WeakHashMap<>();

    /**
     * Folds normalizations.
     *
     * @param nodes layers, each after those that it reads
     * @param wanted names of layers whose own maps are asked for
     */
    public static NormalizationFolding of(List<Node> nodes, Collection<String> wanted) {
        Map<String, Integer> readers = new HashMap<>();
        Map<String, Node> named = new HashMap<>();
        for (Node node : nodes) {
            node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
            named.put(node.name(), node);
        }
        Map<String, Node> replaced = new HashMap<>(); // convolutions, by their own names
        Map<String, String> folded = new LinkedHashMap<>();
        for (Node node : nodes) {
            Node before = named.get(node.inputs().get(0));
            if (before != null
                    && readers.get(before.name()) == 1
                    && !wanted.contains(before.name())
                    && node.layer() instanceof BatchNormalization normalization
                    && before.layer() instanceof ConvolutionLayer convolution) {
                folded(convolution, normalization).ifPresent(layer -> {
                    replaced.put(before.name(), new Node(node.name(), layer, before.inputs()));
                    folded.put(node.name(), before.name());
                });
            }
        }
        List<Node> result = new ArrayList<>();
        for (Node node : nodes) {
            if (!folded.containsKey(node.name())) {
                result.add(replaced.getOrDefault(node.name(), node));
            }
        }
        return new NormalizationFolding(List.copyOf(result), folded);
    }

    private static Optional<ConvolutionLayer> folded(ConvolutionLayer convolution, BatchNormalization normalization) {
        synchronized (LAYERS) {
            Map<BatchNormalization, ConvolutionLayer> known =
                    LAYERS.computeIfAbsent(convolution.operator(), operator -> new HashMap<>());
            ConvolutionLayer layer = known.get(normalization);
            if (layer != null) {
                return Optional.of(layer);
            }
            Optional<ConvolutionLayer> made = convolution.normalized(normalization);
            made.ifPresent(each -> known.put(normalization, each));
            return made;
        }
    }
}
