package io.sparkconv.network.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Parses YAML of one document, without aliases, whose mappings have no key twice. */
public final class YamlText {
    private static final YAMLFactory FACTORY = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final String INVALID = "it isn't valid YAML: ";
    /** What Jackson's message of a key that stands twice begins with. */
    private static final String DUPLICATE = "Duplicate field ";

    private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

    private YamlText() {}

    /**
     * Parses a text.
     *
     * @throws IllegalArgumentException if it is not such YAML; the message gives line and column
     */
    public static JsonNode parse(String text) {
        try {
            requireOneDocumentWithoutAliases(text);
            return MAPPER.readTree(text);
        } catch (JsonProcessingException exception) {
            throw refusal(exception);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Jackson takes an alias for a text and leaves out all documents but the first: both would surprise. */
    private static void requireOneDocumentWithoutAliases(String text) throws IOException {
        try (YAMLParser parser = FACTORY.createParser(text)) {
            int depth = 0;
            int documents = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (depth == 0 && ++documents > 1) {
                    throw new IllegalArgumentException(
                            at(parser.currentTokenLocation()) + "a second document begins: 1 is allowed");
                }
                if (parser.isCurrentAlias()) {
                    throw new IllegalArgumentException(at(parser.currentTokenLocation()) + "the alias *"
                            + parser.getText() + " is not allowed: write the value out");
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            }
        }
    }

    private static IllegalArgumentException refusal(JsonProcessingException exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
                Mark mark = marked.getProblemMark();
                return new IllegalArgumentException(
                        at(mark.getLine() + 1, mark.getColumn() + 1)
                                + INVALID
                                + (marked.getContext() == null ? "" : marked.getContext() + ", ")
                                + marked.getProblem(),
                        exception);
            }
        }
        String text = exception.getOriginalMessage().lines().findFirst().orElse("unknown");
        return new IllegalArgumentException(
                at(exception.getLocation())
                        + (text.startsWith(DUPLICATE)
                                ? "the key " + text.substring(DUPLICATE.length()) + " stands twice: once is allowed"
                                : INVALID + text),
                exception);
    }

    private static String at(JsonLocation location) {
        return location == null || location.getLineNr() < 1 ? "" : at(location.getLineNr(), location.getColumnNr());
    }

    private static String at(int line, int column) {
        return "line " + line + ", column " + column + ": ";
    }
}
