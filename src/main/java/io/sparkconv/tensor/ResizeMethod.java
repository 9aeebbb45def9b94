package io.sparkconv.tensor;

import java.util.List;

/** Whose resizing is followed: libraries agree on filters' names, not on what they do. */
public enum ResizeMethod {
    /** Pillow's {@code Image.resize}: filters widen as the image shrinks; 8-bit images in fixed point, rounded after each axis. */
    PILLOW(List.of(ResizeFilter.values())),
    /** torchvision's {@code resize} of tensors with {@code antialias=True}: filters widen as the image shrinks. */
    TORCHVISION(List.of(ResizeFilter.NEAREST, ResizeFilter.BILINEAR, ResizeFilter.BICUBIC)),
    /** torchvision's {@code resize} of tensors with {@code antialias=False}: 2 or 4 pixels on each axis however much it shrinks. */
    TORCHVISION_ALIASED(List.of(ResizeFilter.NEAREST, ResizeFilter.BILINEAR, ResizeFilter.BICUBIC));

    private final List<ResizeFilter> filters;

    ResizeMethod(List<ResizeFilter> filters) {
        this.filters = filters;
    }

    /** The filters that it has. */
    public List<ResizeFilter> filters() {
        return filters;
    }
}
