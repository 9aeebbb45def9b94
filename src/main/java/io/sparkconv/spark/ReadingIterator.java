package io.sparkconv.spark;

import java.util.Iterator;

/**
 * Counts the time in which records are read.
 *
 * @param records read as they are asked for
 * @param counts where their time goes
 * @param <T> a record
 */
record ReadingIterator<T>(Iterator<T> records, ExtractionCounts counts) implements Iterator<T> {

    @Override
    public boolean hasNext() {
        long begin = System.nanoTime();
        boolean more = records.hasNext();
        counts.readSince(begin);
        return more;
    }

    @Override
    public T next() {
        long begin = System.nanoTime();
        T record = records.next();
        counts.readSince(begin);
        return record;
    }
}
