package com.qcompany.warehouse.parquet;

import com.qcompany.warehouse.schema.ColumnType;
import com.qcompany.warehouse.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.Dictionary;
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
        return materializer(table);
    }

    /** Makes rows of what Parquet reads by a table's schema. */
    static RecordMaterializer<Row> materializer(Table table) {
        return new RowMaterializer(table);
    }

    private static final class RowMaterializer extends RecordMaterializer<Row> {

        private final RowConverter root;

        RowMaterializer(Table table) {
            this.root = new RowConverter(table);
        }

        @Override
        public Row getCurrentRecord() {
            return root.row;
        }

        @Override
        public GroupConverter getRootConverter() {
            return root;
        }
    }

    private static final class RowConverter extends GroupConverter {

        private final Table table;
        private final Converter[] fields;
        private Row row;

        RowConverter(Table table) {
            this.table = table;
            this.row = new Row(table);
            this.fields = new Converter[table.columns().size()];
            for (int i = 0; i < fields.length; i++) {
                int index = i;
                fields[i] = converter(table.columns().get(i).type(), value -> row.put(index, value));
            }
        }

        @Override
        public Converter getConverter(int fieldIndex) {
            return fields[fieldIndex];
        }

        @Override
        public void start() {
            row = new Row(table);
        }

        @Override
        public void end() {}
    }

    private static Converter converter(ColumnType type, Consumer<Object> target) {
        return switch (type.kind()) {
            case INT, DATE, BIGINT, DECIMAL, TIMESTAMP, BOOLEAN -> new ScalarConverter(target);
            case TEXT -> new TextConverter(target);
            case TEXT_LIST -> new ListConverter(target);
            case TEXT_MAP -> new MapConverter(target);
        };
    }

    private static final class ScalarConverter extends PrimitiveConverter {

        private final Consumer<Object> target;

        ScalarConverter(Consumer<Object> target) {
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
    }

    /**
     * Texts, not decoded; equal ones of a dictionary are one object. Each has an array of its own, which Parquet compares
     * and writes faster than the part of a page that it reads it as.
     */
    private static final class TextConverter extends PrimitiveConverter {

        private final Consumer<? super Binary> target;
        private Binary[] dictionary = new Binary[0];

        TextConverter(Consumer<? super Binary> target) {
            this.target = target;
        }

        @Override
        public boolean hasDictionarySupport() {
            return true;
        }

        @Override
        public void setDictionary(Dictionary values) {
            dictionary = new Binary[values.getMaxId() + 1];
            for (int i = 0; i < dictionary.length; i++) {
                dictionary[i] = inArray(values.decodeToBinary(i));
            }
        }

        @Override
        public void addValueFromDictionary(int id) {
            target.accept(dictionary[id]);
        }

        @Override
        public void addBinary(Binary value) {
            target.accept(inArray(value));
        }

        private static Binary inArray(Binary text) {
            return Binary.fromConstantByteArray(text.getBytes());
        }
    }

    /** A group whose only field is a repeated group: the outer level of a list or map. */
    private abstract static class RepeatedConverter extends GroupConverter {

        private final GroupConverter repeated;

        RepeatedConverter(GroupConverter repeated) {
            this.repeated = repeated;
        }

        @Override
        public Converter getConverter(int fieldIndex) {
            return repeated;
        }
    }

    private static final class ListConverter extends RepeatedConverter {

        private final List<Binary> values;
        private final Consumer<Object> target;

        ListConverter(Consumer<Object> target) {
            this(target, new ArrayList<>());
        }

        private ListConverter(Consumer<Object> target, List<Binary> values) {
            super(new EntryConverter(List.of(new TextConverter(values::add)), () -> {}));
            this.values = values;
            this.target = target;
        }

        @Override
        public void start() {
            values.clear();
        }

        @Override
        public void end() {
            target.accept(List.copyOf(values));
        }
    }

    private static final class MapConverter extends RepeatedConverter {

        private final Pairs pairs;
        private final Consumer<Object> target;

        MapConverter(Consumer<Object> target) {
            this(target, new Pairs());
        }

        private MapConverter(Consumer<Object> target, Pairs pairs) {
            super(new EntryConverter(
                    List.of(
                            new TextConverter(key -> pairs.key = key.toStringUsingUTF8()),
                            new TextConverter(value -> pairs.value = value.toStringUsingUTF8())),
                    pairs::put));
            this.pairs = pairs;
            this.target = target;
        }

        @Override
        public void start() {
            pairs.entries.clear();
        }

        @Override
        public void end() {
            target.accept(new LinkedHashMap<>(pairs.entries));
        }
    }

    private static final class Pairs {

        private final Map<String, @Nullable String> entries = new LinkedHashMap<>();
        private String key = "";
        private @Nullable String value;

        private void put() {
            entries.put(key, value);
            value = null;
        }
    }

    private static final class EntryConverter extends GroupConverter {

        private final List<TextConverter> fields;
        private final Runnable onEnd;

        EntryConverter(List<TextConverter> fields, Runnable onEnd) {
            this.fields = fields;
            this.onEnd = onEnd;
        }

        @Override
        public Converter getConverter(int fieldIndex) {
            return fields.get(fieldIndex);
        }

        @Override
        public void start() {}

        @Override
        public void end() {
            onEnd.run();
        }
    }
}
