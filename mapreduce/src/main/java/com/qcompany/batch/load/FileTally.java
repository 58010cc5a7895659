package com.qcompany.batch.load;

import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.math.BigDecimal;
import java.util.Objects;

/** What became of the lines of one file, summed by mappers and reducers and compared by the audit. */
final class FileTally {

    private static final BigDecimal ZERO = new BigDecimal("0.0000");

    private long lines;
    private long accepted;
    private long rejected;
    private long loaded;
    private long duplicate;
    private Sums read = Sums.NONE;
    private Sums written = Sums.NONE;
    private Sums other = Sums.NONE;

    /** Units and money of some sales. */
    record Sums(long units, BigDecimal paid) {

        static final Sums NONE = new Sums(0, ZERO);

        private static final int UNITS = StarSchema.SALES_TRANSACTIONS_FACT.indexOf("units");
        private static final int PAID = StarSchema.SALES_TRANSACTIONS_FACT.indexOf("total_paid_price");

        static Sums of(Row sale) {
            return new Sums((Integer) Objects.requireNonNull(sale.get(UNITS)), (BigDecimal)
                    Objects.requireNonNull(sale.get(PAID)));
        }

        Sums plus(Sums more) {
            return new Sums(Math.addExact(units, more.units), paid.add(more.paid));
        }
    }

    /** A line that meets every rule and is no sale: it describes a thing. */
    void acceptDescription() {
        lines++;
        accepted++;
        loaded++;
    }

    /** A line that meets every rule and is a sale, of which a reducer will decide. */
    void acceptSale(Sums sale) {
        lines++;
        accepted++;
        read = read.plus(sale);
    }

    /** A line that breaks a rule. */
    void reject() {
        lines++;
        rejected++;
    }

    /** A sale that was written. */
    void load(Sums sale) {
        loaded++;
        written = written.plus(sale);
    }

    /** A sale that was there already. */
    void duplicate(Sums sale) {
        duplicate++;
        other = other.plus(sale);
    }

    /** A sale that changes a published one. */
    void rejectChange(Sums sale) {
        rejected++;
        other = other.plus(sale);
    }

    /** Adds what another task counted of the same file. */
    FileTally add(FileTally more) {
        lines += more.lines;
        accepted += more.accepted;
        rejected += more.rejected;
        loaded += more.loaded;
        duplicate += more.duplicate;
        read = read.plus(more.read);
        written = written.plus(more.written);
        other = other.plus(more.other);
        return this;
    }

    long lines() {
        return lines;
    }

    long accepted() {
        return accepted;
    }

    long rejected() {
        return rejected;
    }

    long loaded() {
        return loaded;
    }

    long duplicates() {
        return duplicate;
    }

    Sums read() {
        return read;
    }

    Sums written() {
        return written;
    }

    Sums other() {
        return other;
    }

    Row toRow(int file) {
        return new Row(LoadTables.FILE_TALLIES)
                .set("file", (long) file)
                .set("lines", lines)
                .set("accepted", accepted)
                .set("rejected", rejected)
                .set("loaded", loaded)
                .set("duplicate", duplicate)
                .set("units_read", read.units)
                .set("units_loaded", written.units)
                .set("units_other", other.units)
                .set("paid_read", read.paid)
                .set("paid_loaded", written.paid)
                .set("paid_other", other.paid);
    }

    static int fileOf(Row row) {
        return Math.toIntExact(row.require("file", Long.class));
    }

    static FileTally of(Row row) {
        FileTally tally = new FileTally();
        tally.lines = row.require("lines", Long.class);
        tally.accepted = row.require("accepted", Long.class);
        tally.rejected = row.require("rejected", Long.class);
        tally.loaded = row.require("loaded", Long.class);
        tally.duplicate = row.require("duplicate", Long.class);
        tally.read = sums(row, "read");
        tally.written = sums(row, "loaded");
        tally.other = sums(row, "other");
        return tally;
    }

    private static Sums sums(Row row, String suffix) {
        return new Sums(row.require("units_" + suffix, Long.class), row.require("paid_" + suffix, BigDecimal.class));
    }
}
