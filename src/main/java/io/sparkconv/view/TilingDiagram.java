package io.sparkconv.view;

import io.sparkconv.network.Network;
import io.sparkconv.plan.FusedGroup;
import io.sparkconv.plan.Plan;
import io.sparkconv.plan.TileChoice;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.PaddingMode;
import io.sparkconv.tile.Region;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture of what one tile of an image receives from which other tiles: a line for each fused group, with the maps that it
 * reads to the left and those that it puts down to the right. The tile is the one in the middle, or the first one where a
 * layer pads circularly, since there the halo goes around the image.
 */
public final class TilingDiagram {
    /** Most tiles along an axis; more could not be told apart. */
    private static final int MOST_TILES = 32;

    private static final int MOST_PANELS = 64;
    private static final int MARGIN = 24;
    private static final int GAP = 48;
    /** Room for the legend. */
    private static final int NARROWEST = 640;

    private static final int LINE = 20;
    private static final Color GROUND = new Color(0xFAFAFA);
    private static final Color TEXT = new Color(0x1F1F1F);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);
    private static final Font GROUP = new Font(Font.SANS_SERIF, Font.BOLD, 14);

    private static final Font LEGEND = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final String MEANING =
            "dark: the tile · strong colours: what it receives, light ones: from whom · dashed: all that it reads";

    private final List<Row> rows = new ArrayList<>();
    private final String title;

    private record Row(String label, List<TilingPanel> panels) {
        int width() {
            return panels.stream().mapToInt(TilingPanel::width).sum() + GAP * (panels.size() - 1);
        }

        int height() {
            return 2 * LINE
                    + panels.stream().mapToInt(TilingPanel::height).max().orElse(0);
        }
    }

    /**
     * A diagram of a plan.
     *
     * @throws IllegalArgumentException if the image has several planes, or more tiles or maps than can be told apart
     */
    public TilingDiagram(Plan plan) {
        FusedGroup first = plan.groups().get(0);
        Shape image = first.shape(Network.INPUT);
        if (image.depth() > 1) {
            throw new IllegalArgumentException("Cannot draw the tiles of an image of " + image
                    + ": a picture shows two axes, its depth is " + image.depth() + ", allowed is 1");
        }
        int rowCount = plan.grid().y().size() - 1;
        int columnCount = plan.grid().x().size() - 1;
        if (Math.max(rowCount, columnCount) > MOST_TILES) {
            throw new IllegalArgumentException("Cannot draw " + rowCount + " × " + columnCount + " tiles: at most "
                    + MOST_TILES + " along an axis can be told apart; draw a smaller image or larger tiles");
        }
        boolean goesAround = plan.groups().stream()
                .flatMap(group -> group.nodes().stream())
                .anyMatch(node -> node.layer().padding().mode() == PaddingMode.CIRCULAR);
        long tile = goesAround ? 0 : TileChoice.middle(plan.grid());
        Region region = plan.grid().region(tile);
        this.title = "Tile " + (tile / columnCount + 1) + "," + (tile % columnCount + 1) + " over y" + region.y() + " x"
                + region.x();
        int panels = 0;
        for (int number = 0; number < plan.groups().size(); number++) {
            FusedGroup group = plan.groups().get(number);
            List<TilingPanel> row = new ArrayList<>();
            for (String source : group.sources()) {
                row.add(TilingPanel.source(group, plan.grid(), tile, source));
            }
            for (String output : group.outputs()) {
                row.add(TilingPanel.output(group, plan.grid(), tile, output));
            }
            panels += row.size();
            String layers = String.join(
                    ", ", group.nodes().stream().map(Network.Node::name).toList());
            rows.add(new Row("Group " + (number + 1) + ": " + layers, row));
        }
        if (panels > MOST_PANELS) {
            throw new IllegalArgumentException("Cannot draw the tiles of " + panels + " maps: at most " + MOST_PANELS
                    + " are allowed; use fewer layers");
        }
    }

    /**
     * Writes the picture as PNG. The stream stays open.
     *
     * @throws IOException if the stream can't be written
     */
    public void write(OutputStream png) throws IOException {
        // ImageIO would put a stream's bytes in a file first
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(png)) {
            if (!ImageIO.write(paint(), "png", output)) {
                throw new IOException("Cannot write a picture of tiles: this Java has no writer for PNG");
            }
        }
    }

    private BufferedImage paint() {
        int width = 2 * MARGIN
                + Math.max(NARROWEST, rows.stream().mapToInt(Row::width).max().orElse(0));
        int height = 2 * MARGIN
                + 2 * LINE
                + rows.stream().mapToInt(row -> row.height() + LINE).sum();
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(GROUND);
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(TEXT);
        graphics.setFont(TITLE);
        graphics.drawString(title, MARGIN, MARGIN + LINE / 2);
        graphics.setFont(LEGEND);
        graphics.drawString(MEANING, MARGIN, MARGIN + LINE / 2 + LINE);
        int y = MARGIN + 3 * LINE;
        for (Row row : rows) {
            graphics.setColor(TEXT);
            graphics.setFont(GROUP);
            graphics.drawString(row.label(), MARGIN, y + LINE / 2);
            int x = MARGIN;
            for (TilingPanel panel : row.panels()) {
                panel.paint(graphics, x, y + LINE + LINE / 2);
                x += panel.width() + GAP;
            }
            y += row.height() + LINE;
        }
        graphics.dispose();
        return image;
    }
}
