package io.sparkconv.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes ONNX models field by field, in the numbers of {@code onnx.proto}, so that tests can make networks without ONNX's
 * own library.
 */
public final class OnnxModelWriter {
    private static final int FLOAT = 1;
    private static final int INT64 = 7;

    private final int opset;
    private final Message graph = new Message().text(2, "graph");

    private OnnxModelWriter(int opset) {
        this.opset = opset;
    }

    /** An empty model of an operator set's version. */
    public static OnnxModelWriter ofOpset(int version) {
        return new OnnxModelWriter(version);
    }

    /** An attribute of a node, as an {@code AttributeProto}. */
    public static final class Attribute {
        private final Message message;

        private Attribute(String name, int type) {
            this.message = new Message().text(1, name).number(20, type);
        }

        public static Attribute of(String name, float value) {
            Attribute attribute = new Attribute(name, 1);
            attribute.message.real(2, value);
            return attribute;
        }

        public static Attribute of(String name, long value) {
            Attribute attribute = new Attribute(name, 2);
            attribute.message.number(3, value);
            return attribute;
        }

        public static Attribute of(String name, String value) {
            Attribute attribute = new Attribute(name, 3);
            attribute.message.text(4, value);
            return attribute;
        }

        public static Attribute reals(String name, float... values) {
            Attribute attribute = new Attribute(name, 6);
            for (float value : values) {
                attribute.message.real(7, value);
            }
            return attribute;
        }

        public static Attribute numbers(String name, long... values) {
            Attribute attribute = new Attribute(name, 7);
            for (long value : values) {
                attribute.message.number(8, value);
            }
            return attribute;
        }
    }

    /** A float input of the model; a dimension of −1 is left open. */
    public OnnxModelWriter input(String name, long... shape) {
        Message dimensions = new Message();
        for (long extent : shape) {
            dimensions.message(1, extent < 0 ? new Message().text(2, "any") : new Message().number(1, extent));
        }
        graph.message(11, value(name, new Message().number(1, FLOAT).message(2, dimensions)));
        return this;
    }

    /** A float output of the model; its shape is inferred. */
    public OnnxModelWriter output(String name) {
        graph.message(12, value(name, new Message().number(1, FLOAT)));
        return this;
    }

    private static Message value(String name, Message tensorType) {
        return new Message().text(1, name).message(2, new Message().message(1, tensorType));
    }

    /** Constant floats, in C order. */
    public OnnxModelWriter initializer(String name, float[] values, long... shape) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return tensor(name, FLOAT, raw.array(), shape);
    }

    /** A list of constant whole numbers, such as the sizes of a {@code Resize}. */
    public OnnxModelWriter initializer(String name, long[] values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return tensor(name, INT64, raw.array(), values.length);
    }

    private OnnxModelWriter tensor(String name, int type, byte[] raw, long... shape) {
        Message tensor = new Message();
        for (long extent : shape) {
            tensor.number(1, extent);
        }
        graph.message(5, tensor.number(2, type).text(8, name).bytes(9, raw));
        return this;
    }

    /** A node with one output; an input named {@code ""} is left out. */
    public OnnxModelWriter node(String operator, List<String> inputs, String output, Attribute... attributes) {
        Message node = new Message();
        inputs.forEach(input -> node.text(1, input));
        node.text(2, output).text(3, output).text(4, operator);
        for (Attribute attribute : attributes) {
            node.message(5, attribute.message);
        }
        graph.message(1, node);
        return this;
    }

    /** The model as the bytes of an {@code .onnx} file. */
    public byte[] bytes() {
        Message operators = new Message().text(1, "").number(2, opset);
        return new Message()
                .number(1, 8)
                .text(2, "spark-conv tests")
                .message(7, graph)
                .message(8, operators)
                .encoded();
    }

    /** A Protocol Buffers message under construction. */
    private static final class Message {
        private static final int VARINT = 0;
        private static final int LENGTH_DELIMITED = 2;
        private static final int FIXED_32 = 5;

        private final ByteArrayOutputStream encoded = new ByteArrayOutputStream();

        Message number(int field, long value) {
            tag(field, VARINT);
            varint(value);
            return this;
        }

        Message real(int field, float value) {
            tag(field, FIXED_32);
            int bits = Float.floatToRawIntBits(value);
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                encoded.write(bits >>> shift);
            }
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message value) {
            return bytes(field, value.encoded());
        }

        Message bytes(int field, byte[] value) {
            tag(field, LENGTH_DELIMITED);
            varint(value.length);
            encoded.writeBytes(value);
            return this;
        }

        byte[] encoded() {
            return encoded.toByteArray();
        }

        private void tag(int field, int wireType) {
            varint((long) field << 3 | wireType);
        }

        /** Seven bits a byte, the lowest first; the eighth says that more follow. */
        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                encoded.write((int) (rest & 0x7F | 0x80));
                rest >>>= 7;
            }
            encoded.write((int) rest);
        }
    }
}
