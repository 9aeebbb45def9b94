package io.sparkconv.network;

/** PyTorch's modes of {@code Upsample}. */
public enum Interpolation {
    /** {@code nearest}. */
    NEAREST,
    /** {@code linear}, {@code bilinear}, {@code trilinear} with {@code align_corners=False}. */
    LINEAR,
    /** The same with {@code align_corners=True}: the corner pixels of input and output lie on each other. */
    LINEAR_ALIGNED
}
