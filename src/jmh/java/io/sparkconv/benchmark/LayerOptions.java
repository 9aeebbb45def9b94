package io.sparkconv.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import picocli.CommandLine.Option;

/** Which layers are measured, and in what order. */
final class LayerOptions {
    @Option(
            names = "--layer",
            description = "in=64,out=64,k=3,s=1,p=1,d=1,g=1,size=56x56[,transposed,op=1], keys in any order; p=0, s=d=g=1, op=0 "
                    + "unless given; size has one number an axis, k, s, p, d and op one for all or one an axis (k=1x7). May "
                    + "be given several times.")
    private List<String> layers = new ArrayList<>();

    @Option(names = "--set", description = "standard or odd, in place of --layer (default: standard).")
    private String set;

    @Option(
            names = "--shuffle",
            paramLabel = "SEED",
            description = "Another order of the layers: the compiler's code for one depends on those before.")
    private Long shuffle;

    /** The layers in the order that was asked for. */
    List<BenchmarkLayer> layers() {
        return shuffle == null ? unshuffled() : shuffled(shuffle);
    }

    /** The layers in the order of one of several runs: each its own where they are shuffled. */
    List<BenchmarkLayer> layers(int run) {
        return shuffle == null ? unshuffled() : shuffled(shuffle + run);
    }

    private List<BenchmarkLayer> shuffled(long seed) {
        List<BenchmarkLayer> shuffled = new ArrayList<>(unshuffled());
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }

    /**
     * The layers in the order of the set or the options.
     *
     * @throws IllegalArgumentException if there is no such set or layer, or both are asked for
     */
    List<BenchmarkLayer> unshuffled() {
        if (layers.isEmpty()) {
            return (set == null ? LayerSet.STANDARD : LayerSet.of(set)).layers();
        }
        if (set != null) {
            throw new IllegalArgumentException("Cannot use --set " + set + " together with --layer: one of them is allowed");
        }
        return layers.stream().map(BenchmarkLayer::parse).toList();
    }
}
