package io.sparkconv.network.evaluation;

import java.io.Serializable;

/**
 * An operator of ONNX with its attributes.
 *
 * @param name the operator's name
 * @param attributes what is said about it
 * @param opset version of the operator set that gives its meaning
 * @param outputs number of outputs that are asked for
 */
public record Operation(String name, Attributes attributes, int opset, int outputs) implements Serializable {}
