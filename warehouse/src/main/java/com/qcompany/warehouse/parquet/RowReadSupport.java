package com.qcompany.warehouse.parquet;

import com.qcompany.warehouse.schema.ColumnType;
import com.qcompany.warehouse.schema.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Reads rows of a table, or of a projection of it, from its Parquet schema. */
final class RowReadSupport extends ReadSupport<Row> {

    private final Table table;

    RowReadSupport(Table table) {
        this.table = table;
    }

    @Override
    public ReadContext init(InitContext context) {
        return new ReadContext(table.messageType());
    }

    @Override
    public RecordMaterializer<Row> prepareForRead(
            Configuration conf, Map<String, String> fileMetadata, MessageType fileSchema, ReadContext context) {
        GroupRecordConverter groups = new GroupRecordConverter(context.getRequestedSchema());
        return new RecordMaterializer<>() {

            @Override
            public Row getCurrentRecord() {
                return row(groups.getCurrentRecord());
            }

            @Override
            public GroupConverter getRootConverter() {
                return groups.getRootConverter();
            }
        };
    }

    private Row row(Group record) {
        Row row = new Row(table);
        for (int i = 0; i < table.columns().size(); i++) {
            if (record.getFieldRepetitionCount(i) > 0) {
                row.store(i, stored(record, i, table.columns().get(i).type()));
            }
        }
        return row;
    }

    private static Object stored(Group record, int index, ColumnType type) {
        return switch (type.kind()) {
            case INT, DATE -> record.getInteger(index, 0);
            case BIGINT, TIMESTAMP -> record.getLong(index, 0);
            case DECIMAL -> type.isWide() ? binary(record, index) : (Object) record.getLong(index, 0);
            case BOOLEAN -> record.getBoolean(index, 0);
            case TEXT -> binary(record, index);
            case TEXT_LIST ->
                entries(record, index).map(entry -> entry.getString(0, 0)).toList();
            case TEXT_MAP -> {
                Map<String, @Nullable String> map = new LinkedHashMap<>();
                entries(record, index)
                        .forEach(entry -> map.put(
                                entry.getString(0, 0),
                                entry.getFieldRepetitionCount(1) == 0 ? null : entry.getString(1, 0)));
                yield map;
            }
        };
    }

    /** A text or a wide decimal in an array of its own, not as a part of a page. */
    private static Binary binary(Group record, int index) {
        return Binary.fromConstantByteArray(record.getBinary(index, 0).getBytes());
    }

    private static Stream<Group> entries(Group record, int index) {
        Group entries = record.getGroup(index, 0);
        return IntStream.range(0, entries.getFieldRepetitionCount(0)).mapToObj(i -> entries.getGroup(0, i));
    }
}
