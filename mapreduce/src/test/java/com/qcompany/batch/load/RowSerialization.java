package com.qcompany.batch.load;

import com.qcompany.warehouse.parquet.PackedInput;
import com.qcompany.warehouse.parquet.PackedOutput;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.parquet.RowCodec;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.io.serializer.Deserializer;
import org.apache.hadoop.io.serializer.Serialization;
import org.apache.hadoop.io.serializer.Serializer;

/** Lets MRUnit copy the rows that a reducer writes; jobs hand them to the record writer as they are. */
public final class RowSerialization implements Serialization<Row> {

    private static final List<Table> TABLES = Stream.concat(
                    StarSchema.TABLES.stream(), Stream.of(LoadTables.FILE_TALLIES))
            .toList();

    @Override
    public boolean accept(Class<?> type) {
        return type == Row.class;
    }

    @Override
    public Serializer<Row> getSerializer(Class<Row> type) {
        return new Serializer<>() {
            private DataOutputStream out;

            @Override
            public void open(OutputStream stream) {
                out = new DataOutputStream(stream);
            }

            @Override
            public void serialize(Row row) throws IOException {
                out.writeInt(TABLES.indexOf(row.table()));
                PackedOutput packed = new PackedOutput();
                new RowCodec(row.table()).write(row, packed);
                packed.writeTo(out);
                out.flush();
            }

            @Override
            public void close() throws IOException {
                out.close();
            }
        };
    }

    @Override
    public Deserializer<Row> getDeserializer(Class<Row> type) {
        return new Deserializer<>() {
            private DataInputStream in;

            @Override
            public void open(InputStream stream) {
                in = new DataInputStream(stream);
            }

            @Override
            public Row deserialize(Row reused) throws IOException {
                return new RowCodec(TABLES.get(in.readInt())).read(PackedInput.read(in));
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }
}
