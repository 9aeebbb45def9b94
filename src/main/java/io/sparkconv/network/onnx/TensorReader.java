package io.sparkconv.network.onnx;

import com.google.protobuf.ByteString;
import io.sparkconv.network.evaluation.ElementTypes;
import io.sparkconv.network.evaluation.Tensor;
import io.sparkconv.network.evaluation.TensorType;
import io.sparkconv.tensor.HalfPrecision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.onnx.OnnxFormat.TensorProto;

/** Makes tensors of {@code TensorProto}. */
final class TensorReader {
    private final ExternalData external;

    TensorReader(ExternalData external) {
        this.external = external;
    }

    /**
     * The tensor.
     *
     * @throws IllegalArgumentException if its type isn't supported or its values aren't as many as its shape has
     */
    Tensor read(TensorProto proto) {
        TensorType type = ElementTypes.of(proto.getDataType());
        int[] shape = shape(proto.getDimsList());
        long size = 1;
        for (int extent : shape) {
            size *= extent;
            if (size > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "it has the shape " + Tensor.text(shape) + ", too many values for one array");
            }
        }
        if (proto.hasSegment()) {
            throw new IllegalArgumentException("it is stored in segments; supported are whole tensors");
        }
        ByteString raw = null;
        if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            raw = external.read(proto.getExternalDataList(), size * bytes(type));
        } else if (proto.hasRawData()) {
            raw = proto.getRawData();
        }
        if (raw != null) {
            requireCount(raw.size(), size * bytes(type), "bytes", shape);
            ByteBuffer buffer = raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
            return type.isFloat()
                    ? Tensor.of(type, floats(type, buffer, (int) size), shape)
                    : Tensor.of(type, wholes(type, buffer, (int) size), shape);
        }
        return listed(proto, type, shape, (int) size);
    }

    private static int[] shape(List<Long> dims) {
        int[] shape = new int[dims.size()];
        for (int axis = 0; axis < shape.length; axis++) {
            long extent = dims.get(axis);
            if (extent < 0 || extent > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("it has an extent of " + extent + "; allowed are 0 to 2^31 − 1");
            }
            shape[axis] = (int) extent;
        }
        return shape;
    }

    private static void requireCount(long actual, long needed, String what, int[] shape) {
        if (actual != needed) {
            throw new IllegalArgumentException("it has " + actual + " " + what + " for the shape " + Tensor.text(shape)
                    + ", " + needed + " are needed");
        }
    }

    private static int bytes(TensorType type) {
        return switch (type) {
            case DOUBLE, INT64, UINT64 -> 8;
            case FLOAT, INT32, UINT32 -> 4;
            case FLOAT16, BFLOAT16, INT16, UINT16 -> 2;
            case BOOL, INT8, UINT8 -> 1;
        };
    }

    private static float[] floats(TensorType type, ByteBuffer buffer, int size) {
        float[] values = new float[size];
        if (type == TensorType.FLOAT) {
            buffer.asFloatBuffer().get(values);
            return values;
        }
        for (int i = 0; i < size; i++) {
            values[i] = switch (type) {
                case DOUBLE -> (float) buffer.getDouble();
                case FLOAT16 -> HalfPrecision.toFloat(buffer.getShort());
                default -> Float.intBitsToFloat(buffer.getShort() << 16);
            };
        }
        return values;
    }

    private static long[] wholes(TensorType type, ByteBuffer buffer, int size) {
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
            values[i] = type.wrap(
                    switch (bytes(type)) {
                        case 8 -> buffer.getLong();
                        case 4 -> buffer.getInt();
                        case 2 -> buffer.getShort();
                        default -> buffer.get();
                    });
        }
        return values;
    }

    /** Values in the lists of their types, narrow ones as 32-bit whole numbers. */
    private static Tensor listed(TensorProto proto, TensorType type, int[] shape, int size) {
        int count =
                switch (type) {
                    case FLOAT -> proto.getFloatDataCount();
                    case DOUBLE -> proto.getDoubleDataCount();
                    case INT64 -> proto.getInt64DataCount();
                    case UINT32, UINT64 -> proto.getUint64DataCount();
                    default -> proto.getInt32DataCount();
                };
        requireCount(count, size, "values", shape);
        if (type.isFloat()) {
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                values[i] = switch (type) {
                    case FLOAT -> proto.getFloatData(i);
                    case DOUBLE -> (float) proto.getDoubleData(i);
                    case FLOAT16 -> HalfPrecision.toFloat((short) proto.getInt32Data(i));
                    default -> Float.intBitsToFloat(proto.getInt32Data(i) << 16);
                };
            }
            return Tensor.of(type, values, shape);
        }
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
            values[i] = type.wrap(
                    switch (type) {
                        case INT64 -> proto.getInt64Data(i);
                        case UINT32, UINT64 -> proto.getUint64Data(i);
                        default -> proto.getInt32Data(i);
                    });
        }
        return Tensor.of(type, values, shape);
    }
}
