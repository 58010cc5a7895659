package com.qcompany.stream.compact;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;

/**
 * The values of a column chunk that is written, page by page. Its dictionary has the values that the chunk has, numbered
 * anew. From the first value on that the sort's dictionary lacks, or from the first page with values if the dictionary
 * would not make that smaller, all pages are plain.
 */
final class ChunkValues {

    private final ValueDictionary dictionary;
    private final PageStatistics statistics;

    /** By number in the sort's dictionary: number in the chunk's plus one, and the last page that has the value. */
    private int[] numbers = {};

    private int[] lastPages = {};
    private int page = 1;

    /** By number in the chunk's dictionary: number in that of the sort. */
    private int[] members = new int[16];

    private int size;
    private int dictionaryBytes;
    private boolean isNumbered = true;
    private boolean hasNumberedPage;

    private final HybridWriter pageNumbers = new HybridWriter();
    private final PlainBytes plain = new PlainBytes();

    ChunkValues(ValueDictionary dictionary, PageStatistics statistics) {
        this.dictionary = dictionary;
        this.statistics = statistics;
    }

    /**
     * The values of one page.
     *
     * @param bytes valid until the next value is added
     */
    record Page(BytesInput bytes, Encoding encoding) {}

    /** Is told that the sort's dictionary may have grown. */
    void makeRoom() {
        if (numbers.length < dictionary.size()) {
            numbers = Arrays.copyOf(numbers, dictionary.size());
            lastPages = Arrays.copyOf(lastPages, dictionary.size());
        }
    }

    /** Adds a value that is there. */
    void add(int code, ColumnValues block) {
        if (ColumnValues.isPlain(code)) {
            int at = ColumnValues.plainAt(code);
            statistics.add(block.plain(), at);
            endNumbers();
            plain.add(block.plain(), at, dictionary.type().size(block.plain(), at));
            return;
        }
        if (lastPages[code] != page) {
            lastPages[code] = page;
            statistics.add(dictionary.bytes(), dictionary.start(code));
        }
        if (isNumbered) {
            pageNumbers.add(number(code));
        } else {
            plain.add(dictionary.bytes(), dictionary.start(code), dictionary.length(code));
        }
    }

    /** Bytes of the page at hand. */
    int pageBytes() {
        return plain.size() + Integer.BYTES * pageNumbers.count();
    }

    /** Bytes of that page and the dictionary. */
    long bytes() {
        return pageBytes() + dictionaryBytes;
    }

    /** Ends a page. */
    Page endPage() throws IOException {
        page++;
        if (pageNumbers.count() > 0) {
            BytesInput encoded = encodeNumbers();
            if (hasNumberedPage || encoded.size() + dictionaryBytes < plainSizeOfNumbers()) {
                hasNumberedPage = true;
                pageNumbers.clear();
                return new Page(encoded, Encoding.PLAIN_DICTIONARY);
            }
            endNumbers();
        }
        Page plainPage = new Page(BytesInput.from(plain.array(), 0, plain.size()), Encoding.PLAIN);
        plain.clear();
        return plainPage;
    }

    /** Writes the dictionary, after all pages. */
    void finish(PageWriter pages) throws IOException {
        if (hasNumberedPage) {
            byte[] values = new byte[dictionaryBytes];
            int end = 0;
            for (int number = 0; number < size; number++) {
                int length = dictionary.length(members[number]);
                System.arraycopy(dictionary.bytes(), dictionary.start(members[number]), values, end, length);
                end += length;
            }
            pages.writeDictionaryPage(new DictionaryPage(BytesInput.from(values), size, Encoding.PLAIN_DICTIONARY));
        }
    }

    private int number(int code) {
        if (numbers[code] == 0) {
            if (size == members.length) {
                members = Arrays.copyOf(members, size * 2);
            }
            members[size++] = code;
            numbers[code] = size;
            dictionaryBytes += dictionary.length(code);
        }
        return numbers[code] - 1;
    }

    /** The bits of a number before the numbers. */
    private BytesInput encodeNumbers() throws IOException {
        int bits = BytesUtils.getWidthFromMaxInt(size - 1);
        return BytesInput.concat(BytesInput.from(new byte[] {(byte) bits}), BytesInput.from(pageNumbers.encode(bits)));
    }

    private int plainSizeOfNumbers() {
        int bytes = 0;
        for (int i = 0; i < pageNumbers.count(); i++) {
            bytes += dictionary.length(members[pageNumbers.number(i)]);
        }
        return bytes;
    }

    /** From here on all is plain, the page at hand as well. */
    private void endNumbers() {
        if (isNumbered) {
            isNumbered = false;
            for (int i = 0; i < pageNumbers.count(); i++) {
                int member = members[pageNumbers.number(i)];
                plain.add(dictionary.bytes(), dictionary.start(member), dictionary.length(member));
            }
            pageNumbers.clear();
        }
    }
}
