package io.sparkconv.benchmark;

import io.sparkconv.tensor.Named;
import java.util.List;
import java.util.Locale;

/** Layers that are measured together. */
enum LayerSet implements Named {
    /** The layers of common networks, with which the project's goals are stated. */
    STANDARD(
            "in=64,out=64,k=3,p=1,size=56x56",
            "in=128,out=128,k=3,p=1,size=28x28",
            "in=256,out=256,k=3,p=1,size=14x14",
            "in=512,out=512,k=3,p=1,size=7x7",
            "in=64,out=64,k=3,p=1,size=224x224",
            "in=128,out=128,k=3,s=2,p=1,size=56x56",
            "in=3,out=64,k=7,s=2,p=3,size=224x224",
            "in=256,out=64,k=1,size=56x56",
            "in=64,out=256,k=1,size=56x56",
            "in=1024,out=256,k=1,size=14x14",
            "in=144,out=144,k=3,p=1,g=144,size=56x56",
            "in=96,out=96,k=3,s=2,p=1,g=96,size=112x112",
            "in=3,out=16,k=3,p=1,size=1024x1024",
            "in=128,out=64,k=4,s=2,p=1,size=28x28,transposed",
            "in=128,out=64,k=2,s=2,size=56x56,transposed",
            "in=64,out=32,k=3,s=2,p=1,op=1,size=56x56,transposed",
            "in=256,out=256,k=3,d=2,p=2,size=28x28",
            "in=256,out=256,k=3,p=1,g=32,size=14x14",
            "in=64,out=192,k=5,p=2,size=27x27"),
    /** Layers that fit no vector, block or common network: odd channels, sizes, kernels and dimensions. */
    ODD(
            "in=3,out=17,k=3,p=1,size=75x75",
            "in=17,out=48,k=3,p=1,size=61x47",
            "in=75,out=75,k=3,p=1,size=53x39",
            "in=48,out=75,k=5,d=3,p=6,size=45x45",
            "in=75,out=17,k=1,size=97x83",
            "in=64,out=3,k=3,p=1,size=128x128",
            "in=1,out=1,k=5,p=2,size=512x512",
            "in=128,out=128,k=1x7,p=0x3,size=17x17",
            "in=128,out=128,k=7x1,p=3x0,size=17x17",
            "in=3,out=64,k=11,s=4,p=2,size=224x224",
            "in=16,out=16,k=9,p=4,size=100000",
            "in=16,out=32,k=3,p=1,size=16x32x32",
            "in=32,out=16,k=3,s=3,size=33x33,transposed",
            "in=32,out=16,k=5,s=2,p=2,op=1,size=40x40,transposed",
            "in=64,out=32,k=4,s=2,p=1,g=4,size=29x29,transposed",
            "in=32,out=32,k=3,p=1,g=4,size=57x57");

    private final List<String> layers;

    LayerSet(String... layers) {
        this.layers = List.of(layers);
    }

    /**
     * The set of a name.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    static LayerSet of(String text) {
        return Named.of(values(), text, "Cannot use set");
    }

    /** {@code standard} or {@code odd}. */
    @Override
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<BenchmarkLayer> layers() {
        return layers.stream().map(BenchmarkLayer::parse).toList();
    }
}
