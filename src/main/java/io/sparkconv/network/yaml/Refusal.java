package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.JsonNode;

/** What is thrown where a network file is not as it must be: messages of one line that begin with the place. */
final class Refusal {
    private static final int LONGEST_VALUE = 100;
    private static final String CANNOT = "Cannot ";

    private Refusal() {}

    /** The same refusal, told of a place: {@code layer 'edges': cannot use stride 0: …}. */
    static IllegalArgumentException in(String place, RuntimeException refusal) {
        String text = refusal instanceof ArithmeticException
                ? "the sizes are too large (" + refusal.getMessage() + ")"
                : String.valueOf(refusal.getMessage());
        String continued = text.startsWith(CANNOT) ? "c" + text.substring(1) : text;
        return new IllegalArgumentException(oneLine(place + ": " + continued), refusal);
    }

    /** A value as it stands in messages: texts in quotes, all else as JSON. */
    static String shown(JsonNode value) {
        return value.isTextual() ? quoted(value.textValue()) : shortened(value.toString());
    }

    static String quoted(String text) {
        return "'" + shortened(text) + "'";
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }

    private static String oneLine(String text) {
        return text.codePoints()
                .map(character -> Character.isISOControl(character) || character == '\u2028' || character == '\u2029'
                        ? ' '
                        : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
