package com.qcompany.batch.load;

import com.qcompany.batch.job.RowInputFormat;
import com.qcompany.batch.job.RowJob;
import com.qcompany.batch.load.LoadPlan.PlannedFile;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.MultipleInputs;

/** The job that decides about every line of a load. */
final class LoadJob {
    private LoadJob() {}

    /**
     * Runs the job of a plan, after it wrote the plan where the tasks read it. Output: rows of {@code sales_delta},
     * {@code transaction_keys}, {@code rejected_rows}, {@code waiting_rows}, {@code restatements} and {@code quality_metrics},
     * sales to remove, observations of dimensions, tallies, and measures of columns where lineage is wanted.
     *
     * @param directory directory of this attempt, in the run's staging directory
     */
    static LoadResult run(Configuration conf, LoadPlan plan, Snapshot published, Layout layout, Path directory)
            throws IOException {
        long bytes = plan.files().stream()
                .filter(PlannedFile::isRead)
                .mapToLong(file -> file.record().bytes())
                .sum();
        Job job = RowJob.create(conf, "q load " + plan.runId(), LoadReducer.class, bytes, new Path(directory, "out"));
        RowJob.plan(job.getConfiguration(), directory, plan);
        // The format takes its files from the plan; the path only stands for them.
        MultipleInputs.addInputPath(job, directory, CsvInputFormat.class, LineMapper.class);
        for (DataFile waiting : DataFile.of(published, layout, StarSchema.WAITING_ROWS)) {
            MultipleInputs.addInputPath(job, waiting.path(), RowInputFormat.class, LineMapper.class);
        }
        for (DataFile rejected : plan.replay().files(published, layout)) {
            MultipleInputs.addInputPath(job, rejected.path(), RowInputFormat.class, LineMapper.class);
        }
        return LoadResult.of(plan, RowJob.run(job), conf);
    }
}
