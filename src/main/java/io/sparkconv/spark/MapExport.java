package io.sparkconv.spark;

import io.sparkconv.tensor.Named;
import java.util.Locale;
import java.util.Optional;

/**
 * What a run of {@code export} is asked for.
 *
 * @param table path of a tile table
 * @param to folder for the files
 * @param format of the files
 * @param image id of the only image to export, or empty for all
 * @param layer name of the only layer to export, or empty for all
 * @param existing what happens to files that exist
 */
public record MapExport(
        String table,
        String to,
        Format format,
        Optional<String> image,
        Optional<String> layer,
        ExistingOutput existing) {

    /** File formats of exported maps. */
    public enum Format implements Named {
        /** NumPy, float32, (channel, y, x) or (channel, z, y, x). */
        NPY,
        /** 8-bit pictures; a map of other than 1 or 3 channels, or of a depth, becomes one picture a channel and slice. */
        PNG;

        /** The format's name on the command line and the files' ending. */
        @Override
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * The format of a name.
         *
         * @throws IllegalArgumentException if there is none of that name
         */
        public static Format of(String text) {
            return Named.of(values(), text, "Cannot write format");
        }
    }
}
