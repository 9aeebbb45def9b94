package io.sparkconv.conv;

import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Tile;
import java.util.function.BiConsumer;

/** Runs that know planar maps alone, for maps of any layout. */
final class PlanarOutput {
    private PlanarOutput() {}

    /** @param run takes the planar source and the planar output to write */
    static void compute(
            Tile source, Tile output, Epilogue epilogue, Workspace workspace, BiConsumer<Tile, float[]> run) {
        boolean isPlanar = output.layout() == Layout.PLANAR;
        int length =
                Layout.PLANAR.arrayLength(output.channels(), output.region().pixels());
        float[] values = isPlanar ? output.values() : workspace.floats(Scratch.PLANAR_OUTPUT, length);
        run.accept(planar(source, Scratch.PLANAR_SOURCE, workspace), values);
        Tile residual = epilogue.residual();
        epilogue.activation()
                .apply(
                        values,
                        0,
                        length,
                        1,
                        residual == null
                                ? null
                                : planar(residual, Scratch.PLANAR_RESIDUAL, workspace)
                                        .crop(output.region())
                                        .values(),
                        0);
        if (!isPlanar) {
            new Tile(output.region(), output.channels(), Layout.PLANAR, values).copyTo(output);
            output.clearUnusedLanes();
        }
    }

    private static Tile planar(Tile tile, Scratch slot, Workspace workspace) {
        if (tile.layout() == Layout.PLANAR) {
            return tile;
        }
        int length = Layout.PLANAR.arrayLength(tile.channels(), tile.region().pixels());
        Tile copy = new Tile(tile.region(), tile.channels(), Layout.PLANAR, workspace.floats(slot, length));
        tile.copyTo(copy);
        return copy;
    }
}
