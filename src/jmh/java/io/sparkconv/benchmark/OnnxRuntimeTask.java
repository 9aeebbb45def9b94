package io.sparkconv.benchmark;

import ai.onnxruntime.OrtException;
import io.sparkconv.network.InputSpecification;
import io.sparkconv.spark.OutputForm;
import io.sparkconv.table.TileTable;
import io.sparkconv.table.VectorTable;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Runs ONNX Runtime on rows of (id, height, width, pixels as blue, green and red bytes): the session of the JVM, the task's own
 * direct buffers, reused from row to row.
 *
 * @param model the file
 * @param output name of the output that is written
 * @param layer as which it is written
 * @param input what is done to pixels
 * @param form what rows hold
 * @param pooling what is done to the output's map
 */
record OnnxRuntimeTask(
        String model, String output, String layer, InputSpecification input, OutputForm form, Pooling pooling)
        implements MapPartitionsFunction<Row, Row> {

    /** What becomes of a map. */
    enum Pooling {
        NONE,
        /** The mean of each channel. */
        AVERAGE
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        Images images = new Images();
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> images.close());
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Row next() {
                return images.computed(rows.next());
            }
        };
    }

    /** The images of a task. */
    private final class Images {
        private final float[] factor = new float[3];
        private final float[] addend = new float[3];
        private Shape shape;
        private float[] values; // (channel, y, x)
        private OnnxRuntimeBuffers buffers;

        Images() {
            for (int channel = 0; channel < 3; channel++) {
                factor[channel] = input.scale() / input.standardDeviation()[channel];
                addend[channel] = -input.mean()[channel] / input.standardDeviation()[channel];
            }
        }

        Row computed(Row row) {
            prepare(new Shape(3, 1, row.getInt(1), row.getInt(2)));
            normalize(row.getAs(3));
            buffers.fill(values);
            buffers.run();
            String id = row.getString(0);
            long[] extents = buffers.shape(output);
            int channels = Math.toIntExact(extents[1]);
            if (form == OutputForm.VECTORS) {
                float[] map = buffers.floats(output);
                return VectorTable.row(id, layer, pooling == Pooling.NONE ? map : means(map, channels));
            }
            Shape map = new Shape(channels, 1, (int) extents[2], (int) extents[3]);
            byte[] bytes = new byte[map.arrayLength() * Float.BYTES];
            buffers.bytes(output).get(bytes);
            return TileTable.row(
                    new TileTable.Placement(id, layer, Region.ofMap(map), map, ElementType.FLOAT32), bytes);
        }

        private void prepare(Shape image) {
            if (image.equals(shape)) {
                return;
            }
            close();
            try {
                buffers = new OnnxRuntimeBuffers(OnnxRuntimeSessions.of(model), List.of(output), image);
            } catch (OrtException e) {
                throw new IllegalStateException("Cannot run ONNX Runtime: " + e.getMessage(), e);
            }
            shape = image;
            values = new float[image.arrayLength()];
        }

        private void normalize(byte[] data) {
            int pixels = shape.height() * shape.width();
            for (int pixel = 0; pixel < pixels; pixel++) {
                values[pixel] = (data[3 * pixel + 2] & 0xFF) * factor[0] + addend[0];
                values[pixels + pixel] = (data[3 * pixel + 1] & 0xFF) * factor[1] + addend[1];
                values[2 * pixels + pixel] = (data[3 * pixel] & 0xFF) * factor[2] + addend[2];
            }
        }

        private static float[] means(float[] map, int channels) {
            float[] means = new float[channels];
            int pixels = map.length / channels;
            for (int channel = 0; channel < channels; channel++) {
                double sum = 0;
                for (int i = channel * pixels; i < (channel + 1) * pixels; i++) {
                    sum += map[i];
                }
                means[channel] = (float) (sum / pixels);
            }
            return means;
        }

        void close() {
            if (buffers != null) {
                buffers.close();
                buffers = null;
            }
        }
    }
}
