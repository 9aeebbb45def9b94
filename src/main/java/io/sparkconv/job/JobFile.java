package io.sparkconv.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkconv.network.yaml.YamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A job file: the options of {@code extract} as YAML keys, with underscores for hyphens. Relative paths in it are relative
 * to the working directory, as on the command line.
 */
final class JobFile {
    private static final List<String> KEYS = List.of(
            "images",
            "network",
            "layers",
            "output",
            "pool",
            "vectors",
            "preprocessing",
            "tile",
            "mode",
            "dtype",
            "accuracy",
            "image_column",
            "id_column",
            "input_layer",
            "errors",
            "contact_sheet",
            "overwrite");

    private static final List<String> SWITCHES = List.of("vectors", "overwrite");

    private JobFile() {}

    /**
     * The command line of a job file.
     *
     * @param overrides options that stand after those of the file, so that they win
     * @throws IllegalArgumentException if the file can't be read or has keys or values that aren't allowed
     */
    static List<String> arguments(Path file, List<String> overrides) {
        List<String> arguments = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : read(file).properties()) {
            addOption(file, entry.getKey(), entry.getValue(), arguments);
        }
        arguments.addAll(overrides);
        return arguments;
    }

    private static void addOption(Path file, String key, JsonNode value, List<String> arguments) {
        if (!KEYS.contains(key)) {
            throw new IllegalArgumentException(
                    "Cannot run '" + file + "': unknown key '" + key + "'; allowed are " + String.join(", ", KEYS));
        }
        String option = "--" + key.replace('_', '-');
        if (SWITCHES.contains(key)) {
            if (!value.isBoolean()) {
                throw wrongValue(file, key, value, "true or false");
            }
            if (value.booleanValue()) {
                arguments.add(option);
            }
            return;
        }
        if (key.equals("preprocessing")) {
            if (!value.isObject()) {
                throw wrongValue(file, key, value, "keys with values, such as {resize: 256, center_crop: 224}");
            }
            arguments.add(option);
            arguments.add(value.toString());
            return;
        }
        List<String> values = new ArrayList<>();
        for (JsonNode each : key.equals("layers") && value.isArray() ? value : List.of(value)) {
            if (!each.isNumber() && (!each.isTextual() || each.textValue().isEmpty())) {
                throw wrongValue(file, key, value, "text");
            }
            values.add(each.asText());
        }
        arguments.add(option);
        arguments.add(String.join(",", values));
    }

    private static IllegalArgumentException wrongValue(Path file, String key, JsonNode value, String allowed) {
        return new IllegalArgumentException(
                "Cannot run '" + file + "': key '" + key + "' is " + value + ", allowed is " + allowed);
    }

    private static JsonNode read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("Cannot run '" + file + "': there is no such file");
        }
        try {
            JsonNode job = YamlText.parse(Files.readString(file));
            if (!job.isObject()) {
                throw new IllegalArgumentException("it must hold keys and values, such as 'images: TABLE'");
            }
            return job;
        } catch (IllegalArgumentException | IOException e) {
            throw new IllegalArgumentException("Cannot run '" + file + "': " + e.getMessage(), e);
        }
    }
}
