package com.qcompany.batch.load;

import com.qcompany.batch.feed.RecordText;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line that is not loaded, and why.
 *
 * @param file its file
 * @param offset where it begins, in bytes
 * @param lineNumber line of the file, from 1
 * @param text the line as received
 * @param codes codes of the rules it breaks
 * @param column column of the first; null where it is about the whole line
 * @param value that column's value; null where there is none
 * @param message why, and what is allowed
 */
record QuarantinedLine(
        PlannedFile file,
        long offset,
        long lineNumber,
        RecordText text,
        List<String> codes,
        @Nullable String column,
        @Nullable String value,
        String message) {
    /** The row of {@code rejected_rows} or {@code waiting_rows}, as far as they have the same columns. */
    Row row(Table table) {
        return new Row(table)
                .set("feed", file.record().feed())
                .set("source_file", file.record().name())
                .set("line_number", lineNumber)
                .set("byte_offset", offset)
                .set("source_group", file.group().group().text())
                .set("group_sequence", file.group().sequence())
                .set("source_hour", file.group().group().hour())
                .set("rule_codes", codes)
                .set("column_name", column)
                .set("column_value", value)
                .set("message", message)
                .set("raw_line", text.text())
                .set("raw_encoding", text.encoding());
    }
}
