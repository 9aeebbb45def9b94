package io.sparkconv.table;

import java.io.Serializable;

/**
 * One row of the error table: an image that was refused and why.
 *
 * @param imageId path or id of the image
 * @param step where it failed
 * @param reason a short phrase, the same for all images with the same fault
 * @param detail the particulars: what was found and what is allowed; one line
 */
public record ErrorRow(String imageId, Step step, String reason, String detail) implements Serializable {

    /** The steps of a job. */
    public enum Step {
        READ,
        DECODE,
        TILE,
        COMPUTE,
        WRITE
    }
}
