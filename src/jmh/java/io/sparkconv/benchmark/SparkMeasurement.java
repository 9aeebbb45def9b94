package io.sparkconv.benchmark;

import static org.apache.spark.sql.functions.col;

import io.sparkconv.benchmark.OnnxRuntimeTask.Pooling;
import io.sparkconv.network.GlobalPooling;
import io.sparkconv.network.Network;
import io.sparkconv.plan.FusedGroup;
import io.sparkconv.spark.BadImages;
import io.sparkconv.spark.ExistingOutput;
import io.sparkconv.spark.Extraction;
import io.sparkconv.spark.ExtractionMetrics;
import io.sparkconv.spark.FeatureExtractor;
import io.sparkconv.spark.OutputForm;
import io.sparkconv.table.TileTable;
import io.sparkconv.table.VectorTable;
import io.sparkconv.tensor.ElementType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * One network on one table of images, by {@code extract}'s own classes and by ONNX Runtime in {@code Dataset.mapPartitions}; each
 * run reads the table and writes another.
 */
final class SparkMeasurement {
    /** The batch of rows that Spark's reader holds: extract changes it for the session. */
    private static final String READER_BATCH = "spark.sql.parquet.columnarReaderBatchSize";

    private final SparkSession session;
    private final NetworkModel model;
    private final String output;
    private final String layer;
    private final Network network;
    private final Pooling pooling;
    private final OutputForm form;
    private final String images;
    private final Path folder;

    /**
     * @param output name of the model's output that is written
     * @param pooling what is done to its map
     * @param images the table, of Spark's image structs
     * @param folder for tables
     */
    SparkMeasurement(
            SparkSession session, NetworkModel model, String output, Pooling pooling, String images, Path folder) {
        this.session = session;
        this.model = model;
        this.output = output;
        this.layer = model.loaded().layer(output);
        this.network = pooling == Pooling.NONE
                ? model.network()
                : model.network().withGlobalPooling(List.of(layer), GlobalPooling.of(GlobalPooling.Function.AVERAGE));
        this.pooling = pooling;
        boolean isVector = FusedGroup.of(network, model.input(), List.of(layer))
                        .shape(layer)
                        .pixels()
                == 1;
        this.form = isVector ? OutputForm.VECTORS : OutputForm.TILES;
        this.images = images;
        this.folder = folder;
    }

    /**
     * Both sides in turns.
     *
     * @param warmUpTurns runs of each side before those that count
     * @param turns runs of each side that count
     * @param count images of the table
     */
    SparkResult measure(int warmUpTurns, int turns, int count, String master) {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int turn = 0; turn < warmUpTurns + turns; turn++) {
            double own = seconds(this::extract);
            double other = seconds(this::runOnnxRuntime);
            if (turn >= warmUpTurns) {
                ours.add(own);
                theirs.add(other);
            }
        }
        double error = TableDifference.of(
                session,
                table("ours"),
                table("theirs"),
                form == OutputForm.VECTORS ? VectorTable.VECTOR : TileTable.DATA);
        return new SparkResult(model.name(), count, master, ours, theirs, error);
    }

    private static double seconds(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    private String table(String name) {
        return folder.resolve(name).toString();
    }

    private void extract() {
        ExtractionMetrics metrics = FeatureExtractor.run(
                session,
                new Extraction(
                        images,
                        network,
                        List.of(layer),
                        table("ours"),
                        form,
                        Optional.empty(),
                        ElementType.FLOAT32,
                        BadImages.PERMISSIVE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        ExistingOutput.REPLACE));
        if (metrics.summary().refused() > 0) {
            throw new IllegalStateException("Cannot measure " + model.name() + ": "
                    + metrics.summary().refused() + " images were refused");
        }
    }

    private void runOnnxRuntime() {
        session.conf().unset(READER_BATCH);
        boolean isVector = form == OutputForm.VECTORS;
        StructType schema = isVector ? VectorTable.SCHEMA : TileTable.SCHEMA;
        String large = isVector ? VectorTable.VECTOR + ".list.element" : TileTable.DATA;
        session.read()
                .parquet(images)
                .select(col("image.origin"), col("image.height"), col("image.width"), col("image.data"))
                .mapPartitions(
                        new OnnxRuntimeTask(model.file().toString(), output, layer, network.input(), form, pooling),
                        Encoders.row(schema))
                .write()
                .mode(SaveMode.Overwrite)
                // as fast as extract's own writing
                .option("compression", "zstd")
                .option("parquet.enable.dictionary#" + large, "false")
                .parquet(table("theirs"));
    }
}
