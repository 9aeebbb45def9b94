package io.sparkconv.spark;

import java.io.Serializable;

/**
 * Applies the mode to each image that can't be used.
 *
 * @param mode what happens to them
 * @param counts where they are counted
 */
record BadImagePolicy(BadImages mode, JobCounts counts) implements Serializable {

    /** @throws FailedImageException in the mode {@link BadImages#FAILFAST} */
    void refuse(RefusedImageException refusal) {
        if (mode == BadImages.FAILFAST) {
            throw new FailedImageException(refusal);
        }
        counts.imageRefused(refusal.error());
        if (mode == BadImages.PERMISSIVE) {
            counts.errorKept(refusal.error());
        }
    }
}
