package io.sparkconv.spark;

/**
 * What a job did: {@code images = completed + refused}.
 *
 * @param images images read
 * @param completed images whose rows are all in the output
 * @param refused images that could not be used
 * @param rows rows written
 */
public record JobSummary(long images, long completed, long refused, long rows) {}
