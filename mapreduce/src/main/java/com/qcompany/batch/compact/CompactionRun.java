package com.qcompany.batch.compact;

import com.qcompany.batch.publish.RunRow;
import com.qcompany.batch.publish.StagedFile;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The row of {@code load_runs} that tells of a compaction.
 *
 * @param runId id of the run
 * @param startedAt when it began
 * @param finishedAt when its job was done
 * @param partitions partitions rewritten
 * @param counters the job's counters by name
 */
record CompactionRun(String runId, Instant startedAt, Instant finishedAt, int partitions, Map<String, Long> counters) {

    /** Writes the row to a file, to be published with the rewrites. */
    StagedFile stage(Path file, Configuration conf) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        counters.forEach((name, count) -> texts.put(name, Long.toString(count)));
        RunRow run = new RunRow(runId, Compactor.COMMAND, "published", startedAt, finishedAt);
        return run.stage(
                run.row()
                        .set("partitions_touched", (long) partitions)
                        .set("files_written", (long) partitions)
                        .set("counters", texts),
                file,
                conf);
    }
}
