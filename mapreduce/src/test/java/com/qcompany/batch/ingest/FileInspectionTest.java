package com.qcompany.batch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.qcompany.batch.feed.Feed;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.Layout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileInspectionTest {

    private static final FileInspection INSPECTION = new FileInspection(1 << 20);
    private static final Feed BRANCHES = Warehouse.CATALOG.feed("branches");
    private static final String HEADER = "branch_id, location ,establish_date,class";
    private static final long MEBIBYTE = 1 << 20;

    @TempDir
    Path directory;

    @Test
    void countsRecordsBelowTheHeader() throws IOException {
        FileRecord record = inspect("\uFEFF" + HEADER + "\r\n1,a\r\n\r\n2,\"b\r\nc\"\r\n3,d");

        assertThat(record.rows()).isEqualTo(3);
        assertThat(record.header()).containsExactly("branch_id", " location ", "establish_date", "class");
        assertThat(record.quotedLineBreaks()).isTrue();
        assertThat(record.bytes()).isEqualTo(25 + HEADER.length());
    }

    @Test
    void digestsEveryByte() throws IOException {
        assertThat(inspect(HEADER + "\n1\n").sha256()).isEqualTo(DigestUtils.sha256Hex(HEADER + "\n1\n"));
        assertThat(inspect(HEADER + "\n1\n").quotedLineBreaks()).isFalse();
    }

    @Test
    void takesAHeaderAloneForAFileOfNoRecords() throws IOException {
        assertThat(inspect(HEADER + "\r\n").rows()).isZero();
    }

    @Test
    void refusesAFileWithoutAHeader() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> inspect(""))
                .withMessage(
                        "Cannot read landing/branches.csv: it is empty (expected CSV in UTF-8 with a header line)");
        assertThatIllegalArgumentException().isThrownBy(() -> inspect("\uFEFF\r\n\r\n"));
    }

    @Test
    void refusesAFileOfDecimalCommasByNameWhetherTheyAreQuotedOrNot() throws IOException {
        String header =
                "transaction_date,transaction_id,customer_id,customer_fname,customer_lname,sales_agent_id,branch_id,"
                        + "product_id,product_name,product_category,offer_1,offer_2,offer_3,offer_4,offer_5,units,unit_price,"
                        + "is_online,payment_method\n";
        String sale = "2023-5-20,trx-1,7,Ann,Brown,1,1,22,Kettle,Kitchen,,,,,,3,%s,no,Cash\n";

        for (String price : new String[] {"\"79,99\"", "79,99"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> inspectSales(header + sale.formatted(price).repeat(3)))
                    .withMessage(
                            "Cannot read landing/s.csv: column unit_price has decimal commas in 3 of its first 3 records"
                                    + " (expected points)");
        }
        assertThat(inspectSales(header
                                + sale.formatted("\"79,99\"")
                                + sale.formatted("79.99").repeat(2))
                        .rows())
                .isEqualTo(3);
        assertThat(inspectSales(header
                                + sale.formatted("79").replace("Cash", "Cash,,").repeat(3))
                        .rows())
                .isEqualTo(3);
    }

    private static FileRecord inspectSales(String text) throws IOException {
        Feed sales = Warehouse.CATALOG.feed("sales_transactions");
        return INSPECTION.of(
                sales, "landing/s.csv", "s.csv", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void copiesInNoMoreMemoryForABigFileThanForASmallOne() throws IOException {
        copy(4 * MEBIBYTE);

        long small = allocatedBy(() -> copy(4 * MEBIBYTE));
        long big = allocatedBy(() -> copy(64 * MEBIBYTE));

        assertThat(big - small).isLessThan(16 * MEBIBYTE);
    }

    private static FileRecord inspect(String text) throws IOException {
        return inspect(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static FileRecord inspect(InputStream in) throws IOException {
        return INSPECTION.of(BRANCHES, "landing/branches.csv", "branches.csv", in);
    }

    private void copy(long size) throws IOException {
        Path source = directory.resolve("source");
        try (RandomAccessFile file = new RandomAccessFile(source.toFile(), "rw")) {
            file.setLength(size);
        }
        FileSystem fs = FileSystem.getLocal(new Configuration(false)).getRawFileSystem();
        org.apache.hadoop.fs.Path target =
                new org.apache.hadoop.fs.Path(directory.resolve("target").toUri());
        fs.delete(target, false);
        new RawZone(fs, new Layout(target.getParent()), 1).copy(source, target, sha256(source));
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest = DigestUtils.getSha256Digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static long allocatedBy(Action action) throws IOException {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        action.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private interface Action {
        void run() throws IOException;
    }

    /** So many bytes of short lines, made as they are read. */
    private static final class Lines extends InputStream {
        private static final byte[] LINE = "1,some text,2.50\r\n".getBytes(StandardCharsets.UTF_8);
        private byte[] next = (HEADER + "\r\n").getBytes(StandardCharsets.UTF_8);
        private int position;
        private long left;

        Lines(long size) {
            this.left = size;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("read in blocks");
        }

        @Override
        public int read(byte[] buffer, int from, int length) {
            if (position == next.length) {
                next = LINE;
                position = 0;
            }
            if (left <= 0) {
                return -1;
            }
            int count = Math.min(length, next.length - position);
            System.arraycopy(next, position, buffer, from, count);
            position += count;
            left -= count;
            return count;
        }
    }
}
