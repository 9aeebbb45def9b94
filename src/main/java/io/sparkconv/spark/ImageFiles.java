package io.sparkconv.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Finds the files of a folder or a glob pattern. */
final class ImageFiles {
    private ImageFiles() {}

    /**
     * A file to read.
     *
     * @param id its path below the folder that was named; its name where a file or pattern was
     * @param path its full path
     * @param bytes its length
     */
    record ImageFile(String id, String path, long bytes) {}

    /**
     * The files, sorted by id. Hidden ones (with names that begin with {@code .} or {@code _}) are left out, as Spark
     * leaves them out.
     *
     * @throws IllegalArgumentException if there are none, or two would have one id
     */
    static List<ImageFile> find(String from, Configuration configuration) {
        List<ImageFile> files = new ArrayList<>();
        try {
            Path pattern = HadoopFiles.path(from);
            FileSystem fileSystem = pattern.getFileSystem(configuration);
            // a path that exists is meant as it stands, also if it has a glob's characters in it
            FileStatus[] matches = fileSystem.exists(pattern)
                    ? new FileStatus[] {fileSystem.getFileStatus(pattern)}
                    : fileSystem.globStatus(pattern);
            if (matches == null || matches.length == 0) {
                throw new IllegalArgumentException("Cannot ingest '" + from + "': there is no such file or folder");
            }
            for (FileStatus match : matches) {
                if (match.isFile()) {
                    files.add(new ImageFile(
                            match.getPath().getName(), match.getPath().toString(), match.getLen()));
                } else {
                    addAllBelow(match.getPath(), fileSystem, files);
                }
            }
        } catch (FileNotFoundException e) {
            throw new IllegalArgumentException("Cannot ingest '" + from + "': there is no such file or folder", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot ingest '" + from + "': " + e.getMessage(), e);
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("Cannot ingest '" + from + "': the folder holds no files");
        }
        files.sort(Comparator.comparing(ImageFile::id));
        requireDistinct(from, files);
        return files;
    }

    private static void addAllBelow(Path folder, FileSystem fileSystem, List<ImageFile> files) throws IOException {
        RemoteIterator<LocatedFileStatus> all = fileSystem.listFiles(folder, true);
        while (all.hasNext()) {
            FileStatus file = all.next();
            String id = folder.toUri().relativize(file.getPath().toUri()).getPath();
            if (!isHidden(id)) {
                files.add(new ImageFile(id, file.getPath().toString(), file.getLen()));
            }
        }
    }

    private static boolean isHidden(String id) {
        for (String name : id.split("/")) {
            if (name.startsWith(".") || name.startsWith("_")) {
                return true;
            }
        }
        return false;
    }

    private static void requireDistinct(String from, List<ImageFile> sorted) {
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).id().equals(sorted.get(i - 1).id())) {
                throw new IllegalArgumentException("Cannot ingest '" + from + "': both '"
                        + sorted.get(i - 1).path() + "' and '" + sorted.get(i).path()
                        + "' would have the id '" + sorted.get(i).id() + "'; name a folder above both");
            }
        }
    }
}
