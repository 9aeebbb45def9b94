package io.sparkconv.plan;

import io.sparkconv.network.Layer;
import io.sparkconv.network.Network.Node;
import java.util.List;

/**
 * One call of a layer: a layer of the network, or several that are computed as one.
 *
 * @param node what is computed, under the name of the last of them
 * @param parts names of the layers, in the order in which they are computed
 */
record GroupStep(Node node, List<String> parts) {

    String name() {
        return node.name();
    }

    Layer layer() {
        return node.layer();
    }

    List<String> inputs() {
        return node.inputs();
    }
}
