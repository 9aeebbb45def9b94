package io.sparkconv.network.evaluation;

/** A tensor's values are wanted before the image is read that they depend on. */
public final class UnknownValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnknownValueException() {
        super("it depends on the values of the image, not on its size alone; a constant is needed");
    }
}
