package com.qcompany.pages;

import com.qcompany.hive.ResultTable;
import com.qcompany.hive.ResultTable.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.io.IOUtils;

/** What the runbook says about steps that failed: the rows of its table {@code | step | likely | do |}. */
record Runbook(List<List<String>> rows) {

    private static final String HEAD = "| step | likely | do |";
    private static final List<Column> COLUMNS =
            List.of(new Column("step", false), new Column("likely", false), new Column("do", false));

    static Runbook ofResource() {
        try {
            return new Runbook(IOUtils.resourceToString(
                            "com/qcompany/pages/runbook.md", StandardCharsets.UTF_8, Runbook.class.getClassLoader())
                    .lines()
                    .dropWhile(line -> !line.equals(HEAD))
                    .skip(2)
                    .takeWhile(line -> line.startsWith("|"))
                    .map(Runbook::cells)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the runbook", e);
        }
    }

    /** The rows about the commands of failed runs. */
    ResultTable about(ResultTable failedRuns) {
        int command = failedRuns.indexOf("command");
        Set<String> failed =
                failedRuns.rows().stream().map(row -> row.get(command)).collect(Collectors.toSet());
        return new ResultTable(
                COLUMNS,
                rows.stream()
                        .filter(row -> failed.contains(row.get(0).replaceFirst("\\W.*", "")))
                        .toList());
    }

    /** The cells of a line, without the marks of code and links, which a page shows as text. */
    private static List<String> cells(String line) {
        String text = line.substring(1, line.length() - 1)
                .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                .replace("`", "");
        return List.of(text.split("\\|", -1)).stream().map(String::strip).toList();
    }
}
