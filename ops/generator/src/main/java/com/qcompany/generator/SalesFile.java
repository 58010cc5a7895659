package com.qcompany.generator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.apache.commons.text.StringEscapeUtils;

/**
 * Writes one group's transactions file, line by line in constant memory: right sales, flawed ones and, a fifth as often
 * as those, a right line a second time.
 */
final class SalesFile {

    private static final int FEW_FIELDS = 5;
    private static final int FLAWS_PER_REPEAT = 5;
    private static final Flaw[] FLAWS = Flaw.values();

    private final SalesHeader header;
    private final Sales sales;
    private final SplittableRandom random;
    private final double badShare;
    private final OutputStream out;
    private final SalesTally tally;

    SalesFile(
            SalesHeader header,
            Sales sales,
            SplittableRandom random,
            double badShare,
            OutputStream out,
            SalesTally tally) {
        this.header = header;
        this.sales = sales;
        this.random = random;
        this.badShare = badShare;
        this.out = out;
        this.tally = tally;
    }

    /** Writes a header and so many lines, and counts what is in them. */
    void write(int rows) throws IOException {
        line(header.columns(), StandardCharsets.UTF_8);
        int nextFlaw = random.nextInt(FLAWS.length);
        Sale last = null;
        for (int row = 0; row < rows; row++) {
            double chance = last == null ? 1 : random.nextDouble();
            if (last != null && chance < badShare) {
                writeFlawed(FLAWS[nextFlaw++ % FLAWS.length], last);
            } else if (last != null && chance < badShare + badShare / FLAWS_PER_REPEAT) {
                line(header.row(last.fields()), StandardCharsets.UTF_8);
                tally.duplicate();
            } else {
                last = sales.next();
                line(header.row(last.fields()), StandardCharsets.UTF_8);
                tally.fact(last);
            }
        }
    }

    private void writeFlawed(Flaw flaw, Sale last) throws IOException {
        List<String> fields = (flaw == Flaw.CHANGED_TRANSACTION ? last : sales.next()).fields();
        flaw.damage(fields);
        List<String> row = header.row(fields);
        if (flaw == Flaw.TOO_FEW_FIELDS) {
            row = row.subList(0, FEW_FIELDS);
        } else if (flaw == Flaw.TOO_MANY_FIELDS) {
            row.addAll(List.of("", "", "one too many"));
        }
        line(row, flaw == Flaw.NOT_UTF8 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        tally.rejected(flaw);
    }

    private void line(List<String> fields, Charset charset) throws IOException {
        String line = fields.stream().map(StringEscapeUtils::escapeCsv).collect(Collectors.joining(",", "", "\r\n"));
        out.write(line.getBytes(charset));
    }
}
