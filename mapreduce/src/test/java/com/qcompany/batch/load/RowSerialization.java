package com.qcompany.batch.load;

import com.qcompany.batch.feed.RecordText;
import com.qcompany.batch.job.JobTables;
import com.qcompany.warehouse.parquet.Row;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.serializer.Deserializer;
import org.apache.hadoop.io.serializer.Serialization;
import org.apache.hadoop.io.serializer.Serializer;

/** Lets MRUnit copy the objects that a record reader makes and a record writer gets; jobs hand them on as they are. */
public final class RowSerialization implements Serialization<Object> {

    @Override
    public boolean accept(Class<?> type) {
        return type == Row.class || type == Line.class || type == RecordText.class;
    }

    @Override
    public Serializer<Object> getSerializer(Class<Object> type) {
        return new Serializer<>() {
            private DataOutputStream out;

            @Override
            public void open(OutputStream stream) {
                out = new DataOutputStream(stream);
            }

            @Override
            public void serialize(Object value) throws IOException {
                if (value instanceof Row row) {
                    JobTables.COMMON.bytes(row).write(out);
                } else if (value instanceof Line line) {
                    out.writeUTF(line.file().toString());
                    out.writeLong(line.offset());
                    out.writeLong(line.splitStart());
                    out.writeLong(line.splitLine());
                    out.writeBoolean(line.truncated());
                } else if (value instanceof RecordText text) {
                    out.writeUTF(text.text());
                    out.writeBoolean(text.utf8());
                }
                out.flush();
            }

            @Override
            public void close() throws IOException {
                out.close();
            }
        };
    }

    @Override
    public Deserializer<Object> getDeserializer(Class<Object> type) {
        return new Deserializer<>() {
            private DataInputStream in;

            @Override
            public void open(InputStream stream) {
                in = new DataInputStream(stream);
            }

            @Override
            public Object deserialize(Object reused) throws IOException {
                if ((Class<?>) type == Row.class) {
                    BytesWritable row = new BytesWritable();
                    row.readFields(in);
                    return JobTables.COMMON.row(row);
                }
                return (Class<?>) type == Line.class
                        ? new Line(
                                new Path(in.readUTF()), in.readLong(), in.readLong(), in.readLong(), in.readBoolean())
                        : new RecordText(in.readUTF(), in.readBoolean());
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }
}
