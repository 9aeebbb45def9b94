package io.sparkconv.conv;

import io.sparkconv.tensor.Layout;
import io.sparkconv.tile.Tile;
import java.util.function.BiConsumer;

/** Runs that know planar maps alone, for maps of any layout. */
final class PlanarOutput {
    private PlanarOutput() {}

    /** @param run takes the planar source and the planar output to write */
    static void compute(Tile source, Tile output, Epilogue epilogue, BiConsumer<Tile, float[]> run) {
        boolean isPlanar = output.layout() == Layout.PLANAR;
        float[] values = isPlanar
                ? output.values()
                : new float
                        [Layout.PLANAR.arrayLength(
                                output.channels(), output.region().pixels())];
        int length =
                Layout.PLANAR.arrayLength(output.channels(), output.region().pixels());
        run.accept(source.in(Layout.PLANAR), values);
        Tile residual = epilogue.residual();
        epilogue.activation()
                .apply(
                        values,
                        0,
                        length,
                        1,
                        residual == null
                                ? null
                                : residual.in(Layout.PLANAR)
                                        .crop(output.region())
                                        .values(),
                        0);
        if (!isPlanar) {
            float[] blocked = new Tile(output.region(), output.channels(), values)
                    .in(output.layout())
                    .values();
            System.arraycopy(blocked, 0, output.values(), 0, blocked.length);
        }
    }
}
