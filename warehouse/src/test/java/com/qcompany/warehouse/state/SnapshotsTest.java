package com.qcompany.warehouse.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.warehouse.state.Snapshot.PartitionState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
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

    private static Snapshot snapshot(long sequence) {
        return new Snapshot(
                sequence,
                Map.of("product_dim", sequence),
                Map.of("sales_transactions_fact", Map.of("2022-05-01", new PartitionState(1, 2, 3))),
                4,
                new TreeSet<>(List.of(6L, 8L)));
    }
}
