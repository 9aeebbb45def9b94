package io.sparkconv.network.onnx;

import java.util.List;

/** Which axis of a map an axis of a tensor is. */
enum MapAxis {
    /** The axis of images; its extent is 1. */
    BATCH,
    CHANNEL,
    Z,
    Y,
    X;

    private static final List<List<MapAxis>> USUAL = List.of(
            List.of(),
            List.of(CHANNEL),
            List.of(BATCH, CHANNEL),
            List.of(BATCH, CHANNEL, X),
            List.of(BATCH, CHANNEL, Y, X),
            List.of(BATCH, CHANNEL, Z, Y, X));

    /** ONNX's usual order of so many axes; null where there is none. */
    static List<MapAxis> usual(int rank) {
        return rank < USUAL.size() ? USUAL.get(rank) : null;
    }
}
