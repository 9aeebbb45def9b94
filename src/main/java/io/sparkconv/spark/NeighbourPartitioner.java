package io.sparkconv.spark;

import org.apache.spark.Partitioner;

/** Puts runs of neighbouring tiles of an image into one partition, and different images anywhere. */
final class NeighbourPartitioner extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int partitions;
    private final long run;

    /**
     * @param partitions number of partitions
     * @param tiles number of tiles of all images
     */
    NeighbourPartitioner(int partitions, long tiles) {
        this.partitions = partitions;
        this.run = Math.max(1, (tiles + partitions - 1) / partitions);
    }

    @Override
    public int numPartitions() {
        return partitions;
    }

    @Override
    public int getPartition(Object key) {
        TileAddress address = (TileAddress) key;
        return (int) Math.floorMod(address.image().hashCode() + address.place() / run, (long) partitions);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NeighbourPartitioner same && same.partitions == partitions && same.run == run;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(31L * partitions + run);
    }
}
