package com.qcompany.hive;

import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.SequencedFiles;
import com.qcompany.warehouse.state.Snapshots;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.Path;

/**
 * Days of which {@code restatements} say that sales changed since the partners' files of a directory were last looked
 * through, and those of which sales that were taken back stand again since then. What was looked through is kept as {@code state/partners/DIRECTORY/PUBLISH.json}, a file each time there was more.
 *
 * @param days transaction dates before or after a change, ascending
 * @param publish publish up to which they are known
 * @param looked what was looked through
 */
record RestatedDays(List<LocalDate> days, long publish, SequencedFiles looked) {

    /** The days since the last look through a directory; all where there was none. */
    static RestatedDays since(HiveSession session, Warehouse warehouse, String directory) throws IOException {
        UUID id = UUID.nameUUIDFromBytes(OutputDirectory.absolute(directory).getBytes(StandardCharsets.UTF_8));
        SequencedFiles looked = new SequencedFiles(new Path(warehouse.layout().state("partners"), id.toString()));
        // Hive may be behind, as after a load without it; what it does not show yet is looked through once it does.
        long shown = session.query(
                        """
                        SELECT COALESCE(MAX(published_in), 0) FROM (
                          SELECT published_in FROM %1$s.restatements
                          UNION ALL
                          SELECT published_in FROM %1$s.source_groups) p"""
                                .formatted(warehouse.database()))
                .number(0);
        long publish = Math.min(
                shown, Snapshots.latest(warehouse.fs(), warehouse.layout()).sequence());
        long last = looked.last(warehouse.fs()).orElse(0);
        List<LocalDate> days = session
                .query(
                        """
                        SELECT DISTINCT day FROM (
                          SELECT transaction_date AS day FROM %1$s.restatements WHERE published_in > %2$d
                          UNION ALL
                          SELECT new_value AS day FROM %1$s.restatements
                          WHERE published_in > %2$d AND column_name = 'transaction_date' AND new_value IS NOT NULL
                          UNION ALL
                          SELECT s.transaction_date AS day
                          FROM %1$s.restatements r
                          JOIN %1$s.sales_transactions_fact s ON r.transaction_id = s.transaction_id
                          JOIN %1$s.source_groups g ON s.run_id = g.run_id
                          WHERE r.column_name = 'transaction_date' AND r.new_value IS NULL AND g.published_in > %2$d) d"""
                                .formatted(warehouse.database(), last))
                .rows()
                .stream()
                .map(row -> LocalDate.parse(row.get(0)))
                .sorted()
                .toList();
        return new RestatedDays(days, publish, looked);
    }

    /** Notes that the files of all these days are issued. */
    void done(Warehouse warehouse) throws IOException {
        if (!warehouse.fs().exists(looked.file(publish))) {
            ImmutableFiles.write(
                    warehouse.fs(),
                    looked.file(publish),
                    days.stream().map(LocalDate::toString).toList());
        }
    }
}
