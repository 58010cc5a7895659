package com.qcompany.warehouse.parquet;

import com.qcompany.warehouse.schema.Table;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveComparator;

/**
 * The order of rows in a table's sorted files: by the texts of its primary key, as their UTF-8 bytes compare, unsigned
 * ({@link Utf8Order}). Texts as files store them are compared without being decoded.
 */
public final class KeyOrder implements Comparator<Row> {

    private final int[] columns;
    private final PrimitiveComparator<Binary> texts;

    /** The order of a table whose key is one or more texts. */
    public KeyOrder(Table table) {
        this.columns = table.primaryKey().stream().mapToInt(table::indexOf).toArray();
        this.texts = table.messageType().getType(columns[0]).asPrimitiveType().comparator();
    }

    @Override
    public int compare(Row left, Row right) {
        for (int column : columns) {
            Binary text = (Binary) left.stored(column);
            Binary other = (Binary) right.stored(column);
            int byText = text == other ? 0 : texts.compare(text, other);
            if (byText != 0) {
                return byText;
            }
        }
        return 0;
    }

    /** The key of a row, for a person. */
    public String key(Row row) {
        return Arrays.stream(columns)
                .mapToObj(column -> String.valueOf(row.get(column)))
                .collect(Collectors.joining("/"));
    }
}
