package io.sparkconv.network;

/**
 * A layer whose every output depends on its whole input, through values that can be gathered part by part: the gathered
 * values are the same bits whatever the parts and their order, so that an image in tiles needs no tile twice. Its output is
 * one pixel.
 */
public interface GlobalLayer extends Layer {

    /** Gathers nothing yet. */
    Gathered begin(int channels);
}
