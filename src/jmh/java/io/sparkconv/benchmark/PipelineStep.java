package io.sparkconv.benchmark;

import java.util.List;

/** What a task of an extraction does at a moment, by the classes on its stack; the earlier ones stand inside the later. */
enum PipelineStep {
    POOL("io.sparkconv.network.Global", "io.sparkconv.network.Gathered", "io.sparkconv.network.GeneralizedMeanPooling"),
    /** Resizing, cropping, normalization. */
    PREPROCESS("io.sparkconv.image.ImageSizing", "io.sparkconv.image.Preprocessing"),
    DECODE("io.sparkconv.image."),
    /** Packing of weights and planning included. */
    NETWORK("io.sparkconv.plan.", "io.sparkconv.network.", "io.sparkconv.conv."),
    WRITE(
            "org.apache.spark.sql.execution.datasources.parquet.ParquetOutputWriter",
            "org.apache.spark.sql.execution.datasources.parquet.ParquetWriteSupport",
            "org.apache.parquet.hadoop.ParquetOutputFormat",
            "org.apache.parquet.hadoop.InternalParquetRecordWriter",
            "org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter"),
    READ(
            "org.apache.spark.sql.execution.datasources.FileScanRDD",
            "org.apache.spark.sql.execution.datasources.parquet.Vectorized",
            "org.apache.parquet.hadoop.ParquetFileReader"),
    /** Starting tasks, rows to and from Spark's form, shuffles. */
    OTHER("");

    private final List<String> classes;

    PipelineStep(String... classes) {
        this.classes = List.of(classes);
    }

    /** The step of a task's stack. */
    static PipelineStep of(StackTraceElement[] stack) {
        for (PipelineStep step : values()) {
            for (StackTraceElement frame : stack) {
                if (step.classes.stream().anyMatch(frame.getClassName()::startsWith)) {
                    return step;
                }
            }
        }
        return OTHER;
    }
}
