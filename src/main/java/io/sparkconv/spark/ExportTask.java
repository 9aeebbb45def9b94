package io.sparkconv.spark;

import io.sparkconv.image.NpyWriter;
import io.sparkconv.image.PngWriter;
import io.sparkconv.table.ErrorRow.Step;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Writes the maps of one partition to files {@code <image>.<layer>.<format>}. A file gets its name when it is whole, so
 * that a retried task leaves no part of one.
 */
final class ExportTask implements ForeachPartitionFunction<Row> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<SerializableConfiguration> configuration;
    private final String folder;
    private final MapExport.Format format;
    private final Set<String> kept;
    private final BadImagePolicy policy;

    /** @param kept names of files that may not be replaced */
    ExportTask(
            Broadcast<SerializableConfiguration> configuration,
            MapExport export,
            Set<String> kept,
            BadImagePolicy policy) {
        this.configuration = configuration;
        this.folder = export.to();
        this.format = export.format();
        this.kept = kept;
        this.policy = policy;
    }

    /**
     * Names of the files that the export may not replace; asked for before it begins, so that a retried task replaces
     * what its first attempt wrote.
     */
    static Set<String> existingFiles(MapExport export, Configuration configuration) throws IOException {
        Path folder = HadoopFiles.path(export.to());
        FileSystem files = folder.getFileSystem(configuration);
        Set<String> names = new HashSet<>();
        if (export.existing() == ExistingOutput.REFUSE && files.exists(folder)) {
            for (FileStatus file : files.listStatus(folder)) {
                names.add(file.getPath().getName());
            }
        }
        return names;
    }

    @Override
    public void call(Iterator<Row> rows) {
        Iterator<String> files = new RefusingIterator<>(new TiledImages(rows), policy, image -> export(image.decode()));
        while (files.hasNext()) {
            files.next();
        }
    }

    private Iterator<String> export(SourceImage map) throws RefusedImageException {
        // a point in the layer's name would leave open where the id ends
        String name = fileName(map.id()) + "." + fileName(map.layer()).replace(".", "%2E");
        try {
            Shape shape = map.pixels().shape();
            boolean picture = (shape.channels() == 1 || shape.channels() == 3) && shape.depth() == 1;
            if (format == MapExport.Format.NPY || picture) {
                write(name + "." + format.text(), map.pixels());
                return Collections.singleton(name).iterator();
            }
            for (int channel = 0; channel < shape.channels(); channel++) {
                for (int z = 0; z < shape.depth(); z++) {
                    String slice = shape.depth() == 1 ? "" : ".z" + z;
                    write(name + "." + channel + slice + "." + format.text(), slice(map.pixels(), channel, z));
                }
            }
            return Collections.singleton(name).iterator();
        } catch (IOException e) {
            throw new RefusedImageException(map.id(), Step.WRITE, "file not written", e.getMessage());
        }
    }

    private static FeatureMap slice(FeatureMap map, int channel, int z) {
        Shape slice = new Shape(1, 1, map.shape().height(), map.shape().width());
        int first = map.index(channel, z, 0, 0);
        return new FeatureMap(slice, Arrays.copyOfRange(map.values(), first, first + slice.arrayLength()));
    }

    private void write(String name, FeatureMap map) throws IOException {
        Path target = new Path(folder, name);
        Path unfinished = new Path(folder, "." + name + ".unfinished");
        FileSystem files =
                HadoopFiles.withoutChecksums(target, configuration.value().value());
        if (kept.contains(name)) {
            throw new IOException("'" + target + "' exists already; --overwrite replaces it");
        }
        try {
            write(map, files, unfinished);
            files.delete(target, false);
            if (!files.rename(unfinished, target)) {
                throw new IOException("'" + unfinished + "' could not be renamed to '" + target + "'");
            }
        } catch (IOException e) {
            files.delete(unfinished, false);
            throw e;
        }
    }

    private void write(FeatureMap map, FileSystem files, Path target) throws IOException {
        try (OutputStream stream = files.create(target, true)) {
            if (format == MapExport.Format.NPY) {
                NpyWriter.write(map, stream);
            } else {
                PngWriter.write(map, stream);
            }
        }
    }

    /** Everything but letters, digits, point, hyphen and underscore becomes %XX, so that no two ids share a file. */
    static String fileName(String id) {
        StringBuilder name = new StringBuilder();
        for (byte each : id.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (each & 0xFF);
            boolean plain = each > 0 && Character.isLetterOrDigit(character) || "._-".indexOf(character) >= 0;
            name.append(plain ? Character.toString(character) : String.format("%%%02X", each & 0xFF));
        }
        // no hidden files, none of another folder, and a name for the empty id that no other has
        return name.isEmpty() ? "%" : name.charAt(0) == '.' ? "%2E" + name.substring(1) : name.toString();
    }
}
