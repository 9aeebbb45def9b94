package io.sparkconv.spark;

/** What happens to an output that exists. */
public enum ExistingOutput {
    /** The job is refused. */
    REFUSE,
    /** It is replaced. */
    REPLACE
}
