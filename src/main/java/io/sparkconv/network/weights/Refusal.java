package io.sparkconv.network.weights;

/** What is thrown where a weight file is not as it must be. */
final class Refusal {
    private static final int LONGEST_NAME = 100;

    private Refusal() {}

    /** An exception whose message is one line: names in a broken file may hold anything. */
    static IllegalArgumentException of(String text) {
        return new IllegalArgumentException("Cannot load weights: " + oneLine(text));
    }

    /** A name from a file, in quotes, at most {@value LONGEST_NAME} characters of it. */
    static String quoted(String name) {
        return "'" + (name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…") + "'";
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text);
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            if (Character.isISOControl(character) || character == '\u2028' || character == '\u2029') {
                line.setCharAt(i, ' ');
            }
        }
        return line.toString();
    }
}
