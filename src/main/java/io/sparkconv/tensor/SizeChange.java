package io.sparkconv.tensor;

import java.io.Serializable;

/** A change of an image's height and width before the first layer. Channels and depth stay; every slice along z changes by itself. */
public sealed interface SizeChange extends Serializable permits Resize, CenterCrop {

    /** Shape of the image after the change. */
    Shape outputShape(Shape image);
}
