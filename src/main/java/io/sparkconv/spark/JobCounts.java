package io.sparkconv.spark;

import io.sparkconv.table.ErrorRow;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;

/**
 * What the tasks of a job count. Spark adds a task's counts when the task has committed, so that a retried or
 * speculative attempt counts once.
 */
final class JobCounts implements Serializable {
    private static final long serialVersionUID = 1L;

    private final LongAccumulator images;
    private final LongAccumulator completed;
    private final LongAccumulator rows;
    private final LongAccumulator refused;
    private final CollectionAccumulator<ErrorRow> errors;

    private JobCounts(SparkContext context) {
        this.images = context.longAccumulator("images");
        this.completed = context.longAccumulator("images completed");
        this.rows = context.longAccumulator("rows");
        this.refused = context.longAccumulator("images refused");
        this.errors = context.collectionAccumulator("errors");
    }

    static JobCounts of(SparkContext context) {
        return new JobCounts(context);
    }

    void imageRead() {
        images.add(1);
    }

    void imageCompleted() {
        completed.add(1);
    }

    void rowWritten() {
        rows.add(1);
    }

    void imageRefused() {
        refused.add(1);
    }

    void errorKept(ErrorRow error) {
        errors.add(error);
    }

    JobSummary summary() {
        return new JobSummary(images.value(), completed.value(), refused.value(), rows.value());
    }

    /** The errors kept so far; on the driver, after the job. */
    List<ErrorRow> errors() {
        return errors.value();
    }
}
