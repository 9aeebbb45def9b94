package io.sparkconv.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class TileEnvelopeTest {

    private static TileState state() {
        Shape image = new Shape(2, 1, 1, 2);
        MapBlock block = MapBlock.of(
                "conv", new Tile(Region.ofMap(image), 2, new float[] {1, -2, 3.5f, Float.NaN}), ElementType.FLOAT32);
        return new TileState(new TileAddress("cat.jpg", 3, 5), image, List.of(block));
    }

    @Test
    void whatIsWrittenIsReadAndTheEnvelopeEmptyThen() throws IOException, ClassNotFoundException {
        TileEnvelope envelope = new TileEnvelope(state());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(envelope);
        }
        assertThatThrownBy(envelope::take)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot take a tile: it was taken or sent already");
        try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            TileEnvelope read = (TileEnvelope) input.readObject();
            assertThat(read.take()).usingRecursiveComparison().isEqualTo(state());
            assertThatThrownBy(read::take).isInstanceOf(IllegalStateException.class);
        }
    }
}
