package io.sparkconv.spark;

import io.sparkconv.network.Gathered;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A tile on its way through Spark's serialization, for one time: it is empty once it is written or taken out. Java's object
 * streams remember every object that they have written or read, a hundred of them before Spark resets them; what they remember
 * here is empty, so that no task holds more tiles than it computes.
 */
final class TileEnvelope implements Externalizable {
    private static final long serialVersionUID = 1L;

    private transient TileState tile;

    /** For Java's serialization. */
    public TileEnvelope() {}

    TileEnvelope(TileState tile) {
        this.tile = tile;
    }

    /** What is in it; it is empty then. */
    TileState take() {
        if (tile == null) {
            throw new IllegalStateException("Cannot take a tile: it was taken or sent already");
        }
        TileState taken = tile;
        tile = null;
        return taken;
    }

    @Override
    public void writeExternal(ObjectOutput output) throws IOException {
        TileState sent = take();
        output.writeObject(sent.address());
        output.writeObject(sent.image());
        output.writeObject(sent.gathered());
        output.writeObject(sent.work());
        output.writeInt(sent.blocks().size());
        for (MapBlock block : sent.blocks()) {
            output.writeUTF(block.map());
            output.writeObject(block.region());
            output.writeInt(block.channels());
            output.writeUTF(block.elementType().text());
            output.writeInt(block.data().length);
            output.write(block.data());
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public void readExternal(ObjectInput input) throws IOException, ClassNotFoundException {
        TileAddress address = (TileAddress) input.readObject();
        Shape image = (Shape) input.readObject();
        Map<String, Gathered> gathered = (Map<String, Gathered>) input.readObject();
        TileWork work = (TileWork) input.readObject();
        List<MapBlock> blocks = new ArrayList<>();
        for (int left = input.readInt(); left > 0; left--) {
            String map = input.readUTF();
            Region region = (Region) input.readObject();
            int channels = input.readInt();
            ElementType type = ElementType.of(input.readUTF());
            byte[] data = new byte[input.readInt()];
            input.readFully(data);
            blocks.add(new MapBlock(map, region, channels, type, data));
        }
        tile = new TileState(address, image, blocks, gathered, work);
    }
}
