package io.sparkconv.spark;

import org.apache.hadoop.fs.Path;

/** Makes Hadoop's paths of what a user wrote. */
final class HadoopPaths {
    private HadoopPaths() {}

    /**
     * The path of a text.
     *
     * @throws IllegalArgumentException if it is empty, or a colon in it makes it an address that is none
     */
    static Path of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("Cannot use path '': it is empty");
        }
        try {
            return new Path(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Cannot use path '" + text
                            + "': what stands before its colon is taken for the name of a file system;"
                            + " allowed are such as hdfs://host/folder, or './" + text + "' for a file of this name",
                    e);
        }
    }

    /** The path as a glob pattern that matches nothing but it. */
    static String withoutGlobs(String path) {
        return path.replaceAll("[\\\\{}\\[\\]*?]", "\\\\$0");
    }
}
