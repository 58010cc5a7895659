package com.qcompany.batch.merge;

import com.qcompany.batch.publish.PublishRequest.Partition;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/** A merge as {@link MergePlan} decides it, for simulations outside its package. */
public record PlannedMerge(List<DataFile> inputs, List<Partition> dropped) {

    /** Plans a merge of some dates. */
    public static PlannedMerge of(
            Snapshot published, Layout layout, Set<String> dates, Snapshot oldest, LocalDate today, int daysKept) {
        MergePlan plan = MergePlan.of(published, layout, dates, oldest, today, daysKept);
        return new PlannedMerge(plan.inputs(), plan.dropped());
    }
}
