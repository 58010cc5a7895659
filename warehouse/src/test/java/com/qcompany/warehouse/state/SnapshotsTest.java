package com.qcompany.warehouse.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.schema.AddedColumn;
import com.qcompany.warehouse.state.Snapshot.Version;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {

    @TempDir
    java.nio.file.Path directory;

    private FileSystem fs;
    private Layout layout;

    @BeforeEach
    void open() throws IOException {
        fs = FileSystem.getLocal(new Configuration());
        layout = new Layout(new Path(directory.toUri()));
    }

    @Test
    void isEmptyBeforeTheFirstPublish() throws IOException {
        assertThat(Snapshots.latest(fs, layout)).isEqualTo(Snapshot.empty());
    }

    @Test
    void readsBackTheHighestSequence() throws IOException {
        Snapshots.write(fs, layout, snapshot(9));
        Snapshots.write(fs, layout, snapshot(10));
        fs.create(new Path(layout.state("snapshots"), ".0000000011.json.half")).close();

        assertThat(Snapshots.latest(fs, layout)).isEqualTo(snapshot(10));
    }

    @Test
    void refusesToWriteASequenceTwice() throws IOException {
        Snapshots.write(fs, layout, snapshot(1));

        assertThatThrownBy(() -> Snapshots.write(fs, layout, snapshot(1)))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("0000000001.json");
    }

    @Test
    void isSettledUntilTheNextPublishIsCommitted() throws IOException {
        Snapshots.write(fs, layout, snapshot(1));
        assertThat(Snapshots.isSettled(fs, layout, snapshot(1))).isTrue();

        fs.create(layout.journal().file(2)).close();

        assertThat(Snapshots.isSettled(fs, layout, snapshot(1))).isFalse();
    }

    @Test
    void isNotSettledWhereItsJournalIsSweptAndAnotherIsCurrent() throws IOException {
        Snapshots.write(fs, layout, snapshot(60));

        assertThat(Snapshots.isSettled(fs, layout, Snapshot.empty())).isFalse();
        assertThat(Snapshots.isSettled(fs, layout, snapshot(60))).isTrue();
    }

    @Test
    void keepsAddedColumnsInTheirOrderOfWhichTheLastOfATablesNameCounts() throws IOException {
        AddedColumn text = new AddedColumn("sales_transactions_fact", "shelf", "string", List.of("Shelf"));
        AddedColumn number = new AddedColumn("sales_transactions_fact", "shelf", "int", List.of("shelf", "Shelf"));
        AddedColumn logs = new AddedColumn("sales_transactions_fact", "logs", "string", List.of("logs"));
        AddedColumn ofBranches = new AddedColumn("branch_dim", "shelf", "string", List.of("shelf"));
        Snapshot state = snapshot(7).adding(List.of(text, logs)).adding(List.of(ofBranches, number));

        Snapshots.write(fs, layout, state);

        assertThat(Snapshots.latest(fs, layout).addedColumns()).containsExactly(number, logs, ofBranches);
        assertThat(snapshot(7).addedColumns()).isEmpty();
    }

    @Test
    void saysHowToMoveAWarehouseOfAnotherRelease() throws IOException {
        ImmutableFiles.write(fs, layout.snapshots().file(3), Map.of("sequence", 3, "tableVersions", Map.of()));

        assertThatThrownBy(() -> Snapshots.latest(fs, layout))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("of another release (`q ddl --upgrade`");
    }

    private static Snapshot snapshot(long sequence) {
        Version version = new Version(sequence, new TreeMap<>(Map.of("00000.parquet", 3L)));
        return new Snapshot(
                Snapshot.FORMAT,
                sequence,
                0,
                new TreeMap<>(Map.of("product_dim", version)),
                new TreeMap<>(Map.of("sales_base", new TreeMap<>(Map.of("2022-05-01", version)))),
                4,
                new TreeSet<>(List.of(6L, 8L)),
                new TreeSet<>(List.of(8L)),
                List.of());
    }
}
