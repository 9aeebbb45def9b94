package io.sparkconv.network.weights;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes tensors of 32-bit floats as a <a href="https://huggingface.co/docs/safetensors">safetensors</a> file. */
public final class SafetensorsWriter {
    private static final JsonMapper JSON = new JsonMapper();
    /** The values begin at a multiple of it, so that readers may map them. */
    private static final int ALIGNMENT = 8;

    private SafetensorsWriter() {}

    /** The file's bytes; the tensors in the order given. */
    public static byte[] write(List<Parameter> parameters) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(parameters, bytes);
        } catch (IOException exception) {
            throw new UncheckedIOException("Cannot write safetensors: " + exception.getMessage(), exception);
        }
        return bytes.toByteArray();
    }

    /** Writes the file, the tensors in the order given; the stream stays open. */
    public static void write(List<Parameter> parameters, OutputStream stream) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        long position = 0;
        for (Parameter parameter : parameters) {
            long end = position + (long) Float.BYTES * parameter.values().length;
            ObjectNode entry = header.putObject(parameter.name()).put("dtype", "F32");
            entry.set("shape", JSON.valueToTree(parameter.shape()));
            entry.set("data_offsets", JSON.valueToTree(new long[] {position, end}));
            position = end;
        }
        stream.write(header(JSON.writeValueAsString(header)));
        for (Parameter parameter : parameters) {
            ByteBuffer values = ByteBuffer.allocate(Math.multiplyExact(parameter.values().length, Float.BYTES))
                    .order(ByteOrder.LITTLE_ENDIAN);
            values.asFloatBuffer().put(parameter.values());
            stream.write(values.array());
        }
    }

    /** The header, its size before it. */
    private static byte[] header(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int size = (bytes.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer header = ByteBuffer.allocate(Long.BYTES + size)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(size)
                .put(bytes);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.array();
    }
}
