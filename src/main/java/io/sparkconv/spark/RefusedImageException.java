package io.sparkconv.spark;

import io.sparkconv.table.ErrorRow;

/** An image that can't be used; the message is one line that names it. */
public final class RefusedImageException extends Exception {
    private static final long serialVersionUID = 1L;
    /** Longest detail that is kept: details travel to the driver, one for every bad image of the job. */
    private static final int LONGEST_DETAIL = 500;

    private final ErrorRow error;

    RefusedImageException(String imageId, ErrorRow.Step step, String reason, String detail) {
        super("Cannot use image '" + imageId + "': " + reason + ": " + shorten(detail));
        this.error = new ErrorRow(imageId, step, reason, shorten(detail));
    }

    /** The row of the error table. */
    ErrorRow error() {
        return error;
    }

    private static String shorten(String detail) {
        String line = String.valueOf(detail).replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_DETAIL ? line : line.substring(0, LONGEST_DETAIL - 1) + "…";
    }
}
