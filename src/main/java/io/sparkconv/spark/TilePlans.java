package io.sparkconv.spark;

import io.sparkconv.network.Network;
import io.sparkconv.plan.FusedGroup;
import io.sparkconv.plan.HaloPlan;
import io.sparkconv.plan.Plan;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.TileGrid;
import io.sparkconv.tile.TileSize;
import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The plan of each image of a job: cut between the same layers for all of them, so that all go through the same exchanges.
 *
 * @param layers the layers to write
 * @param tile extent of tiles in pixels of the image
 * @param cuts places of layers before which a group begins
 * @param gathering numbers of the groups after which values are gathered for layers with global reach
 */
record TilePlans(List<String> layers, TileSize tile, List<Integer> cuts, Set<Integer> gathering)
        implements Serializable {

    /** Tiles, cuts and what is gathered as in the plan of one image. */
    static TilePlans as(List<String> layers, TileSize tile, Plan plan) {
        Set<Integer> gathering = new HashSet<>();
        for (int group = 0; group < plan.groups().size(); group++) {
            if (!plan.groups().get(group).gathering().isEmpty()) {
                gathering.add(group);
            }
        }
        return new TilePlans(layers, tile, plan.cuts(), gathering);
    }

    /** The plan of an image; its channels become the network's. */
    Plan of(Network network, Shape image) {
        return Plan.cut(network, image.withChannels(network.input().channels()), layers, tile, cuts);
    }

    TileGrid grid(Shape image) {
        return TileGrid.of(image, tile);
    }

    /** What one task asks about one group again and again: for images of each shape, what goes where, and what stays. */
    final class Halos {
        private final Network network;
        private final int group;
        private final Map<Shape, HaloPlan> halos = new HashMap<>();
        private final Map<Shape, Set<String>> kept = new HashMap<>();

        Halos(Network network, int group) {
            this.network = network;
            this.group = group;
        }

        HaloPlan of(Shape image) {
            return halos.computeIfAbsent(image, shape -> {
                Plan plan = TilePlans.this.of(network, shape);
                return new HaloPlan(plan.groups().get(group), plan.grid());
            });
        }

        /** Names of the maps that later groups read or that are asked for. */
        Set<String> kept(Shape image) {
            return kept.computeIfAbsent(image, shape -> {
                List<FusedGroup> groups = TilePlans.this.of(network, shape).groups();
                Set<String> names = new HashSet<>(layers);
                groups.subList(group + 1, groups.size()).forEach(later -> names.addAll(later.sources()));
                return names;
            });
        }
    }
}
