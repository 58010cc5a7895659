package com.qcompany.batch.load;

import com.qcompany.batch.WarehouseRun;
import com.qcompany.batch.dimension.DimensionJob;
import com.qcompany.batch.dimension.GroupOrder;
import com.qcompany.batch.job.RowJob;
import com.qcompany.batch.merge.SalesRemoval;
import com.qcompany.batch.publish.PublishRequest;
import com.qcompany.warehouse.parquet.ParquetRows;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.Snapshot.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/** Stages what a load or a retraction changes of sales and dimensions, and gathers it for the publish. */
record StagedLoad(WarehouseRun run, Snapshot before, LoadResult result) {

    /**
     * All of it but the lines that are rejected and the row of the run. Notes what becomes of the groups.
     *
     * @param forgotten ledger records of groups in which published versions of dimensions do not count as seen any more
     * @param removed published sales of which another version stands, or none
     */
    PublishRequest gather(String command, SourceGroupRows groups, Set<Long> forgotten, List<SalesRemoval.Sale> removed)
            throws IOException {
        groups.add(result.plan());
        PublishRequest request = new PublishRequest(result.plan().runId(), command)
                .replace(dimensions(groups.order(forgotten)))
                .replace(List.of(groups.stage(staging("source_groups.parquet"), run.conf())))
                .replace(orEmpty(StarSchema.WAITING_ROWS, result.staged()))
                .replace(new SalesRemoval(run.conf(), run.fs(), run.layout())
                        .stage(before, removed, staging("removed")));
        for (Table table : List.of(StarSchema.SALES_DELTA, StarSchema.TRANSACTION_KEYS, StarSchema.RESTATEMENTS)) {
            request.append(RowJob.of(table, result.staged()));
        }
        return request;
    }

    /** Those dimensions of which the files show something; all of them where groups are forgotten. */
    private List<DataFile> dimensions(GroupOrder order) throws IOException {
        Path staging = run.layout().staging(result.plan().runId());
        List<DataFile> merged = DimensionJob.run(run, before, result.staged(), order, staging);
        if (order.forgotten().isEmpty()) {
            return merged;
        }
        List<DataFile> all = new ArrayList<>();
        for (Table dimension : StarSchema.DIMENSIONS) {
            all.addAll(orEmpty(dimension, merged));
        }
        return all;
    }

    /** The files of a table; one without rows where there are none in place of published rows. */
    private List<DataFile> orEmpty(Table table, List<DataFile> files) throws IOException {
        List<DataFile> ofTable = RowJob.of(table, files);
        if (!ofTable.isEmpty() || before.versionOf(table).map(Version::rows).orElse(0L) == 0) {
            return ofTable;
        }
        Path empty = staging(table.name() + ".parquet");
        ParquetRows.writer(table, empty, run.conf()).close();
        return List.of(new DataFile(table, List.of(), empty, 0));
    }

    private Path staging(String name) {
        return new Path(run.layout().staging(result.plan().runId()), name);
    }
}
