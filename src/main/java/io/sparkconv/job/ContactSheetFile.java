package io.sparkconv.job;

import io.sparkconv.spark.ExistingOutput;
import io.sparkconv.spark.RunTables;
import io.sparkconv.view.ContactSheet;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Writes a contact sheet to a file of this machine. */
final class ContactSheetFile {
    private ContactSheetFile() {}

    /**
     * Refuses a file that can't be written, before any work is done for it.
     *
     * @throws IllegalArgumentException if it exists and may not be replaced, is a folder, or lies below a file
     */
    static void requireWritable(Path file, ExistingOutput existing) {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException("Cannot write contact sheet '" + file + "': it is a folder");
        }
        if (Files.exists(file) && existing == ExistingOutput.REFUSE) {
            throw new IllegalArgumentException(
                    "Cannot write contact sheet '" + file + "': it exists already; --overwrite replaces it");
        }
        for (Path above = file.toAbsolutePath().getParent(); above != null; above = above.getParent()) {
            if (Files.exists(above) && !Files.isDirectory(above)) {
                throw new IllegalArgumentException(
                        "Cannot write contact sheet '" + file + "': '" + above + "' is a file");
            }
        }
    }

    /** Draws the sheet; without images there is none. */
    static void write(SparkSession session, RunTables tables, Path file) {
        try {
            ContactSheet sheet = new ContactSheetReader(tables).read(session).orElse(null);
            if (sheet == null) {
                System.out.println("Contact sheet: none, since there are no images to show");
                return;
            }
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file))) {
                sheet.write(stream);
            }
            System.out.println("Contact sheet: " + file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write contact sheet '" + file + "': " + e.getMessage(), e);
        }
    }
}
