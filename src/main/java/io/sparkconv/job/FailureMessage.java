package io.sparkconv.job;

/**
 * Makes one line of a failure: the outermost cause that is a message of this project says what went wrong, or else the
 * innermost cause.
 */
final class FailureMessage {
    private static final String START = "Cannot ";

    private FailureMessage() {}

    static String of(Throwable failure, String command) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (firstLine(cause).startsWith(START)) {
                return firstLine(cause);
            }
            root = cause;
        }
        String message = firstLine(root);
        if (root instanceof OutOfMemoryError || message.contains("java.lang.OutOfMemoryError")) {
            return START + command + ": the heap is too small (the driver's is "
                    + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MiB); give more with --driver-memory or --executor-memory, or use smaller tiles";
        }
        String kind = root.getClass().getSimpleName();
        return START + command + ": " + (message.isEmpty() ? kind : kind + ": " + message);
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .strip();
    }
}
