package io.sparkconv.spark;

/** An image that has been read but not decoded. */
interface PendingImage {

    /**
     * Decodes the image.
     *
     * @throws RefusedImageException if it can't be used
     */
    SourceImage decode() throws RefusedImageException;
}
