package io.sparkconv.network.onnx;

/** Why a model can't be used, as one line whatever names a broken file has. */
final class Refusal {
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_LINE = 2000;
    private static final String CANNOT = "Cannot ";

    private Refusal() {}

    static IllegalArgumentException of(String text, Throwable cause) {
        return new IllegalArgumentException(oneLine(text), cause);
    }

    /** What an exception says, in the middle of a sentence. */
    static String reason(Throwable failure) {
        String message = failure.getMessage();
        if (message == null || message.isEmpty()) {
            return failure.getClass().getSimpleName();
        }
        return message.startsWith(CANNOT) ? "c" + message.substring(1) : message;
    }

    static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    }

    private static String oneLine(String text) {
        StringBuilder line =
                new StringBuilder(text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) + "…" : text);
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            if (Character.isISOControl(character) || character == '\u2028' || character == '\u2029') {
                line.setCharAt(i, ' ');
            }
        }
        return line.toString();
    }
}
