package io.sparkconv.spark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.util.AccumulatorV2;

/**
 * Adds amounts up by key. Keys are few, such as the layers of a network: all of them go back with each task.
 *
 * @param <K> serializable, with {@code equals}
 */
final class SumsByKey<K> extends AccumulatorV2<Map<K, Double>, Map<K, Double>> {
    private static final long serialVersionUID = 1L;

    // concurrent: heartbeats copy it while its task adds
    private final ConcurrentHashMap<K, Double> sums = new ConcurrentHashMap<>();

    @Override
    public boolean isZero() {
        return sums.isEmpty();
    }

    @Override
    public SumsByKey<K> copy() {
        SumsByKey<K> copy = new SumsByKey<>();
        copy.add(sums);
        return copy;
    }

    @Override
    public void reset() {
        sums.clear();
    }

    @Override
    public void add(Map<K, Double> amounts) {
        amounts.forEach((key, amount) -> sums.merge(key, amount, Double::sum));
    }

    @Override
    public void merge(AccumulatorV2<Map<K, Double>, Map<K, Double>> other) {
        add(other.value());
    }

    @Override
    public Map<K, Double> value() {
        return Map.copyOf(sums);
    }
}
