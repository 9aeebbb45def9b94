package io.sparkconv.plan;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns, each as wide as its widest cell. */
final class TextTable {
    private static final String GAP = "  ";

    /** Where a column's cells stand. */
    enum Alignment {
        /** For words. */
        LEFT,
        /** For numbers. */
        RIGHT
    }

    private final List<Alignment> alignments;
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(Alignment... alignments) {
        this.alignments = List.of(alignments);
    }

    void add(String... cells) {
        rows.add(List.of(cells));
    }

    /** The rows as lines, without spaces at their ends. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String blanks = " ".repeat(width(column) - length(row.get(column)));
                line.append(column == 0 ? "" : GAP);
                line.append(alignments.get(column) == Alignment.LEFT ? "" : blanks);
                line.append(row.get(column));
                line.append(alignments.get(column) == Alignment.LEFT ? blanks : "");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
