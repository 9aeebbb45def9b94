package io.sparkconv.view;

import io.sparkconv.plan.FusedGroup;
import io.sparkconv.plan.HaloPlan;
import io.sparkconv.plan.HaloPlan.Sliver;
import io.sparkconv.plan.SourceView;
import io.sparkconv.plan.SourceView.Placement;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.TileGrid;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One map with its tiles, of a {@link TilingDiagram}. */
final class TilingPanel {
    private static final int LONGEST = 420;
    /** Room for the lines of text. */
    private static final int NARROWEST = 300;

    private static final int LINE = 18;
    private static final int PIXELS_SHOWN_FROM = 6;
    private static final Color MAP = Color.WHITE;
    private static final Color PIXELS = new Color(0, 0, 0, 24);
    /** Behind numbers, which may stand on a colour. */
    private static final Color PLATE = new Color(255, 255, 255, 190);

    private static final Color TILES = new Color(0x8A8A8A);
    private static final Color EDGE = new Color(0x1F1F1F);
    private static final Color OWN = new Color(0x4A5568);
    private static final Color TEXT = new Color(0x1F1F1F);
    private static final Color QUIET_TEXT = new Color(0x555555);
    private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final Font NUMBER = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    /** Colours that the colour-blind tell apart, after Okabe and Ito, and olive. */
    private static final int[] SENDERS = {0xE69F00, 0x56B4E9, 0x009E73, 0xF0E442, 0x0072B2, 0xD55E00, 0xCC79A7, 0x999933
    };

    private final TileGrid grid;
    private final long tile;
    private final Region map;
    private final List<SourceView> views;
    private final Map<Long, Color> senders = new LinkedHashMap<>();
    private final List<Sliver> slivers = new ArrayList<>();
    private final String title;
    private final String caption;
    private final Region shown;
    private final double scale;

    private TilingPanel(
            TileGrid grid, long tile, Shape shape, List<SourceView> views, List<Sliver> slivers, Text text) {
        this.grid = grid;
        this.tile = tile;
        this.map = Region.ofMap(shape);
        this.views = views;
        this.slivers.addAll(slivers);
        this.title = text.title;
        this.caption = text.caption;
        List<Long> from = slivers.stream().map(Sliver::from).distinct().sorted().toList();
        from.forEach(sender -> senders.put(sender, colour(senders.size(), from.size())));
        Region all = map;
        for (SourceView view : views) {
            all = all.hull(view.region());
        }
        this.shown = all;
        this.scale = (double) LONGEST / Math.max(all.y().extent(), all.x().extent());
    }

    private record Text(String title, String caption) {}

    /** A map that a group reads: the tile's own part, and what it receives. */
    static TilingPanel source(FusedGroup group, TileGrid image, long tile, String name) {
        HaloPlan halos = new HaloPlan(group, image);
        Shape shape = group.shape(name);
        TileGrid grid = image.scaledTo(shape);
        List<SourceView> views = group.views(halos.targets(tile)).stream()
                .filter(view -> view.map().equals(name))
                .toList();
        List<Sliver> slivers = halos.slivers(tile).stream()
                .filter(sliver -> sliver.map().equals(name))
                .toList();
        long pixels =
                slivers.stream().mapToLong(sliver -> sliver.region().pixels()).sum();
        Region own = grid.region(tile);
        String caption = "holds " + extent(own) + ", receives " + pixels + " pixels in " + slivers.size()
                + (slivers.size() == 1 ? " sliver" : " slivers");
        return new TilingPanel(grid, tile, shape, views, slivers, new Text("reads " + name + ", " + shape, caption));
    }

    /** A map that a group puts down: the part that the tile computes. */
    static TilingPanel output(FusedGroup group, TileGrid image, long tile, String name) {
        Shape shape = group.shape(name);
        TileGrid grid = image.scaledTo(shape);
        Text text = new Text("puts down " + name + ", " + shape, "computes " + extent(grid.region(tile)));
        return new TilingPanel(grid, tile, shape, List.of(), List.of(), text);
    }

    private static String extent(Region region) {
        return region.y().extent() + " × " + region.x().extent();
    }

    private static Color colour(int index, int count) {
        return count <= SENDERS.length
                ? new Color(SENDERS[index])
                : Color.getHSBColor((float) index / count, 0.7f, index % 2 == 0 ? 0.95f : 0.7f);
    }

    int width() {
        return Math.max(NARROWEST, (int) Math.ceil(shown.x().extent() * scale) + 1);
    }

    int height() {
        return (int) Math.ceil(shown.y().extent() * scale) + 1 + 2 * LINE;
    }

    void paint(Graphics2D graphics, int left, int top) {
        write(graphics, title, LABEL, TEXT, left, top + LINE - 6);
        Graphics2D drawing = (Graphics2D) graphics.create();
        drawing.translate(left, top + LINE);
        fill(drawing, map, MAP);
        senders.forEach((sender, colour) -> fill(drawing, grid.region(sender), tint(colour)));
        fill(drawing, grid.region(tile), OWN);
        slivers.forEach(sliver -> fill(drawing, sliver.region(), senders.get(sliver.from())));
        views.forEach(view -> paintArrived(drawing, view));
        paintPixels(drawing);
        drawing.setStroke(new BasicStroke(1f));
        for (long number = 0; number < grid.count(); number++) {
            outline(drawing, grid.region(number), TILES);
        }
        drawing.setStroke(new BasicStroke(2f));
        outline(drawing, map, EDGE);
        float[] dashes = {7f, 4f};
        drawing.setStroke(new BasicStroke(2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10f, dashes, 0f));
        views.forEach(view -> outline(drawing, view.region(), EDGE));
        paintNumbers(drawing);
        drawing.dispose();
        int below = top + LINE + (int) Math.ceil(shown.y().extent() * scale) + LINE;
        write(graphics, caption, LABEL, QUIET_TEXT, left, below);
    }

    /** What has arrived, where it stands around the tile: beyond the map's edges too. */
    private void paintArrived(Graphics2D drawing, SourceView view) {
        for (Placement placement : view.placements()) {
            for (long from : grid.meeting(placement.source())) {
                Region part = placement.source().intersect(grid.region(from));
                fill(drawing, placement.targetOf(part), from == tile ? OWN : senders.get(from));
            }
        }
    }

    private void paintPixels(Graphics2D drawing) {
        if (scale < PIXELS_SHOWN_FROM) {
            return;
        }
        drawing.setStroke(new BasicStroke(1f));
        drawing.setColor(PIXELS);
        paintPixels(drawing, map);
        // beyond the map's edges
        views.stream()
                .filter(view -> !map.contains(view.region()))
                .forEach(view -> paintPixels(drawing, view.region()));
    }

    private void paintPixels(Graphics2D drawing, Region region) {
        Rectangle2D all = rectangle(region);
        for (int y = region.y().begin(); y <= region.y().end(); y++) {
            drawing.draw(new Line2D.Double(all.getMinX(), y(y), all.getMaxX(), y(y)));
        }
        for (int x = region.x().begin(); x <= region.x().end(); x++) {
            drawing.draw(new Line2D.Double(x(x), all.getMinY(), x(x), all.getMaxY()));
        }
    }

    /** Row and column of each tile, from 1, where there is room. */
    private void paintNumbers(Graphics2D drawing) {
        int columns = grid.x().size() - 1;
        FontMetrics metrics = drawing.getFontMetrics(NUMBER);
        for (long number = 0; number < grid.count(); number++) {
            Region region = grid.region(number);
            String text = (number / columns + 1) + "," + (number % columns + 1);
            double width = region.x().extent() * scale;
            double height = region.y().extent() * scale;
            if (metrics.stringWidth(text) + 4 <= width && metrics.getHeight() <= height) {
                int left = (int) (x(region.x().begin()) + (width - metrics.stringWidth(text)) / 2);
                int base = (int) (y(region.y().begin()) + (height + metrics.getAscent() - metrics.getDescent()) / 2);
                drawing.setColor(number == tile ? OWN : PLATE);
                drawing.fillRoundRect(
                        left - 2, base - metrics.getAscent(), metrics.stringWidth(text) + 4, metrics.getHeight(), 6, 6);
                write(drawing, text, NUMBER, number == tile ? Color.WHITE : QUIET_TEXT, left, base);
            }
        }
    }

    private static void write(Graphics2D graphics, String text, Font font, Color colour, int x, int y) {
        graphics.setFont(font);
        graphics.setColor(colour);
        graphics.drawString(text, x, y);
    }

    private static Color tint(Color colour) {
        return new Color(
                255 - (255 - colour.getRed()) / 5,
                255 - (255 - colour.getGreen()) / 5,
                255 - (255 - colour.getBlue()) / 5);
    }

    private void fill(Graphics2D drawing, Region region, Color colour) {
        drawing.setColor(colour);
        drawing.fill(rectangle(region));
    }

    private void outline(Graphics2D drawing, Region region, Color colour) {
        drawing.setColor(colour);
        drawing.draw(rectangle(region));
    }

    private Rectangle2D rectangle(Region region) {
        return new Rectangle2D.Double(
                x(region.x().begin()),
                y(region.y().begin()),
                region.x().extent() * scale,
                region.y().extent() * scale);
    }

    private double x(int x) {
        return (x - shown.x().begin()) * scale;
    }

    private double y(int y) {
        return (y - shown.y().begin()) * scale;
    }
}
