package io.sparkconv.network;

import io.sparkconv.tensor.Layout;

/** In which orders of values in memory a layer reads and writes maps. */
public enum MemoryOrder {
    /** Reads and writes {@link Layout#PLANAR} alone. */
    PLANAR,
    /** Reads its first input in any order and further ones in the order in which it writes, which may be any. */
    ANY,
    /** Reads all inputs in the order in which it writes, which may be any. */
    SAME
}
