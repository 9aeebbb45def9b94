package io.sparkconv.spark;

import io.sparkconv.table.ErrorRow;
import io.sparkconv.table.ErrorRow.Step;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
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
    private final SumsByKey<Reason> reasons = new SumsByKey<>();

    /** Why images were refused: a step and its short phrase. */
    record Reason(Step step, String phrase) implements Serializable {}

    private JobCounts(SparkContext context) {
        this.images = context.longAccumulator("images");
        this.completed = context.longAccumulator("images completed");
        this.rows = context.longAccumulator("rows");
        this.refused = context.longAccumulator("images refused");
        this.errors = context.collectionAccumulator("errors");
        context.register(reasons, "images refused by reason");
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

    void imageRefused(ErrorRow error) {
        refused.add(1);
        reasons.add(Map.of(new Reason(error.step(), error.reason()), 1.0));
    }

    void errorKept(ErrorRow error) {
        errors.add(error);
    }

    JobSummary summary() {
        return new JobSummary(images.value(), completed.value(), refused.value(), rows.value());
    }

    /** Number of images refused by reason; on the driver, after the job. */
    Map<Reason, Double> reasons() {
        return reasons.value();
    }

    /** The errors kept so far; on the driver, after the job. */
    List<ErrorRow> errors() {
        return errors.value();
    }
}
