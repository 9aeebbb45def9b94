package io.sparkconv.spark;

import io.sparkconv.tensor.ElementType;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Region;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import org.apache.hadoop.io.WritableUtils;

/**
 * How a {@link SliverBlock} is written: its numbers, small ones in few bytes, and no names of classes and fields but its own.
 * Java's own form names all classes in it, anew for each partition that a task sends to: 380 bytes compressed, more than the
 * values of a small sliver.
 */
final class PackedSliver implements Externalizable {
    private static final long serialVersionUID = 1L;
    private static final ElementType[] TYPES = ElementType.values();

    private transient SliverBlock sliver;

    /** For Java's serialization. */
    public PackedSliver() {}

    PackedSliver(SliverBlock sliver) {
        this.sliver = sliver;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        MapBlock block = sliver.block();
        WritableUtils.writeVLong(out, sliver.from());
        out.writeUTF(block.map());
        write(block.region().z(), out);
        write(block.region().y(), out);
        write(block.region().x(), out);
        WritableUtils.writeVInt(out, block.channels());
        out.writeByte(block.elementType().ordinal());
        WritableUtils.writeVInt(out, block.data().length);
        out.write(block.data());
    }

    private static void write(Interval interval, ObjectOutput out) throws IOException {
        WritableUtils.writeVInt(out, interval.begin());
        WritableUtils.writeVInt(out, interval.extent());
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
        long from = WritableUtils.readVLong(in);
        String map = in.readUTF();
        Region region = new Region(interval(in), interval(in), interval(in));
        int channels = WritableUtils.readVInt(in);
        ElementType type = TYPES[in.readByte()];
        byte[] data = new byte[WritableUtils.readVInt(in)];
        in.readFully(data);
        sliver = new SliverBlock(from, new MapBlock(map, region, channels, type, data));
    }

    private static Interval interval(ObjectInput in) throws IOException {
        int begin = WritableUtils.readVInt(in);
        return new Interval(begin, begin + WritableUtils.readVInt(in));
    }

    private Object readResolve() {
        return sliver;
    }
}
