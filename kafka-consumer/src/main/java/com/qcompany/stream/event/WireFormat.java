package com.qcompany.stream.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What the serializers of a schema registry write: a zero byte, the id of a schema in four bytes, the event. No registry is
 * asked: schemas are files in {@code schemas/} of {@code q.contracts}, {@code ID.avsc} of Avro and {@code ID.json} of JSON
 * Schema, whose events are JSON as they stand. Not thread-safe.
 */
final class WireFormat {

    private static final byte MAGIC = 0;
    private static final int HEADER = 5;
    private static final Pattern FILE = Pattern.compile("(\\d{1,9})\\.(avsc|json)");
    /** Beyond these a broken length would take all memory. */
    private static final Map<String, String> AVRO_LIMITS = Map.of(
            "org.apache.avro.limits.string.maxLength", "67108864",
            "org.apache.avro.limits.bytes.maxLength", "67108864",
            "org.apache.avro.limits.collectionItems.maxLength", "1000000");

    private final Set<Integer> json = new HashSet<>();
    private final Map<Integer, GenericDatumReader<Object>> avro = new HashMap<>();

    /** Reads the schemas; none where there is no such directory. */
    WireFormat(Configuration conf) {
        Optional<String> contracts = Settings.CONTRACTS.find(conf);
        if (contracts.isEmpty()) {
            return;
        }
        AVRO_LIMITS.forEach((key, limit) -> System.getProperties().putIfAbsent(key, limit));
        Path directory = new Path(contracts.get(), "schemas");
        try {
            FileSystem fs = directory.getFileSystem(conf);
            for (FileStatus file : Listing.of(fs, directory)) {
                add(fs, file.getPath());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read schemas in %s".formatted(directory), e);
        }
    }

    /** Whether a value has this form. */
    static boolean isOf(byte[] value) {
        return value.length >= HEADER && value[0] == MAGIC;
    }

    /** The event of a value of this form, as JSON in UTF-8. */
    byte[] json(byte[] value) throws UnfitEvent {
        int id = ByteBuffer.wrap(value).getInt(1);
        if (json.contains(id)) {
            return Arrays.copyOfRange(value, HEADER, value.length);
        }
        GenericDatumReader<Object> reader = avro.get(id);
        if (reader == null) {
            throw unfit(
                    "written by a schema-registry serializer, schema id %d (expected plain JSON, or %d.avsc or %d.json in schemas/ of q.contracts)"
                            .formatted(id, id, id));
        }
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, null);
        try {
            Object event = reader.read(null, decoder);
            if (decoder.isEnd()) {
                return GenericData.get().toString(event).getBytes(UTF_8);
            }
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | UnsupportedOperationException e) {
            // Told below: the reader has many ways to say that bytes are not of its schema.
        }
        throw unfit("its bytes are not of schema id %d (expected one Avro value)".formatted(id));
    }

    private static UnfitEvent unfit(String reason) {
        return new UnfitEvent(Rejection.Code.CONFLUENT_WIRE_FORMAT, "Cannot read event: " + reason);
    }

    private void add(FileSystem fs, Path file) throws IOException {
        Matcher name = FILE.matcher(file.getName());
        if (!name.matches()) {
            return;
        }
        int id = Integer.parseInt(name.group(1));
        if (name.group(2).equals("json")) {
            json.add(id);
            return;
        }
        try (FSDataInputStream in = fs.open(file)) {
            avro.put(id, new GenericDatumReader<>(new Schema.Parser().parse(new String(in.readAllBytes(), UTF_8))));
        } catch (AvroRuntimeException e) {
            throw new UsageException("Cannot read schema %s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
