package io.sparkconv.network.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and checks the header of a safetensors file. */
final class SafetensorsHeader {
    private static final int SIZE_BYTES = 8;
    /** The limit of the format's own reader. */
    private static final long LARGEST_HEADER = 100_000_000;

    private static final String METADATA = "__metadata__";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * One tensor of the header.
     *
     * @param type element type as the file names it, which may be one that is not converted
     * @param shape extent per axis
     * @param begin first byte, counted from the end of the header
     * @param end byte after the last
     */
    record Entry(String type, int[] shape, long begin, long end) {}

    private final String fileName;
    private final long dataSize;

    private SafetensorsHeader(String fileName, long dataSize) {
        this.fileName = fileName;
        this.dataSize = dataSize;
    }

    /**
     * The entries in the header's order, with offsets from the beginning of the file.
     *
     * @throws IllegalArgumentException if the header breaks the format
     */
    static Map<String, Entry> read(String fileName, SeekableSource source) throws IOException {
        long fileSize = source.size();
        if (fileSize < SIZE_BYTES) {
            throw Refusal.of(fileName + " is cut off: " + fileSize + " bytes, a safetensors file begins with "
                    + SIZE_BYTES + " bytes that hold the header's size");
        }
        byte[] sizeBytes = new byte[SIZE_BYTES];
        source.readFully(0, sizeBytes, 0, SIZE_BYTES);
        long headerSize =
                ByteBuffer.wrap(sizeBytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (headerSize < 0 || headerSize > LARGEST_HEADER) {
            throw Refusal.of(fileName + " has a header of " + Long.toUnsignedString(headerSize) + " bytes, at most "
                    + LARGEST_HEADER + " are allowed (is it a safetensors file?)");
        }
        if (headerSize > fileSize - SIZE_BYTES) {
            throw Refusal.of(fileName + " is cut off: its header takes " + headerSize + " bytes, "
                    + (fileSize - SIZE_BYTES) + " follow");
        }
        byte[] header = new byte[(int) headerSize];
        source.readFully(SIZE_BYTES, header, 0, header.length);
        long dataBegin = SIZE_BYTES + headerSize;
        return new SafetensorsHeader(fileName, fileSize - dataBegin).entries(header, dataBegin);
    }

    private Map<String, Entry> entries(byte[] header, long dataBegin) {
        JsonNode root = json(header);
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (!field.getKey().equals(METADATA)) {
                entries.put(field.getKey(), entry(field.getKey(), field.getValue()));
            }
        }
        requireContiguous(entries);
        entries.replaceAll(
                (name, entry) -> new Entry(entry.type, entry.shape, dataBegin + entry.begin, dataBegin + entry.end));
        return entries;
    }

    private JsonNode json(byte[] header) {
        if (header.length == 0 || header[0] != '{') {
            throw Refusal.of(fileName + " has a header that does not begin with '{' (is it a safetensors file?)");
        }
        try {
            return JSON.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header))
                    .toString());
        } catch (CharacterCodingException exception) {
            throw Refusal.of(fileName + " has a header that is not UTF-8");
        } catch (JsonProcessingException exception) {
            throw Refusal.of(fileName + " has a header that is not JSON: " + exception.getOriginalMessage());
        }
    }

    private Entry entry(String name, JsonNode description) {
        JsonNode type = description.path("dtype");
        if (!type.isTextual()) {
            throw refusal(name, "has dtype " + text(type) + ", allowed are " + SafetensorsType.allowed());
        }
        int[] shape = shape(name, description.path("shape"));
        JsonNode offsets = description.path("data_offsets");
        if (offsets.size() != 2 || !isOffset(offsets.path(0)) || !isOffset(offsets.path(1))) {
            throw refusal(name, "has data_offsets " + text(offsets) + ", two numbers from 0 are expected");
        }
        long begin = offsets.path(0).longValue();
        long end = offsets.path(1).longValue();
        if (begin > end || end > dataSize) {
            throw refusal(
                    name,
                    "has data_offsets [" + begin + ", " + end + "], they must ascend and end by " + dataSize
                            + ", the size of the data (is the file cut off?)");
        }
        requireSize(name, type.textValue(), shape, end - begin);
        return new Entry(type.textValue(), shape, begin, end);
    }

    private int[] shape(String name, JsonNode extents) {
        if (!extents.isArray()) {
            throw refusal(name, "has shape " + text(extents) + ", a list of extents is expected");
        }
        int[] shape = new int[extents.size()];
        for (int axis = 0; axis < shape.length; axis++) {
            JsonNode extent = extents.path(axis);
            if (!extent.isInt() || extent.intValue() < 0) {
                throw refusal(
                        name,
                        "has shape " + text(extents) + ", extents from 0 to " + Integer.MAX_VALUE + " are allowed");
            }
            shape[axis] = extent.intValue();
        }
        return shape;
    }

    private void requireSize(String name, String type, int[] shape, long actual) {
        Optional<SafetensorsType> known = SafetensorsType.of(type);
        if (known.isEmpty()) {
            return;
        }
        int bytes = known.get().bytes();
        long elements = TensorShape.elements(shape);
        if (elements > Long.MAX_VALUE / bytes || elements * bytes != actual) {
            String needed = elements > Long.MAX_VALUE / bytes ? "over 2^63" : String.valueOf(elements * bytes);
            throw refusal(
                    name,
                    "of " + type + " " + Arrays.toString(shape) + " takes " + actual + " bytes, " + needed
                            + " expected");
        }
    }

    /** The format allows neither shared bytes nor bytes that belong to no tensor. */
    private void requireContiguous(Map<String, Entry> entries) {
        List<Map.Entry<String, Entry>> ordered = new ArrayList<>(entries.entrySet());
        ordered.sort(Comparator.<Map.Entry<String, Entry>>comparingLong(named -> named.getValue().begin)
                .thenComparingLong(named -> named.getValue().end));
        long end = 0;
        for (Map.Entry<String, Entry> named : ordered) {
            long begin = named.getValue().begin;
            if (begin != end) {
                throw refusal(
                        named.getKey(),
                        "begins at byte " + begin + " of the data, " + end + " expected: tensors may neither "
                                + "overlap nor leave a gap");
            }
            end = named.getValue().end;
        }
        if (end != dataSize) {
            throw Refusal.of(fileName + " has " + dataSize + " bytes of data, its tensors take " + end);
        }
    }

    private static boolean isOffset(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0;
    }

    private static String text(JsonNode node) {
        return node.isMissingNode() ? "missing" : Refusal.quoted(node.toString());
    }

    private IllegalArgumentException refusal(String name, String text) {
        return Refusal.of(Refusal.quoted(name) + " in " + fileName + " " + text);
    }
}
