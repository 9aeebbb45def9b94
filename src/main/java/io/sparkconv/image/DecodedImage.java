package io.sparkconv.image;

import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.FeatureMap;

/**
 * The pixels of an image file.
 *
 * @param pixels channels first: gray, gray and alpha, red green blue, or red green blue alpha for pictures; the sample
 *     values of the file, 0 to 255 for 8-bit pictures
 * @param storage the smallest type that stores the values without loss: {@link ElementType#UINT8} where the file's
 *     samples have at most 8 bits and no sign, else {@link ElementType#FLOAT32}
 */
public record DecodedImage(FeatureMap pixels, ElementType storage) {}
