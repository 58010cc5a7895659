package com.qcompany.batch.ingest;

import java.util.Locale;

/**
 * A number of bytes that prints as people read it, {@code 212 KB}; a kilobyte is 1,000 bytes.
 *
 * @param bytes the number
 */
record ByteCount(long bytes) {

    private static final String[] UNITS = {"KB", "MB", "GB", "TB"};

    @Override
    public String toString() {
        if (bytes < 1_000) {
            return bytes + " bytes";
        }
        double value = bytes / 1_000.0;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1_000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
    }
}
