package io.sparkconv.spark;

/** Fails a job because of one image, in the mode {@link BadImages#FAILFAST}. */
public final class FailedImageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FailedImageException(RefusedImageException refusal) {
        super(refusal.getMessage(), refusal);
    }
}
