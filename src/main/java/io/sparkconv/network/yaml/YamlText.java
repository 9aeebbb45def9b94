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
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Parses YAML of one document, without aliases, whose mappings have no key twice. */
final class YamlText {
    private static final YAMLFactory FACTORY = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

    private YamlText() {}

    /** @throws IllegalArgumentException if the text is not such YAML; the message gives line and column */
    static JsonNode parse(String text) {
        try {
            requireOneDocumentWithoutAliases(text);
            return MAPPER.readTree(text);
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(
                    at(exception.getLocation()) + "it isn't valid YAML: " + problem(exception), exception);
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

    private static String problem(JsonProcessingException exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYAMLException marked) {
                return marked.getContext() == null
                        ? marked.getProblem()
                        : marked.getContext() + ", " + marked.getProblem();
            }
        }
        return exception.getOriginalMessage().lines().findFirst().orElse("unknown");
    }

    private static String at(JsonLocation location) {
        return location == null || location.getLineNr() < 1
                ? ""
                : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    }
}
