package io.sparkconv.spark;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Adds up what Spark reports of the tasks that one thread starts, while this is open: of all attempts, also of those that
 * failed or were repeated.
 */
final class SparkFigures extends SparkListener implements AutoCloseable {
    /** Name of the data set that is shuffled so that tiles come to their partitions. */
    static final String TILES = "tiles";
    /** Name of the data sets of slivers that are shuffled. */
    static final String SLIVERS = "slivers";

    private static final String PROPERTY = "io.sparkconv.figures";
    private static final long PATIENCE_SECONDS = 10;

    private final SparkContext context;
    private final String identity = UUID.randomUUID().toString();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Map<Integer, String> shuffled = new HashMap<>();
    private final Map<String, Long> shuffleBytes = new HashMap<>();
    private long runMillis;

    /**
     * What Spark reports.
     *
     * @param taskMillis time in which tasks ran
     * @param tileShuffleBytes bytes written, serialized and compressed, so that tiles come to their partitions
     * @param sliverShuffleBytes the same of slivers
     */
    record Totals(long taskMillis, long tileShuffleBytes, long sliverShuffleBytes) {}

    private SparkFigures(SparkContext context) {
        this.context = context;
    }

    static SparkFigures of(SparkContext context) {
        SparkFigures figures = new SparkFigures(context);
        context.addSparkListener(figures);
        context.setLocalProperty(PROPERTY, figures.identity);
        return figures;
    }

    @Override
    public void onJobStart(SparkListenerJobStart job) {
        String property = job.properties() == null ? null : job.properties().getProperty(PROPERTY);
        if (identity.equals(property)) {
            CollectionConverters.asJava(job.stageInfos()).forEach(stage -> shuffled.put(stage.stageId(), name(stage)));
        } else if (lastOf(identity).equals(property)) {
            end.countDown();
        }
    }

    private static String name(StageInfo stage) {
        return CollectionConverters.asJava(stage.rddInfos()).stream()
                .map(data -> data.name())
                .filter(name -> TILES.equals(name) || SLIVERS.equals(name))
                .findFirst()
                .orElse("");
    }

    private static String lastOf(String identity) {
        return identity + " end";
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        TaskMetrics metrics = task.taskMetrics();
        String name = shuffled.get(task.stageId());
        if (name != null && metrics != null) {
            runMillis += metrics.executorRunTime();
            shuffleBytes.merge(name, metrics.shuffleWriteMetrics().bytesWritten(), Long::sum);
        }
    }

    /** The sums so far; empty if Spark's reports don't arrive, which a driver that is too busy drops. */
    Optional<Totals> totals() {
        // reports arrive later than results, in their order: when that of this job has come, all before it have
        context.setLocalProperty(PROPERTY, lastOf(identity));
        JavaSparkContext.fromSparkContext(context).emptyRDD().count();
        context.setLocalProperty(PROPERTY, identity);
        try {
            return end.await(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    ? Optional.of(new Totals(
                            runMillis, shuffleBytes.getOrDefault(TILES, 0L), shuffleBytes.getOrDefault(SLIVERS, 0L)))
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        context.setLocalProperty(PROPERTY, null);
        context.removeSparkListener(this);
    }
}
