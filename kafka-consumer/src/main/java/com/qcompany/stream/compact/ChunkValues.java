package com.qcompany.stream.compact;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;

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

    private int[] pageNumbers = new int[1024];
    private int pageCount;
    private byte[] plain = {};
    private int plainSize;

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
        if (code < 0) {
            int at = ColumnValues.plainAt(code);
            statistics.add(block.plain(), at);
            endNumbers();
            append(block.plain(), at, dictionary.type().size(block.plain(), at));
            return;
        }
        if (lastPages[code] != page) {
            lastPages[code] = page;
            statistics.add(dictionary.bytes(), dictionary.start(code));
        }
        if (isNumbered) {
            if (pageCount == pageNumbers.length) {
                pageNumbers = Arrays.copyOf(pageNumbers, pageCount * 2);
            }
            pageNumbers[pageCount++] = number(code);
        } else {
            append(dictionary.bytes(), dictionary.start(code), dictionary.length(code));
        }
    }

    /** Bytes of the page at hand. */
    int pageBytes() {
        return plainSize + Integer.BYTES * pageCount;
    }

    /** Bytes of that page and the dictionary. */
    long bytes() {
        return pageBytes() + dictionaryBytes;
    }

    /** Ends a page. */
    Page endPage() throws IOException {
        page++;
        if (pageCount > 0) {
            BytesInput encoded = encodeNumbers();
            if (hasNumberedPage || encoded.size() + dictionaryBytes < plainSizeOfNumbers()) {
                hasNumberedPage = true;
                pageCount = 0;
                return new Page(encoded, Encoding.PLAIN_DICTIONARY);
            }
            endNumbers();
        }
        Page plainPage = new Page(BytesInput.from(plain, 0, plainSize), Encoding.PLAIN);
        plainSize = 0;
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

    private BytesInput encodeNumbers() throws IOException {
        int bits = BytesUtils.getWidthFromMaxInt(size - 1);
        try (RunLengthBitPackingHybridEncoder encoder = new RunLengthBitPackingHybridEncoder(
                bits, 64, Math.max(64, pageCount * 4), new HeapByteBufferAllocator())) {
            for (int i = 0; i < pageCount; i++) {
                encoder.writeInt(pageNumbers[i]);
            }
            return BytesInput.copy(BytesInput.concat(BytesInput.from(new byte[] {(byte) bits}), encoder.toBytes()));
        }
    }

    private int plainSizeOfNumbers() {
        int bytes = 0;
        for (int i = 0; i < pageCount; i++) {
            bytes += dictionary.length(members[pageNumbers[i]]);
        }
        return bytes;
    }

    /** From here on all is plain, the page at hand as well. */
    private void endNumbers() {
        if (isNumbered) {
            isNumbered = false;
            for (int i = 0; i < pageCount; i++) {
                int member = members[pageNumbers[i]];
                append(dictionary.bytes(), dictionary.start(member), dictionary.length(member));
            }
            pageCount = 0;
        }
    }

    private void append(byte[] bytes, int at, int length) {
        int end = Math.addExact(plainSize, length);
        if (end > plain.length) {
            plain = Arrays.copyOf(plain, Math.max(end, plain.length * 2));
        }
        System.arraycopy(bytes, at, plain, plainSize, length);
        plainSize = end;
    }
}
