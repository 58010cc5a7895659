package com.qcompany.stream.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.command.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WireFormatTest {

    private static final String SCHEMA =
            """
            {"type": "record", "name": "Purchase", "fields": [
              {"name": "eventType", "type": "string"},
              {"name": "quantity", "type": ["null", "int"]},
              {"name": "totalAmount", "type": "double"}]}""";

    @TempDir
    Path contracts;

    private final Configuration conf = new Configuration();
    private final EventRow row = new EventRow();

    @BeforeEach
    void setSchemas() throws IOException {
        Files.createDirectories(contracts.resolve("schemas"));
        Files.writeString(contracts.resolve("schemas/7.avsc"), SCHEMA);
        Files.writeString(contracts.resolve("schemas/8.json"), "{}");
        conf.set("q.contracts", contracts.toUri().toString());
    }

    @Test
    void readsAnAvroEventBySchemaId() throws IOException {
        assertThat(parse(wire(7, purchase()))).isNull();
        assertThat(row.row().get("quantity")).isEqualTo(3);
        assertThat(row.row().get("totalamount")).isEqualTo(new BigDecimal("12.5000"));
    }

    @Test
    void readsJsonBehindTheIdOfAJsonSchema() {
        byte[] json = "{\"eventType\": \"purchase\", \"quantity\": 3}".getBytes(StandardCharsets.UTF_8);

        assertThat(parse(wire(8, json))).isNull();
        assertThat(row.row().get("quantity")).isEqualTo(3);
    }

    @Test
    void rejectsAnUnknownSchemaAndBytesThatAreNotOfTheirSchema() throws IOException {
        byte[] cut = Arrays.copyOf(purchase(), 5);
        byte[] more = Arrays.copyOf(purchase(), purchase().length + 1);
        byte[] longText = {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};

        assertThat(parse(wire(9, purchase())).message()).contains("schema id 9 (expected plain JSON, or 9.avsc");
        for (byte[] wrong : new byte[][] {cut, more, longText, {}}) {
            Rejection rejection = parse(wire(7, wrong));
            assertThat(rejection.code()).isEqualTo(Rejection.Code.CONFLUENT_WIRE_FORMAT);
            assertThat(rejection.message()).contains("its bytes are not of schema id 7");
        }
    }

    @Test
    void refusesAFileThatIsNoSchema() throws IOException {
        Files.writeString(contracts.resolve("schemas/10.avsc"), "{\"type\": \"recrd\"}");

        assertThatThrownBy(() -> new EventParser(conf))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("schemas/10.avsc");
    }

    private Rejection parse(byte[] value) {
        return new EventParser(conf).parse(Records.of(value), row);
    }

    private static byte[] wire(int id, byte[] event) {
        return ByteBuffer.allocate(5 + event.length)
                .put((byte) 0)
                .putInt(id)
                .put(event)
                .array();
    }

    private static byte[] purchase() throws IOException {
        Schema schema = new Schema.Parser().parse(SCHEMA);
        GenericData.Record event = new GenericData.Record(schema);
        event.put("eventType", "purchase");
        event.put("quantity", 3);
        event.put("totalAmount", 12.5);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(schema).write(event, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
