package com.qcompany.warehouse.parquet;

import com.qcompany.warehouse.schema.ColumnType;
import com.qcompany.warehouse.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Reads rows of a table, or of a projection of it, from its Parquet schema. */
final class RowReadSupport extends ReadSupport<Row> {

    private static final Runnable NOTHING = () -> {};

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
        return new RowMaterializer(table);
    }

    private static final class RowMaterializer extends RecordMaterializer<Row> {

        private final GroupConverter root;
        private Row row;

        RowMaterializer(Table table) {
            this.row = new Row(table);
            List<Converter> fields = new ArrayList<>();
            for (int i = 0; i < table.columns().size(); i++) {
                int index = i;
                fields.add(converter(table.columns().get(i).type(), value -> row.store(index, value)));
            }
            this.root = new Group(() -> row = new Row(table), fields, NOTHING);
        }

        @Override
        public Row getCurrentRecord() {
            return row;
        }

        @Override
        public GroupConverter getRootConverter() {
            return root;
        }
    }

    private static Converter converter(ColumnType type, Consumer<Object> target) {
        return switch (type.kind()) {
            case INT, BIGINT, DECIMAL, BOOLEAN, TEXT, DATE, TIMESTAMP -> new Value(target);
            case TEXT_LIST -> {
                List<String> texts = new ArrayList<>();
                Group element = new Group(NOTHING, List.of(text(texts::add)), NOTHING);
                yield new Group(texts::clear, List.of(element), () -> target.accept(List.copyOf(texts)));
            }
            case TEXT_MAP -> {
                Map<String, @Nullable String> map = new LinkedHashMap<>();
                String[] last = new String[1];
                // A value that is null is not read at all: the key stands without one until it is.
                Converter key = text(text -> map.put(last[0] = text, null));
                Converter value = text(text -> map.put(last[0], text));
                Group entry = new Group(NOTHING, List.of(key, value), NOTHING);
                yield new Group(map::clear, List.of(entry), () -> target.accept(new LinkedHashMap<>(map)));
            }
        };
    }

    private static Converter text(Consumer<String> target) {
        return new Value(value -> target.accept(((Binary) value).toStringUsingUTF8()));
    }

    /** A value as files store it; a text or a wide decimal in an array of its own, not as a part of a page. */
    private static final class Value extends PrimitiveConverter {

        private final Consumer<Object> target;

        Value(Consumer<Object> target) {
            this.target = target;
        }

        @Override
        public void addInt(int value) {
            target.accept(value);
        }

        @Override
        public void addLong(long value) {
            target.accept(value);
        }

        @Override
        public void addBoolean(boolean value) {
            target.accept(value);
        }

        @Override
        public void addBinary(Binary value) {
            target.accept(Binary.fromConstantByteArray(value.getBytes()));
        }
    }

    /** A row, a list or a map, or an entry of one: its fields take the values. */
    private static final class Group extends GroupConverter {

        private final Runnable onStart;
        private final List<Converter> fields;
        private final Runnable onEnd;

        Group(Runnable onStart, List<Converter> fields, Runnable onEnd) {
            this.onStart = onStart;
            this.fields = fields;
            this.onEnd = onEnd;
        }

        @Override
        public Converter getConverter(int fieldIndex) {
            return fields.get(fieldIndex);
        }

        @Override
        public void start() {
            onStart.run();
        }

        @Override
        public void end() {
            onEnd.run();
        }
    }
}
