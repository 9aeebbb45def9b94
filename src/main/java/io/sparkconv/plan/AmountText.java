package io.sparkconv.plan;

import java.util.Locale;

/** Writes numbers for people, the same way on every machine. */
final class AmountText {
    private AmountText() {}

    /** {@code 1,234,567}. */
    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 12 bytes}, {@code 1.5 KiB}, {@code 2,345.6 MiB}. */
    static String bytes(long bytes) {
        if (bytes < 1 << 10) {
            return bytes + " bytes";
        }
        return bytes < 1 << 20
                ? String.format(Locale.ROOT, "%,.1f KiB", bytes / 1024.0)
                : String.format(Locale.ROOT, "%,.1f MiB", bytes / 1048576.0);
    }
}
