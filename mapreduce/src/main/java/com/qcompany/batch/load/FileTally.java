package com.qcompany.batch.load;

import com.qcompany.batch.job.JobTables;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.math.BigDecimal;

/**
 * What became of the lines of one file.
 *
 * @param lines data lines read
 * @param loaded rows written
 * @param duplicate rows that were there already
 * @param rejected lines that break a rule or change a published sale
 * @param waiting sales whose agent or branch is not known
 * @param refused other lines of a refused group
 * @param read units and money of accepted sales
 * @param written of sales written
 * @param other of accepted sales that were not written
 */
record FileTally(
        long lines,
        long loaded,
        long duplicate,
        long rejected,
        long waiting,
        long refused,
        Sums read,
        Sums written,
        Sums other) {
    static final FileTally NONE = new FileTally(0, 0, 0, 0, 0, 0, Sums.NONE, Sums.NONE, Sums.NONE);

    /** Units and money of some sales. */
    record Sums(long units, BigDecimal paid) {
        static final Sums NONE = new Sums(0, BigDecimal.ZERO.setScale(6));
        private static final int UNITS = StarSchema.SALES_TRANSACTIONS_FACT.indexOf("units");
        private static final int PAID = StarSchema.SALES_TRANSACTIONS_FACT.indexOf("total_paid_price");

        static Sums of(Row sale) {
            return new Sums((Integer) java.util.Objects.requireNonNull(sale.get(UNITS)), (BigDecimal)
                    java.util.Objects.requireNonNull(sale.get(PAID)));
        }

        Sums plus(Sums more) {
            return new Sums(Math.addExact(units, more.units), paid.add(more.paid));
        }
    }

    /** A line that was read. */
    static FileTally line() {
        return new FileTally(1, 0, 0, 0, 0, 0, Sums.NONE, Sums.NONE, Sums.NONE);
    }

    /** A row that was written and is no sale. */
    static FileTally describing() {
        return new FileTally(0, 1, 0, 0, 0, 0, Sums.NONE, Sums.NONE, Sums.NONE);
    }

    /** A file all of whose lines are duplicates. */
    static FileTally repeated(long lines) {
        return new FileTally(lines, 0, lines, 0, 0, 0, Sums.NONE, Sums.NONE, Sums.NONE);
    }

    /** A line that breaks a rule. */
    static FileTally rejection() {
        return new FileTally(0, 0, 0, 1, 0, 0, Sums.NONE, Sums.NONE, Sums.NONE);
    }

    /** A sale that waits. */
    static FileTally waitingSale() {
        return new FileTally(0, 0, 0, 0, 1, 0, Sums.NONE, Sums.NONE, Sums.NONE);
    }

    /** A line of a refused group that breaks no rule. */
    static FileTally refusal() {
        return new FileTally(0, 0, 0, 0, 0, 1, Sums.NONE, Sums.NONE, Sums.NONE);
    }

    /** An accepted sale, of which a reducer will decide. */
    static FileTally sale(Sums sale) {
        return new FileTally(0, 0, 0, 0, 0, 0, sale, Sums.NONE, Sums.NONE);
    }

    /** A sale that was written. */
    static FileTally loadedSale(Sums sale) {
        return new FileTally(0, 1, 0, 0, 0, 0, Sums.NONE, sale, Sums.NONE);
    }

    /** What was counted, and that an accepted sale came to it. */
    FileTally insteadOf(Sums sale) {
        return new FileTally(lines, loaded, duplicate, rejected, waiting, refused, read, written, other.plus(sale));
    }

    /** A sale that was there already. */
    static FileTally duplicateSale(Sums sale) {
        return new FileTally(0, 0, 1, 0, 0, 0, Sums.NONE, Sums.NONE, sale);
    }

    FileTally plus(FileTally more) {
        return new FileTally(
                lines + more.lines,
                loaded + more.loaded,
                duplicate + more.duplicate,
                rejected + more.rejected,
                waiting + more.waiting,
                refused + more.refused,
                read.plus(more.read),
                written.plus(more.written),
                other.plus(more.other));
    }

    Row toRow(int file) {
        return new Row(JobTables.FILE_TALLIES)
                .set("file", (long) file)
                .set("lines", lines)
                .set("loaded", loaded)
                .set("duplicate", duplicate)
                .set("rejected", rejected)
                .set("waiting", waiting)
                .set("refused", refused)
                .set("units_read", read.units)
                .set("units_loaded", written.units)
                .set("units_other", other.units)
                .set("paid_read", read.paid)
                .set("paid_loaded", written.paid)
                .set("paid_other", other.paid);
    }

    static FileTally of(Row row) {
        return new FileTally(
                row.require("lines", Long.class),
                row.require("loaded", Long.class),
                row.require("duplicate", Long.class),
                row.require("rejected", Long.class),
                row.require("waiting", Long.class),
                row.require("refused", Long.class),
                sums(row, "read"),
                sums(row, "loaded"),
                sums(row, "other"));
    }

    private static Sums sums(Row row, String suffix) {
        return new Sums(row.require("units_" + suffix, Long.class), row.require("paid_" + suffix, BigDecimal.class));
    }
}
