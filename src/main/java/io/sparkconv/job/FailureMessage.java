package io.sparkconv.job;

/** Makes one line of a failure: the innermost cause says what went wrong. */
final class FailureMessage {
    private FailureMessage() {}

    static String of(Throwable failure, String command) {
        if (failure instanceof IllegalArgumentException && firstLine(failure).startsWith("Cannot ")) {
            return firstLine(failure);
        }
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = firstLine(root);
        if (root instanceof OutOfMemoryError || message.contains("java.lang.OutOfMemoryError")) {
            return "Cannot " + command + ": the heap is too small (the driver's is "
                    + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MiB); give more with --driver-memory or --executor-memory, or use smaller tiles";
        }
        if (message.startsWith("Cannot ")) {
            return message;
        }
        String kind = root.getClass().getSimpleName();
        return "Cannot " + command + ": " + (message.isEmpty() ? kind : kind + ": " + message);
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .strip();
    }
}
