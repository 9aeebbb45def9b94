package io.sparkconv.plan;

import java.util.Locale;

/** Writes numbers for people, the same way on every machine. */
public final class AmountText {
    private static final String PREFIXES = "kMGT";

    private AmountText() {}

    /** {@code 1,234,567}. */
    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 12 bytes}, {@code 1.5 KiB}, {@code 2,345.6 MiB}. */
    public static String bytes(long bytes) {
        if (bytes < 1 << 10) {
            return bytes + " bytes";
        }
        return bytes < 1 << 20
                ? String.format(Locale.ROOT, "%,.1f KiB", bytes / 1024.0)
                : String.format(Locale.ROOT, "%,.1f MiB", bytes / 1048576.0);
    }

    /** Multiply-adds: {@code 12 MAC}, {@code 1.5 kMAC}, {@code 2.3 GMAC}, {@code 4,567.8 TMAC}. */
    public static String products(long products) {
        if (products < 1000) {
            return products + " MAC";
        }
        double amount = products / 1e3;
        int prefix = 0;
        while (amount >= 999.95 && prefix < PREFIXES.length() - 1) {
            amount /= 1e3;
            prefix++;
        }
        return String.format(Locale.ROOT, "%,.1f %cMAC", amount, PREFIXES.charAt(prefix));
    }
}
