package com.qcompany.batch.load;

import com.qcompany.batch.dimension.DimensionJob;
import com.qcompany.batch.dimension.GroupOrder;
import com.qcompany.batch.job.JobTables;
import com.qcompany.batch.job.RowJob;
import com.qcompany.batch.publish.StagedFile;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.schema.Dimension;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshot.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;

/** Stages the next versions of the tables that a load replaces as a whole. */
record NextVersions(Configuration conf, Layout layout, Snapshot before, Path staging) {

    /**
     * Those of the dimensions of which a load's files show something; of all dimensions where groups are forgotten.
     *
     * @param forgotten ledger records of groups in which published versions do not count as seen any more
     */
    List<StagedFile> dimensions(List<StagedFile> loaded, GroupOrder order, Set<Long> forgotten) throws IOException {
        List<StagedFile> observed = new ArrayList<>();
        for (Dimension dimension : StarSchema.DIMENSION_DECLARATIONS) {
            observed.addAll(RowJob.of(JobTables.observations(dimension), loaded));
        }
        boolean published = StarSchema.DIMENSIONS.stream()
                .anyMatch(dimension -> before.versionOf(dimension).isPresent());
        if (observed.isEmpty() && (forgotten.isEmpty() || !published)) {
            return List.of();
        }
        Job job = DimensionJob.create(conf, before, layout, observed, order, forgotten, staging);
        RowJob.run(job);
        List<StagedFile> merged = RowJob.output(job);
        if (forgotten.isEmpty()) {
            return merged;
        }
        List<StagedFile> all = new ArrayList<>();
        for (Table dimension : StarSchema.DIMENSIONS) {
            all.addAll(orEmpty(dimension, merged));
        }
        return all;
    }

    /** That of {@code waiting_rows}; none where nothing waited and nothing waits. */
    List<StagedFile> waiting(List<StagedFile> loaded) throws IOException {
        return orEmpty(StarSchema.WAITING_ROWS, loaded);
    }

    /** The files of a table; one without rows where there are none in place of published rows. */
    private List<StagedFile> orEmpty(Table table, List<StagedFile> files) throws IOException {
        List<StagedFile> ofTable = RowJob.of(table, files);
        if (!ofTable.isEmpty() || before.versionOf(table).map(Version::rows).orElse(0L) == 0) {
            return ofTable;
        }
        Path empty = new Path(staging, table.name() + ".parquet");
        ParquetRows.writer(table, empty, conf).close();
        return List.of(new StagedFile(table, List.of(), empty, 0));
    }
}
