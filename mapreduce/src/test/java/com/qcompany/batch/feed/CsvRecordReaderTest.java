package com.qcompany.batch.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvRecordReaderTest {

    private static final int LIMIT = 1000;

    @Test
    void stripsEitherLineEnd() throws IOException {
        assertThat(lines("a,b\r\nc,d\ne,f")).containsExactly("a,b", "c,d", "e,f");
    }

    @Test
    void skipsLinesWithoutAnyByte() throws IOException {
        assertThat(lines("\n\r\na\n\n\r\nb\n\n")).containsExactly("a", "b");
        assertThat(lines("")).isEmpty();
        assertThat(lines("\n")).isEmpty();
        assertThat(lines("\r")).isEmpty();
    }

    @Test
    void skipsTheByteOrderMark() throws IOException {
        assertThat(lines("\uFEFFa,b\nc")).containsExactly("a,b", "c");
        assertThat(lines("\uFEFF")).isEmpty();
    }

    @Test
    void tellsWhereRecordsBegin() throws IOException {
        assertThat(read("ä,b\r\n\ncd\n", 0, Long.MAX_VALUE, false, LIMIT))
                .containsExactly(new Seen(0, "ä,b", false), new Seen(7, "cd", false));
    }

    @Test
    void joinsLinesWhileAQuoteIsOpen() throws IOException {
        assertThat(quoted("a,\"b\nc\"\"\n,d\",e\r\nf\n")).containsExactly("a,\"b\nc\"\"\n,d\",e", "f");
    }

    @Test
    void takesAQuoteInsideAFieldForText() throws IOException {
        assertThat(quoted("a,b\"c\nd \"e\nf")).containsExactly("a,b\"c", "d \"e", "f");
    }

    @Test
    void givesUpAQuoteThatNeverCloses() throws IOException {
        assertThat(quoted("a\nb,\"c\nd\ne")).containsExactly("a", "b,\"c", "d", "e");
    }

    @Test
    void givesUpAQuoteThatAnotherLinesQuoteSeemsToClose() throws IOException {
        assertThat(quoted("a,\"b\nc\nd,\"e\",f\ng")).containsExactly("a,\"b", "c", "d,\"e\",f", "g");
    }

    @Test
    void givesUpAQuoteThatDoesNotCloseWithinTheLongestRecord() throws IOException {
        String text = "\"a\n" + "bbbbbbbbb\n".repeat(5) + "c\",d\ne\n";
        assertThat(read(text, 0, Long.MAX_VALUE, true, 30))
                .extracting(Seen::text)
                .startsWith("\"a", "bbbbbbbbb")
                .endsWith("c\",d", "e")
                .hasSize(8);
        assertThat(read(text, 0, Long.MAX_VALUE, true, 100))
                .extracting(Seen::text)
                .containsExactly("\"a\n" + "bbbbbbbbb\n".repeat(5) + "c\",d", "e");
    }

    @Test
    void joinsNoRecordsByTwoStrayQuotes() throws IOException {
        assertThat(quoted("id,name,email,note\n1,a,\"x@y,\n2,b,c,d\n3,c,z@y\",e\n4,d,,\n"))
                .containsExactly("id,name,email,note", "1,a,\"x@y,", "2,b,c,d", "3,c,z@y\",e", "4,d,,");
        assertThat(quoted("id,name,email,note\n1,a,\"x@y,\n2,b\n3,c,z@y\",e\n"))
                .as("a line is cut between them")
                .containsExactly("id,name,email,note", "1,a,\"x@y,", "2,b", "3,c,z@y\",e");
        assertThat(quoted("id,name,email,note\n1,a,\"x@y,\n2,b,c,d\n3,z@y\"\n"))
                .as("the last is cut")
                .containsExactly("id,name,email,note", "1,a,\"x@y,", "2,b,c,d", "3,z@y\"");
        assertThat(quoted("id,name,email,note\n1,a,\"x\ny\",d\n2,b,c,\"d\n\n,e\"\n"))
                .containsExactly("id,name,email,note", "1,a,\"x\ny\",d", "2,b,c,\"d\n\n,e\"");
    }

    @Test
    void numbersPhysicalLines() throws IOException {
        CsvRecordReader records = reader("\uFEFFa,b\r\n\n1,\"x\ny\"\n2,c\n", true);
        List<Long> lines = new ArrayList<>();
        while (records.next()) {
            lines.add(records.line());
        }
        assertThat(lines).containsExactly(1L, 3L, 5L);
    }

    @Test
    void cutsALineThatIsTooLongBetweenCharacters() throws IOException {
        for (boolean quotedLineBreaks : List.of(false, true)) {
            assertThat(read("ab\n" + "€".repeat(70_000) + "\ncd\n", 0, Long.MAX_VALUE, quotedLineBreaks, 10))
                    .containsExactly(
                            new Seen(0, "ab", false), new Seen(3, "€€€", true), new Seen(210_004, "cd", false));
        }
    }

    @Test
    void takesALineOfExactlyTheLimit() throws IOException {
        assertThat(read("0123456789\r\n01234567890\n0123456789", 0, Long.MAX_VALUE, false, 10))
                .containsExactly(
                        new Seen(0, "0123456789", false),
                        new Seen(12, "0123456789", true),
                        new Seen(24, "0123456789", false));
    }

    @Test
    void readsRecordsLongerThanItsFirstBuffer() throws IOException {
        String field = "x".repeat(300_000);
        assertThat(read("a\n\"" + field + "\n\"\nb\n", 0, Long.MAX_VALUE, true, 1 << 20))
                .containsExactly(
                        new Seen(0, "a", false),
                        new Seen(2, "\"" + field + "\n\"", false),
                        new Seen(300_006, "b", false));
    }

    @Test
    void leavesARecordThatBeginsAtASplitsEndToThatSplit() throws IOException {
        assertThat(read("ab\ncd\nef\n", 0, 3, false, LIMIT))
                .extracting(Seen::text)
                .containsExactly("ab", "cd");
        assertThat(read("ab\ncd\nef\n", 3, 9, false, LIMIT))
                .extracting(Seen::text)
                .containsExactly("ef");
    }

    @Test
    void doesNotReadAheadForADoubledQuoteInsideAField() throws IOException {
        byte[] lines = "7,TV 27\"\",Home\n".repeat(100_000).getBytes(UTF_8);
        ByteArrayInputStream in = new ByteArrayInputStream(lines);
        CsvRecordReader records = new CsvRecordReader(in, 0, Long.MAX_VALUE, true, lines.length);

        assertThat(records.next()).isTrue();

        assertThat(records.text().text()).isEqualTo("7,TV 27\"\",Home");
        assertThat(in.available()).isGreaterThan(lines.length / 2);
    }

    @Test
    void refusesToSplitAFileWithQuotedLineBreaks() {
        assertThatThrownBy(() -> new CsvRecordReader(new ByteArrayInputStream(new byte[0]), 5, 10, true, LIMIT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("start 0 with quoted line breaks");
    }

    /** A record as read. */
    record Seen(long offset, String text, boolean truncated) {}

    static List<Seen> read(String text, long start, long end, boolean quotedLineBreaks, int limit) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        return readAll(new CsvRecordReader(
                new ByteArrayInputStream(bytes, (int) start, bytes.length), start, end, quotedLineBreaks, limit));
    }

    static List<Seen> readAll(CsvRecordReader records) throws IOException {
        List<Seen> seen = new ArrayList<>();
        while (records.next()) {
            seen.add(new Seen(records.offset(), records.text().text(), records.truncated()));
        }
        assertThat(records.next()).isFalse();
        return seen;
    }

    private static List<String> lines(String text) throws IOException {
        return read(text, 0, Long.MAX_VALUE, false, LIMIT).stream()
                .map(Seen::text)
                .toList();
    }

    private static List<String> quoted(String text) throws IOException {
        return read(text, 0, Long.MAX_VALUE, true, LIMIT).stream()
                .map(Seen::text)
                .toList();
    }

    private static CsvRecordReader reader(String text, boolean quotedLineBreaks) {
        return new CsvRecordReader(
                new ByteArrayInputStream(text.getBytes(UTF_8)), 0, Long.MAX_VALUE, quotedLineBreaks, LIMIT);
    }
}
