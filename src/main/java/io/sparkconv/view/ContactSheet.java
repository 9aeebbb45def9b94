package io.sparkconv.view;

import io.sparkconv.tensor.FeatureMap;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture of photographs beside their feature maps: a title, then for each photograph a line with its name and a line
 * of labelled panels; more panels than fit go on below.
 *
 * @param title above all rows
 * @param rows one a photograph, at least one
 */
public record ContactSheet(String title, List<Row> rows) {

    /** Widest picture of a panel in pixels; larger maps are reduced to it. */
    public static final int PANEL_WIDTH = 280;
    /** Highest picture of a panel in pixels; larger maps are reduced to it. */
    public static final int PANEL_HEIGHT = 200;

    private static final long MAXIMUM_PIXELS = 100_000_000L;

    /** @throws IllegalArgumentException if there are no rows */
    public ContactSheet {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("Cannot draw a contact sheet: 0 rows given, at least 1 is needed");
        }
        rows = List.copyOf(rows);
    }

    /**
     * A photograph and its feature maps.
     *
     * @param label name of the photograph
     * @param panels the photograph first, then its maps; at least one
     */
    public record Row(String label, List<Panel> panels) {

        /** @throws IllegalArgumentException if there are no panels */
        public Row {
            if (panels.isEmpty()) {
                throw new IllegalArgumentException(
                        "Cannot draw row '" + label + "' of a contact sheet: 0 panels given, at least 1 is needed");
            }
            panels = List.copyOf(panels);
        }
    }

    /**
     * One map. Only its thumbnail is held. A volume shows its middle slice. A signal (depth 1, height 1) is a waveform,
     * unless its rendering is {@link Rendering#PHOTOGRAPH}.
     *
     * @param label below the picture
     * @param map (channel, z, y, x), 1 or 3 channels, a photograph also 4; becomes its {@link Thumbnail} of at most
     *     {@value #PANEL_HEIGHT} × {@value #PANEL_WIDTH}
     * @param rendering how values become colours
     */
    public record Panel(String label, FeatureMap map, Rendering rendering) {

        /** @throws IllegalArgumentException if the number of channels can't be drawn */
        public Panel {
            int channels = map.shape().channels();
            if (channels != 1 && channels != 3 && !(channels == 4 && rendering == Rendering.PHOTOGRAPH)) {
                throw new IllegalArgumentException("Cannot draw panel '" + label + "' of " + channels + " channels as "
                        + rendering + ": allowed are 1 and 3, for PHOTOGRAPH also 4; draw one panel a channel");
            }
            map = Thumbnail.of(map, PANEL_WIDTH, PANEL_HEIGHT);
        }

        boolean isWaveform() {
            return Thumbnail.isSignal(map.shape()) && rendering != Rendering.PHOTOGRAPH;
        }
    }

    /**
     * Writes the sheet as PNG. The same sheet gives the same bytes on the same machine; text depends on its fonts. The
     * stream stays open.
     *
     * @throws IllegalArgumentException if the sheet would have more than 100 million pixels
     * @throws IOException if the stream can't be written
     */
    public void write(OutputStream png) throws IOException {
        SheetLayout layout = SheetLayout.of(this);
        long pixels = (long) layout.width() * layout.height();
        if (pixels > MAXIMUM_PIXELS) {
            throw new IllegalArgumentException("Cannot draw a contact sheet of " + rows.size() + " rows: it would have "
                    + layout.height() + " × " + layout.width() + " pixels, at most " + MAXIMUM_PIXELS
                    + " in all are allowed; use fewer rows");
        }
        // ImageIO would put a stream's bytes in a file first
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(png)) {
            if (!ImageIO.write(SheetPainter.paint(this, layout), "png", output)) {
                throw new IOException("Cannot write a contact sheet: this Java has no writer for PNG");
            }
        }
    }
}
