package io.sparkconv.spark;

import io.sparkconv.network.Network;
import io.sparkconv.plan.HaloPlan;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tile.TileGrid;
import org.apache.spark.Partitioner;

/** Counts what arrives for one tile before a group. */
final class HaloMeter {
    private final TileState tile;
    private final TileGrid grid;
    private final Partitioner partitioner;
    private long moved;
    private long crossing;

    /**
     * @param tile the receiver
     * @param grid the image's division into tiles
     * @param partitioner where tiles are
     */
    HaloMeter(TileState tile, TileGrid grid, Partitioner partitioner) {
        this.tile = tile;
        this.grid = grid;
        this.partitioner = partitioner;
    }

    void received(SliverBlock sliver) {
        int bytes = sliver.block().data().length;
        moved += bytes;
        TileAddress sender = TileAddress.of(tile.address().image(), grid, sliver.from());
        if (partitioner.getPartition(sender) != partitioner.getPartition(tile.address())) {
            crossing += bytes;
        }
    }

    /**
     * What has been done for the tile in this group.
     *
     * @param plan the group's exchange
     * @param inputChannels channels of the network's input, to which the image's are brought when they have arrived
     */
    TileWork work(HaloPlan plan, int inputChannels, long computeNanos) {
        long least = 0;
        for (var map : plan.leastValues(tile.address().number()).entrySet()) {
            least += map.getKey().equals(Network.INPUT)
                    ? map.getValue() / inputChannels * inputPixelBytes()
                    : map.getValue() * ElementType.FLOAT32.bytes();
        }
        return new TileWork(moved, crossing, least, computeNanos);
    }

    private long inputPixelBytes() {
        return tile.blocks().stream()
                .filter(block -> block.map().equals(Network.INPUT))
                .mapToLong(
                        block -> (long) block.channels() * block.elementType().bytes())
                .findFirst()
                .orElse(0);
    }
}
