package com.qcompany.batch.erase;

import static com.qcompany.batch.feed.PersonMask.ERASED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.qcompany.batch.WarehouseRun;
import com.qcompany.batch.feed.PersonMask.Person;
import com.qcompany.batch.ingest.RecordErasure;
import com.qcompany.batch.ingest.RecordErasure.Removal;
import com.qcompany.hive.OutputDirectory.HadoopDirectory;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Lease;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.CallableRaisingIOE;
import org.apache.hadoop.util.functional.ConsumerRaisingIOE;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.jspecify.annotations.Nullable;

/**
 * Takes who a customer is out of closed hours of the app log, under the lease of compaction: what the customer's events have
 * beside the declared columns, and refused records of the customer. Events, their ids and figures stay.
 *
 * <p>A query must never read a file and the one that replaces it, or neither, or a split of each. So the new one has
 * another name, and while it takes the old one's place, a file that is no Parquet lies beside them: a query that lists
 * the directory then fails. One that listed it before reads the old file, or fails as that is gone.
 */
record EventErasure(WarehouseRun run, Person person, String runId, RecordErasure files) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PARQUET = ".parquet";
    private static final String MARKER = "being-erased-query-again";

    void erase(ConsumerRaisingIOE<Removal> journal, CallableRaisingIOE<List<Removal>> noted) throws IOException {
        Path lease = run.layout().compactionLease();
        try (Lease held = Lease.acquire(lease.getFileSystem(run.conf()), lease, "erase", run.conf())) {
            held.verify();
            Pattern id = Pattern.compile("\"customerId\"\\s*:\\s*\"?%d\\b".formatted(person.id()));
            erase(StarSchema.KAFKA, CompressionCodecName.ZSTD, this::eraseEvent, journal);
            erase(StarSchema.REJECTED_EVENTS, CompressionCodecName.SNAPPY, row -> eraseRefused(row, id), journal);
            for (Removal removal : noted.apply()) {
                complete(new Path(removal.place()));
            }
        }
    }

    private void erase(
            Table table, CompressionCodecName codec, Predicate<Row> change, ConsumerRaisingIOE<Removal> journal)
            throws IOException {
        files.forEachFile(run.layout().table(table), file -> {
            if (file.getName().endsWith(PARQUET)) {
                files.replace(file, copy -> copy(table, codec, change, file, copy), journal, this::swap);
            }
        });
    }

    /** Can follow one that was killed anywhere, up to which queries of the directory fail. */
    private void swap(Path file, Path copy) throws IOException {
        if (!run.fs().exists(marker(file))) {
            ImmutableFiles.write(run.fs(), marker(file), MARKER);
        }
        Path erased = Layout.erased(file, runId);
        run.fs().delete(erased, false);
        if (!run.fs().rename(copy, erased)) {
            throw new IOException("Cannot rename %s to %s".formatted(copy, erased));
        }
        run.fs().delete(file, false);
        complete(file);
    }

    /** Tells an audit of the new file, and lets queries of its directory go on. */
    private void complete(Path file) throws IOException {
        Path erased = Layout.erased(file, runId);
        if (run.fs().exists(erased)) {
            tell(erased);
            run.fs().delete(marker(file), false);
        }
    }

    private static Path marker(Path file) {
        return new Path(file.getParent(), MARKER);
    }

    private long copy(Table table, CompressionCodecName codec, Predicate<Row> change, Path file, @Nullable Path copy)
            throws IOException {
        long changed = 0;
        try (ParquetReader<Row> rows = ParquetRows.reader(table, file, run.conf());
                ParquetWriter<Row> writer = copy == null ? null : writer(table, codec, copy)) {
            for (Row row = rows.read(); row != null; row = rows.read()) {
                changed += change.test(row) ? 1 : 0;
                if (writer != null) {
                    writer.write(row);
                }
            }
        }
        return changed;
    }

    private ParquetWriter<Row> writer(Table table, CompressionCodecName codec, Path copy) throws IOException {
        return ParquetRows.writer(
                table,
                HadoopOutputFile.fromPath(copy, run.conf()),
                codec,
                ParquetRows.ROW_GROUP_BYTES,
                Map::of,
                run.conf());
    }

    private boolean eraseEvent(Row row) {
        boolean erased = Integer.toString(person.id()).equals(row.get("customerid")) && row.get("extras") != null;
        if (erased) {
            row.set("extras", null);
        }
        return erased;
    }

    private boolean eraseRefused(Row row, Pattern id) {
        String value = row.text("raw_value");
        boolean isText = row.text("raw_value_encoding").equals("utf-8");
        String text = isText ? value : new String(Base64.getDecoder().decode(value), ISO_8859_1);
        boolean erased = id.matcher(text).find() || person.isToldOf(text);
        if (erased) {
            row.set("raw_value", ERASED).set("raw_value_encoding", "utf-8");
            row.set("raw_key", null).set("raw_key_encoding", null).set("headers", null);
            row.set("column_value", null).set("message", "Cannot accept a record of an erased customer");
        }
        return erased;
    }

    /** The summary of what a closing published tells its file and size, by which an audit finds files that were cut. */
    private void tell(Path file) throws IOException {
        String date = file.getParent().getParent().getName().replaceFirst("^event_date=", "");
        HadoopDirectory done = new HadoopDirectory(new Path(run.layout().closedHours(), date), run.conf());
        String name = Layout.publishedAs(file).replace(PARQUET, ".json");
        Optional<byte[]> summary = done.read(name);
        if (summary.isPresent()) {
            ObjectNode changed = (ObjectNode) JSON.readTree(summary.get());
            String target = changed.path("target").asText();
            changed.put("target", new Path(target).getParent() + Path.SEPARATOR + file.getName());
            changed.put("bytes", run.fs().getFileStatus(file).getLen());
            done.write(name, JSON.writeValueAsBytes(changed));
        }
    }
}
