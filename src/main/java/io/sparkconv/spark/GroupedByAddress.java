package io.sparkconv.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;
import scala.Tuple2;

/**
 * Joins neighbouring records of one address.
 *
 * @param <V> a record
 * @param <R> what they become
 */
final class GroupedByAddress<V, R> implements Iterator<R> {
    private final Iterator<Tuple2<TileAddress, V>> records;
    private final BiFunction<TileAddress, List<V>, R> join;
    private Tuple2<TileAddress, V> next;

    GroupedByAddress(Iterator<Tuple2<TileAddress, V>> records, BiFunction<TileAddress, List<V>, R> join) {
        this.records = records;
        this.join = join;
        advance();
    }

    private void advance() {
        next = records.hasNext() ? records.next() : null;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public R next() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        TileAddress address = next._1();
        List<V> values = new ArrayList<>();
        while (next != null && next._1().equals(address)) {
            values.add(next._2());
            advance();
        }
        return join.apply(address, values);
    }
}
