package io.sparkconv.spark;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Hadoop's paths and file systems for files with names that users and other programs chose. */
final class HadoopFiles {
    private HadoopFiles() {}

    /**
     * The path of a text.
     *
     * @throws IllegalArgumentException if it is empty, or a colon in it makes it an address that is none
     */
    static Path path(String text) {
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

    /**
     * The file system of a path, without the hidden files of checksums that Hadoop puts beside local ones: nobody else wants
     * them, and looking for one fails where a file's name has a colon.
     */
    static FileSystem withoutChecksums(Path path, Configuration configuration) throws IOException {
        FileSystem files = path.getFileSystem(configuration);
        return files instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : files;
    }
}
