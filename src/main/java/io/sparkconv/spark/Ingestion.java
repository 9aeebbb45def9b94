package io.sparkconv.spark;

import io.sparkconv.tile.TileSize;
import java.util.Optional;

/**
 * What a run of {@code ingest} is asked for.
 *
 * @param from a folder (with all below it), a file or a glob pattern
 * @param to path of the table
 * @param tile extent of the tiles of a tile table, or empty for a table of encoded images
 * @param badImages what happens to files that can't be used
 * @param errors path of the error table, or empty for {@code <to>_errors}
 * @param existing what happens to a table that exists
 */
public record Ingestion(
        String from,
        String to,
        Optional<TileSize> tile,
        BadImages badImages,
        Optional<String> errors,
        ExistingOutput existing) {

    /** Path of the error table. */
    public String errorTable() {
        return errors.orElseGet(() -> ErrorTables.beside(to));
    }
}
