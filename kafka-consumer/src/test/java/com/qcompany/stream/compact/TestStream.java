package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.Manifest;
import com.qcompany.stream.Manifest.StagedFile;
import com.qcompany.stream.Position;
import com.qcompany.stream.StreamFiles;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.fake.CrashPoint;
import com.qcompany.warehouse.fake.CrashingFileSystem;
import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.AddedColumn;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Catalog;
import com.qcompany.warehouse.state.ImmutableFiles;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.util.functional.CallableRaisingIOE;

/** A stream on the local disk: what consumers have published, what readers see, and compactors for it. */
final class TestStream {

    final Configuration conf = new Configuration();
    final StreamFiles layout;
    final FileSystem fs;
    final Set<String> registered = new TreeSet<>();
    boolean isMetastoreDown;

    private Instant now = Instant.parse("2024-07-05T00:00:00Z");
    private Position position = Position.at(0);
    private long nextOffset;

    TestStream(java.nio.file.Path root) throws IOException {
        conf.setClass("fs.file.impl", PlainLocalFileSystem.class, FileSystem.class);
        conf.set(Settings.ROOT.key(), root.toUri().toString());
        layout = StreamFiles.of(conf);
        fs = layout.fs();
        passed("2024-07-04T00:00:00");
    }

    /** All partitions have come to an event time, by an epoch. */
    TestStream passed(String time) {
        return passed(time, "committed");
    }

    TestStream passed(String time, String epoch) {
        long millis = LocalDateTime.parse(time).toInstant(ZoneOffset.UTC).toEpochMilli();
        position =
                new Position(5, Optional.of(epoch), millis, now.toEpochMilli(), now.toEpochMilli(), Optional.empty());
        return this;
    }

    TestStream wait(Duration time) {
        now = now.plus(time);
        return this;
    }

    /** An epoch that published some rows of an hour, in the order of their offsets reversed. */
    TestStream epoch(String epoch, String hour, int rows) throws IOException {
        EventRows.write(target(epoch, hour), conf, rows(hour, rows));
        return this;
    }

    /** An epoch whose manifest is still there, with the one file published or not. */
    TestStream pendingEpoch(String epoch, String hour, int rows, boolean isPublished) throws IOException {
        Path target = target(epoch, hour);
        Path staged = new Path(layout.staging("consumer", epoch), "0.parquet");
        EventRows.write(isPublished ? target : staged, conf, rows(hour, rows));
        StagedFile file = new StagedFile(layout.below(staged), layout.below(target), rows, 1);
        ImmutableFiles.write(fs, layout.manifest(epoch), new Manifest(epoch, "consumer", "", List.of(file), List.of()));
        return this;
    }

    /** A pending epoch becomes wholly published. */
    void publish(String epoch, String hour) throws IOException {
        Path staged = new Path(layout.staging("consumer", epoch), "0.parquet");
        if (fs.exists(staged)) {
            fs.mkdirs(target(epoch, hour).getParent());
            fs.rename(staged, target(epoch, hour));
        }
        fs.delete(layout.manifest(epoch), false);
    }

    /** Adds a file to an hour that is no Parquet. */
    void breakFile(String hour) throws IOException {
        fs.create(target("broken", hour)).close();
    }

    HourCompactor compactor() {
        return compactor(CrashPoint.never());
    }

    HourCompactor compactor(CrashPoint crash) {
        return compactor(new CrashingFileSystem(fs, crash));
    }

    HourCompactor compactor(FileSystem files) {
        CallableRaisingIOE<List<PartitionProgress>> positions =
                () -> List.of(new PartitionProgress(0, 0, 10, Optional.of(position)));
        return new HourCompactor(on(files), positions, registrar(files), clock());
    }

    /** The stream's files, reached by some file system. */
    StreamFiles on(FileSystem files) {
        return new StreamFiles(conf, files, layout.warehouse());
    }

    PartitionRegistrar registrar(FileSystem files) {
        return new PartitionRegistrar(on(files), MemoryCatalog::new);
    }

    Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }

    /** Rows that readers see, by hour, each hour's files one after the other by name. */
    Map<String, List<Row>> visible() throws IOException {
        Map<String, List<Row>> rows = new TreeMap<>();
        for (FileStatus file : visibleFiles()) {
            Path hour = file.getPath().getParent();
            rows.computeIfAbsent(hour.getParent().getName() + "/" + hour.getName(), key -> new ArrayList<>())
                    .addAll(EventRows.read(file.getPath(), conf));
        }
        return rows;
    }

    /** Rows of all files below a directory. */
    List<Row> rows(String directory) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (FileStatus file : files(directory)) {
            rows.addAll(EventRows.read(file.getPath(), conf));
        }
        return rows;
    }

    /** Offsets of the rows that readers see, in order. */
    List<Long> visibleOffsets() throws IOException {
        return visible().values().stream()
                .flatMap(List::stream)
                .map(row -> row.require("kafka_offset", Long.class))
                .sorted()
                .toList();
    }

    List<FileStatus> visibleFiles() throws IOException {
        return files("tables/kafka").stream()
                .filter(file -> !file.getPath().getName().startsWith("."))
                .toList();
    }

    /** Every file below a directory, by path. */
    List<FileStatus> files(String directory) throws IOException {
        Path path = new Path(layout.warehouse().root(), directory);
        List<FileStatus> files = new ArrayList<>();
        if (fs.exists(path)) {
            RemoteIterator<LocatedFileStatus> found = fs.listFiles(path, true);
            while (found.hasNext()) {
                files.add(found.next());
            }
        }
        files.sort((a, b) -> a.getPath().compareTo(b.getPath()));
        return files;
    }

    private Path target(String epoch, String hour) {
        EventHour partition = EventHour.parse(hour);
        return new Path(layout.open(partition), epoch + ".0.parquet");
    }

    private List<Row> rows(String hour, int count) {
        LocalDateTime start = EventHour.parse(hour).start();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(EventRows.plain(start.plusSeconds(count - i), 0, nextOffset++));
        }
        return rows;
    }

    /** Knows the partitions that were added, unless the metastore is down. */
    private final class MemoryCatalog implements Catalog {

        MemoryCatalog() throws IOException {
            if (isMetastoreDown) {
                throw new IOException("Connection refused");
            }
        }

        @Override
        public void addPartitions(Table table, Map<List<String>, Path> locations) {
            locations.forEach((values, path) -> registered.add(table.name() + values + " at " + layout.below(path)));
        }

        @Override
        public void setTableLocation(Table table, Path directory) {
            throw new UnsupportedOperationException("A stream moves no tables");
        }

        @Override
        public void setPartitionLocations(Table table, Map<List<String>, Path> locations) {
            throw new UnsupportedOperationException("A stream moves no partitions");
        }

        @Override
        public void dropPartitions(Table table, Collection<List<String>> partitions) {
            throw new UnsupportedOperationException("A stream drops no partitions");
        }

        @Override
        public void showSales(long mergedUpTo, long published, List<AddedColumn> added) {
            throw new UnsupportedOperationException("A stream shows no sales");
        }

        @Override
        public void close() {}
    }
}
