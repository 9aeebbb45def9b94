package io.sparkconv.network.yaml;

import io.sparkconv.network.Network;
import io.sparkconv.plan.FusedGroup;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.List;
import java.util.Map;

/** Runs a network on a whole image, without tiles. */
final class NetworkRun {
    private NetworkRun() {}

    /** The whole map of one layer. */
    static FeatureMap layer(Network network, FeatureMap image, String layer) {
        FusedGroup plan = FusedGroup.of(network, image.shape(), List.of(layer));
        return plan.compute(Tile.ofMap(image), Map.of(layer, Region.ofMap(plan.shape(layer))))
                .get(layer)
                .featureMap();
    }
}
