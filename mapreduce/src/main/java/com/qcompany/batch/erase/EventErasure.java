package com.qcompany.batch.erase;

import com.qcompany.batch.WarehouseRun;
import com.qcompany.batch.feed.PersonMask.Person;
import com.qcompany.batch.ingest.RecordErasure;
import com.qcompany.batch.ingest.RecordErasure.Removal;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.ErasedCustomers;
import com.qcompany.warehouse.state.ErasedFile;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Lease;
import com.qcompany.warehouse.state.LeaseHeldException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.ConsumerRaisingIOE;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.jspecify.annotations.Nullable;

/**
 * Takes who a customer is out of closed hours of the app log, under the lease of compaction: what the customer's events have
 * beside the declared columns, and refused records of the customer. Events, their ids and figures stay.
 * What comes later comes without, see {@link ErasedCustomers}.
 */
record EventErasure(WarehouseRun run, Person person, String runId, RecordErasure files) {
    /** Erases, or says what keeps it from that: epochs that are not published, who holds the lease, a closing. */
    Optional<String> erase(List<String> unpublishedEpochs, ConsumerRaisingIOE<Removal> journal) throws IOException {
        if (!unpublishedEpochs.isEmpty()) {
            return Optional.of(
                    "epoch %s is not committed and has refused records (expected a consumer to run, which commits or discards it)"
                            .formatted(String.join(", ", unpublishedEpochs)));
        }
        Path lease = run.layout().compactionLease();
        try (Lease held = Lease.acquire(lease.getFileSystem(run.conf()), lease, "erase", run.conf())) {
            held.verify();
            erasedFile().complete();
            for (Path closing :
                    ImmutableFiles.list(run.fs(), run.layout().closedHours().getParent())) {
                if (closing.getName().endsWith(".json")) {
                    return Optional.of("%s was cut short (expected the consumer, or q events compact, to complete it)"
                            .formatted(closing));
                }
            }
            ErasedCustomers erased = new ErasedCustomers(Set.of(Integer.toString(person.id())));
            erase(StarSchema.KAFKA, erased::erase, journal);
            erase(StarSchema.REJECTED_EVENTS, row -> erased.eraseRefused(row, person::isToldOf), journal);
            return Optional.empty();
        } catch (LeaseHeldException e) { // for the consumer closes hours
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private void erase(Table table, Predicate<Row> change, ConsumerRaisingIOE<Removal> journal) throws IOException {
        files.forEachFile(run.layout().table(table), file -> {
            if (file.getName().endsWith(".parquet")) {
                files.replace(file, copy -> copy(table, change, file, copy), journal, (old, without) -> erasedFile()
                        .replace(old, without, runId));
            }
        });
    }

    private ErasedFile erasedFile() {
        return new ErasedFile(run.fs(), run.layout());
    }

    private long copy(Table table, Predicate<Row> change, Path file, @Nullable Path copy) throws IOException {
        long changed = 0;
        try (ParquetReader<Row> rows = ParquetRows.reader(table, file, run.conf());
                ParquetWriter<Row> writer = copy == null ? null : writer(table, copy)) {
            for (Row row = rows.read(); row != null; row = rows.read()) {
                changed += change.test(row) ? 1 : 0;
                if (writer != null) {
                    writer.write(row);
                }
            }
        }
        return changed;
    }

    private ParquetWriter<Row> writer(Table table, Path copy) throws IOException {
        HadoopOutputFile file = HadoopOutputFile.fromPath(copy, run.conf());
        return ParquetRows.writer(
                table, file, CompressionCodecName.ZSTD, ParquetRows.ROW_GROUP_BYTES, Map::of, run.conf());
    }
}
