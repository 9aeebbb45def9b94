package io.sparkconv.network.onnx;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.onnx.OnnxFormat.StringStringEntryProto;

/**
 * Values that lie in files beside the model.
 *
 * @param folder where the model lies; null where there is no file system
 */
record ExternalData(Path folder) {

    /** @param bytes how many are needed */
    ByteString read(List<StringStringEntryProto> entries, long bytes) {
        String location = value(entries, "location", null);
        if (location == null || folder == null) {
            throw new IllegalArgumentException("its values lie in another file, which is not named");
        }
        long offset = number(entries, "offset", 0);
        long length = number(entries, "length", bytes);
        if (length != bytes) {
            throw new IllegalArgumentException(
                    "its values take " + length + " bytes of '" + location + "', " + bytes + " are needed");
        }
        Path file = folder.resolve(location).normalize();
        if (Path.of(location).isAbsolute() || !file.startsWith(folder.normalize())) {
            throw new IllegalArgumentException(
                    "its values lie in '" + location + "', outside the model's folder, which is not allowed");
        }
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("its values lie in '" + location + "', and there is no such file");
        }
        try (FileChannel channel = FileChannel.open(file)) {
            if (offset < 0 || bytes > channel.size() - offset) {
                throw new IllegalArgumentException("its values lie in '" + location + "' from " + offset + " on: "
                        + bytes + " bytes are needed, the file has " + channel.size());
            }
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(bytes, Integer.MAX_VALUE - 8));
            channel.position(offset);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                continue;
            }
            return ByteString.copyFrom(buffer.flip());
        } catch (IOException e) {
            throw new IllegalArgumentException("its values lie in '" + location + "', which can't be read", e);
        }
    }

    private static String value(List<StringStringEntryProto> entries, String key, String standard) {
        return entries.stream()
                .filter(entry -> entry.getKey().equals(key))
                .map(StringStringEntryProto::getValue)
                .findFirst()
                .orElse(standard);
    }

    private static long number(List<StringStringEntryProto> entries, String key, long standard) {
        String text = value(entries, key, String.valueOf(standard));
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the " + key + " of its values is '" + text + "', not a number", e);
        }
    }
}
