package com.qcompany.hive;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A table for a terminal: columns as wide as their widest cell, numbers to the right, a line a row. */
public final class AlignedText {

    private static final String GAP = "  ";

    private AlignedText() {}

    /** Header, rule and rows, each line ended. */
    public static String of(ResultTable table) {
        List<String> header =
                table.columns().stream().map(ResultTable.Column::name).toList();
        List<List<String>> rows = table.rows().stream()
                .map(row -> row.stream().map(AlignedText::onOneLine).toList())
                .toList();
        int[] widths = IntStream.range(0, header.size())
                .map(column -> Stream.concat(Stream.of(header), rows.stream())
                        .mapToInt(row -> width(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
        List<String> rule = IntStream.of(widths).mapToObj("-"::repeat).toList();
        return Stream.concat(Stream.of(header, rule), rows.stream())
                .map(row -> line(table, row, widths))
                .collect(Collectors.joining());
    }

    private static String line(ResultTable table, List<String> row, int[] widths) {
        String line = IntStream.range(0, widths.length)
                .mapToObj(i -> {
                    String padding = " ".repeat(widths[i] - width(row.get(i)));
                    return table.columns().get(i).numeric() ? padding + row.get(i) : row.get(i) + padding;
                })
                .collect(Collectors.joining(GAP));
        return line.stripTrailing() + System.lineSeparator();
    }

    private static String onOneLine(String cell) {
        return cell.replaceAll("[\\p{Cc}\\u2028\\u2029]+", " ");
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
