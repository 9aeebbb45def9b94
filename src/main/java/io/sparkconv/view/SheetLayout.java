package io.sparkconv.view;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;

/**
 * Where everything of a contact sheet goes, in pixels. Columns are as wide as their widest cell in any row. The first
 * panel of a row stands in the first column alone; the others follow to its right and wrap to the second column.
 *
 * @param title the title's line
 * @param rowLabels the line of each row's label
 * @param cells the panels of each row
 */
record SheetLayout(int width, int height, Rectangle title, List<Rectangle> rowLabels, List<List<Cell>> cells) {

    private static final int MARGIN = 28;
    private static final int TITLE_HEIGHT = 34;
    private static final int ROW_LABEL_HEIGHT = 30;
    private static final int LABEL_HEIGHT = 20;
    private static final int LABEL_GAP = 4;
    private static final int COLUMN_GAP = 16;
    private static final int LINE_GAP = 12;
    private static final int ROW_GAP = 22;
    private static final int MINIMUM_CELL_WIDTH = 130;
    private static final int MINIMUM_WIDTH = 480;
    private static final int COLUMNS = 7;

    /**
     * One panel.
     *
     * @param picture what the map fills
     * @param label the line below, at least as wide as the picture
     */
    record Cell(Rectangle picture, Rectangle label) {}

    static SheetLayout of(ContactSheet sheet) {
        int[] columnWidths = columnWidths(sheet);
        int[] lefts = new int[COLUMNS];
        int right = MARGIN;
        for (int column = 0; column < COLUMNS; column++) {
            lefts[column] = right;
            right += columnWidths[column] == 0 ? 0 : columnWidths[column] + COLUMN_GAP;
        }
        int width = Math.max(MINIMUM_WIDTH, right - COLUMN_GAP + MARGIN);
        int y = MARGIN + TITLE_HEIGHT;
        List<Rectangle> rowLabels = new ArrayList<>();
        List<List<Cell>> cells = new ArrayList<>();
        for (ContactSheet.Row row : sheet.rows()) {
            y += ROW_GAP;
            rowLabels.add(new Rectangle(MARGIN, y, width - 2 * MARGIN, ROW_LABEL_HEIGHT));
            y += ROW_LABEL_HEIGHT;
            List<Cell> rowCells = new ArrayList<>();
            int bottom = y;
            for (int i = 0; i < row.panels().size(); i++) {
                if (i > 1 && column(i) == 1) {
                    y = bottom + LINE_GAP;
                }
                Cell cell = cell(row.panels().get(i), lefts[column(i)], y);
                rowCells.add(cell);
                bottom = Math.max(bottom, cell.label().y + cell.label().height);
            }
            cells.add(List.copyOf(rowCells));
            y = bottom;
        }
        Rectangle title = new Rectangle(MARGIN, MARGIN, width - 2 * MARGIN, TITLE_HEIGHT);
        return new SheetLayout(width, y + MARGIN, title, List.copyOf(rowLabels), List.copyOf(cells));
    }

    private static Cell cell(ContactSheet.Panel panel, int x, int y) {
        Dimension size = pictureSize(panel);
        int labelWidth = Math.max(MINIMUM_CELL_WIDTH, size.width);
        return new Cell(
                new Rectangle(x, y, size.width, size.height),
                new Rectangle(x, y + size.height + LABEL_GAP, labelWidth, LABEL_HEIGHT));
    }

    private static int[] columnWidths(ContactSheet sheet) {
        int[] widths = new int[COLUMNS];
        for (ContactSheet.Row row : sheet.rows()) {
            for (int i = 0; i < row.panels().size(); i++) {
                int cellWidth =
                        Math.max(MINIMUM_CELL_WIDTH, pictureSize(row.panels().get(i)).width);
                widths[column(i)] = Math.max(widths[column(i)], cellWidth);
            }
        }
        return widths;
    }

    private static int column(int panel) {
        return panel == 0 ? 0 : 1 + (panel - 1) % (COLUMNS - 1);
    }

    /** A waveform fills the panel; other maps are enlarged until a side does. */
    private static Dimension pictureSize(ContactSheet.Panel panel) {
        if (panel.isWaveform()) {
            return new Dimension(ContactSheet.PANEL_WIDTH, ContactSheet.PANEL_HEIGHT);
        }
        int width = panel.map().shape().width();
        int height = panel.map().shape().height();
        double scale = Math.min((double) ContactSheet.PANEL_WIDTH / width, (double) ContactSheet.PANEL_HEIGHT / height);
        return new Dimension(
                Math.max(1, (int) Math.round(width * scale)), Math.max(1, (int) Math.round(height * scale)));
    }
}
