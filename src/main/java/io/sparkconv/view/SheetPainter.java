package io.sparkconv.view;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws a contact sheet by its layout. */
final class SheetPainter {

    private static final Color GROUND = new Color(0xFAFAFA);
    private static final Color TEXT = new Color(0x1F1F1F);
    private static final Color QUIET_TEXT = new Color(0x767676);
    private static final Color RULE = new Color(0xDCDCDC);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 22);
    private static final Font ROW_LABEL = new Font(Font.SANS_SERIF, Font.BOLD, 14);
    private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    private static final int LABEL_GAP = 10;

    private SheetPainter() {}

    static BufferedImage paint(ContactSheet sheet, SheetLayout layout) {
        BufferedImage image = new BufferedImage(layout.width(), layout.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(GROUND);
        graphics.fillRect(0, 0, layout.width(), layout.height());
        paintText(graphics, sheet.title(), TITLE, TEXT, layout.title());
        for (int row = 0; row < sheet.rows().size(); row++) {
            Rectangle label = layout.rowLabels().get(row);
            graphics.setColor(RULE);
            graphics.fillRect(label.x, label.y - 8, label.width, 1);
            paintText(graphics, sheet.rows().get(row).label(), ROW_LABEL, TEXT, label);
            List<ContactSheet.Panel> panels = sheet.rows().get(row).panels();
            for (int i = 0; i < panels.size(); i++) {
                SheetLayout.Cell cell = layout.cells().get(row).get(i);
                Rectangle picture = cell.picture();
                graphics.setColor(RULE);
                graphics.fillRect(picture.x - 1, picture.y - 1, picture.width + 2, picture.height + 2);
                PanelPainter.paint(graphics, panels.get(i), picture);
                paintLabel(graphics, panels.get(i), cell);
            }
        }
        graphics.dispose();
        return image;
    }

    /** The panel's label to the left, and what its colours stand for to the right where there is room for both. */
    private static void paintLabel(Graphics2D graphics, ContactSheet.Panel panel, SheetLayout.Cell cell) {
        FontMetrics metrics = graphics.getFontMetrics(LABEL);
        Rectangle line = cell.label();
        Rectangle left = new Rectangle(line);
        if (panel.rendering() != Rendering.PHOTOGRAPH) {
            String range = ValueRange.of(panel).text();
            int rangeWidth = metrics.stringWidth(range);
            if (2 * rangeWidth + LABEL_GAP <= line.width) {
                Rectangle right = new Rectangle(line.x + line.width - rangeWidth, line.y, rangeWidth, line.height);
                paintText(graphics, range, LABEL, QUIET_TEXT, right);
                left.width -= rangeWidth + LABEL_GAP;
            }
        }
        paintText(graphics, panel.label(), LABEL, TEXT, left);
    }

    private static void paintText(Graphics2D graphics, String text, Font font, Color colour, Rectangle line) {
        FontMetrics metrics = graphics.getFontMetrics(font);
        String shown = fitted(text, metrics, line.width);
        graphics.setFont(font);
        graphics.setColor(colour);
        int baseline = line.y + (line.height - metrics.getAscent() - metrics.getDescent()) / 2 + metrics.getAscent();
        graphics.drawString(shown, line.x, baseline);
    }

    /** The text, with an ellipsis in its middle where it is wider than the width; empty if not even that fits. */
    static String fitted(String text, FontMetrics metrics, int width) {
        if (metrics.stringWidth(text) <= width) {
            return text;
        }
        int[] characters = text.codePoints().toArray();
        for (int kept = characters.length - 1; kept >= 0; kept--) {
            int head = (kept + 1) / 2;
            int tail = kept - head;
            String shortened =
                    new String(characters, 0, head) + "…" + new String(characters, characters.length - tail, tail);
            if (metrics.stringWidth(shortened) <= width) {
                return shortened;
            }
        }
        return "";
    }
}
