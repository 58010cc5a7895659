package com.qcompany.ops;

import com.qcompany.hive.HiveSession;
import com.qcompany.stream.Manifest;
import com.qcompany.stream.Manifest.OffsetRange;
import com.qcompany.stream.StreamFiles;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.ImmutableFiles;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.util.functional.RemoteIterators;

/**
 * What became of the events that were consumed, apart from the rows that reports are over.
 *
 * @param records records taken, by the manifests of the commits
 * @param tombstones records without a value, likewise
 * @param files files of table kafka
 * @param rejected rows of rejected_events by rule code, as Hive reads them
 */
record DemoIntake(long records, long tombstones, long files, SortedMap<String, BigDecimal> rejected) {

    static DemoIntake of(Configuration conf) throws IOException {
        StreamFiles stream = StreamFiles.of(conf);
        FileSystem fs = stream.fs();
        long records = 0;
        long tombstones = 0;
        for (LocatedFileStatus file : RemoteIterators.toList(fs.listFiles(stream.path("done"), true))) {
            Manifest manifest = ImmutableFiles.read(fs, file.getPath(), Manifest.class);
            for (OffsetRange range : manifest.ranges()) {
                records += range.to() - range.from() - range.absent();
                tombstones += range.tombstones();
            }
        }
        int files = RemoteIterators.toList(fs.listFiles(stream.warehouse().table(StarSchema.KAFKA), true))
                .size();
        return new DemoIntake(records, tombstones, files, rejected(conf));
    }

    private static SortedMap<String, BigDecimal> rejected(Configuration conf) throws IOException {
        SortedMap<String, BigDecimal> rejected = new TreeMap<>();
        try (HiveSession session = HiveSession.open(conf)) {
            session.query("SELECT rule_codes[0], COUNT(*) FROM %s.%s GROUP BY rule_codes[0]"
                            .formatted(Settings.DATABASE.get(conf), StarSchema.REJECTED_EVENTS.name()))
                    .rows()
                    .forEach(row -> rejected.put(row.get(0), new BigDecimal(row.get(1))));
        }
        return rejected;
    }
}
