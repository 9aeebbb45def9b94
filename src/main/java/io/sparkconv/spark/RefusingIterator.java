package io.sparkconv.spark;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The rows of images, one image at a time; images that can't be used go to the policy. Counts images and rows.
 *
 * @param <I> an image
 * @param <R> a row
 */
final class RefusingIterator<I, R> implements Iterator<R> {
    private final Iterator<I> images;
    private final BadImagePolicy policy;
    private final RowsOfImage<I, R> rows;
    private Iterator<R> current = Collections.emptyIterator();
    private boolean working;

    /** Makes the rows of an image. */
    interface RowsOfImage<I, R> {
        /** @throws RefusedImageException if the image can't be used; never after its first row */
        Iterator<R> of(I image) throws RefusedImageException;
    }

    RefusingIterator(Iterator<I> images, BadImagePolicy policy, RowsOfImage<I, R> rows) {
        this.images = images;
        this.policy = policy;
        this.rows = rows;
    }

    @Override
    public boolean hasNext() {
        while (!current.hasNext()) {
            if (working) {
                policy.counts().imageCompleted();
                working = false;
            }
            if (!images.hasNext()) {
                return false;
            }
            begin(images.next());
        }
        return true;
    }

    private void begin(I image) {
        policy.counts().imageRead();
        try {
            current = rows.of(image);
            working = true;
        } catch (RefusedImageException refusal) {
            current = Collections.emptyIterator();
            policy.refuse(refusal);
        }
    }

    @Override
    public R next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        policy.counts().rowWritten();
        return current.next();
    }
}
