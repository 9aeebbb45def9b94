package io.sparkconv.spark;

import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.FeatureMap;

/**
 * A whole map of an image, decoded.
 *
 * @param id path or id
 * @param layer which map: {@code image} for the pixels
 * @param pixels its values
 * @param storage the smallest element type that holds them without loss
 */
public record SourceImage(String id, String layer, FeatureMap pixels, ElementType storage) {}
