package com.qcompany.batch.ingest;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recognises by its first bytes what is delivered in place of a CSV file in UTF-8. */
final class FileFormat {

    /** Bytes that are enough to recognise a format. */
    static final int HEAD_BYTES = 256;

    /** Formats by how they begin, hexadecimal; a mark of UTF-32 begins like one of UTF-16. */
    private static final List<Map.Entry<String, String>> BEGINNINGS = List.of(
            Map.entry("fffe0000", "text in UTF-32"),
            Map.entry("0000feff", "text in UTF-32"),
            Map.entry("fffe", "text in UTF-16"),
            Map.entry("feff", "text in UTF-16"),
            Map.entry("1f8b", "compressed with gzip"),
            Map.entry("504b0304", "a zip archive or an Excel workbook"),
            Map.entry("504b0506", "an empty zip archive"),
            Map.entry("50415231", "a Parquet file"),
            Map.entry("425a68", "compressed with bzip2"),
            Map.entry("fd377a585a00", "compressed with xz"),
            Map.entry("28b52ffd", "compressed with Zstandard"),
            Map.entry("377abcaf271c", "a 7z archive"),
            Map.entry("d0cf11e0", "an old Excel workbook"),
            Map.entry("255044462d", "a PDF document"));

    private static final Map<String, String> SEPARATORS = Map.of(";", "semicolons", "\t", "tabs", "|", "vertical bars");

    private FileFormat() {}

    /** What a file is that begins with these bytes, if that is no text in UTF-8. */
    static Optional<String> of(byte[] head) {
        if (head.length == 0) {
            return Optional.of("empty");
        }
        String digits = HexFormat.of().formatHex(head);
        Optional<String> known = BEGINNINGS.stream()
                .filter(beginning -> digits.startsWith(beginning.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        return known.isPresent() ? known : withZeros(head);
    }

    /** What separates the columns of a header, if that is no comma. */
    static Optional<String> separator(List<String> header) {
        return header.size() > 1
                ? Optional.empty()
                : SEPARATORS.keySet().stream()
                        .filter(header.get(0)::contains)
                        .map(SEPARATORS::get)
                        .findFirst();
    }

    /** Text in UTF-16 and UTF-32 without a mark shows by the zeros in its first line. */
    private static Optional<String> withZeros(byte[] head) {
        String line = new String(head, StandardCharsets.ISO_8859_1).split("\n", 2)[0];
        long zeros = line.chars().filter(next -> next == 0).count();
        if (zeros == 0) {
            return Optional.empty();
        }
        double share = zeros / (double) line.length();
        return Optional.of(share > 0.6 ? "text in UTF-32" : share > 0.3 ? "text in UTF-16" : "binary");
    }
}
