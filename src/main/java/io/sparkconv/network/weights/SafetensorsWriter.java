package io.sparkconv.network.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes tensors of 32-bit floats as a safetensors file: weights for networks that tests build. */
public final class SafetensorsWriter {
    private static final JsonMapper JSON = new JsonMapper();

    private SafetensorsWriter() {}

    /** The file's bytes; the tensors in the order given. */
    public static byte[] write(List<Parameter> parameters) {
        ObjectNode header = JSON.createObjectNode();
        int position = 0;
        for (Parameter parameter : parameters) {
            int end = Math.addExact(position, Math.multiplyExact(parameter.values().length, Float.BYTES));
            ObjectNode entry = header.putObject(parameter.name()).put("dtype", "F32");
            entry.set("shape", JSON.valueToTree(parameter.shape()));
            entry.set("data_offsets", JSON.valueToTree(new int[] {position, end}));
            position = end;
        }
        ByteBuffer data = ByteBuffer.allocate(position).order(ByteOrder.LITTLE_ENDIAN);
        for (Parameter parameter : parameters) {
            for (float value : parameter.values()) {
                data.putFloat(value);
            }
        }
        try {
            return file(JSON.writeValueAsString(header), data.array());
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("Cannot write safetensors: " + exception.getMessage(), exception);
        }
    }

    /** A file of any header and data, also wrong ones. */
    static byte[] file(String header, byte[] data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + text.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(data)
                .array();
    }
}
