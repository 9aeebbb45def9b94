package io.sparkconv.spark;

import io.sparkconv.network.Network;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tile.TileSize;
import java.util.List;
import java.util.Optional;

/**
 * What a run of the main job is asked for.
 *
 * @param images path of the image table
 * @param network the network to run
 * @param layers the layers to write; empty for the network's outputs
 * @param output path of the feature-map table
 * @param form what its rows hold
 * @param tile extent of tiles in input pixels, or empty to choose it by the image
 * @param elementType how values are stored
 * @param badImages what happens to images that can't be used
 * @param imageColumn the column with the images, or empty to recognise it
 * @param idColumn the column with the ids, or empty to recognise it
 * @param inputLayer the layer of a tile table that is read, or empty if it has one only
 * @param errors path of the error table, or empty for {@code <output>_errors}
 * @param existing what happens to an output that exists
 */
public record Extraction(
        String images,
        Network network,
        List<String> layers,
        String output,
        OutputForm form,
        Optional<TileSize> tile,
        ElementType elementType,
        BadImages badImages,
        Optional<String> imageColumn,
        Optional<String> idColumn,
        Optional<String> inputLayer,
        Optional<String> errors,
        ExistingOutput existing) {

    /** @throws IllegalArgumentException if values of the element type can't be written in that form */
    public Extraction {
        if (form == OutputForm.VECTORS && elementType != ElementType.FLOAT32) {
            throw new IllegalArgumentException(
                    "Cannot write vectors of " + elementType.text() + ": allowed is float32");
        }
    }

    /** The layers to write: those asked for, or the network's outputs. */
    public List<String> writtenLayers() {
        return layers.isEmpty() ? network.outputs() : layers;
    }

    /** Path of the error table. */
    public String errorTable() {
        return errors.orElseGet(() -> ErrorTables.beside(output));
    }
}
