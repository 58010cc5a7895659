package com.qcompany.stream;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;

/**
 * What one closing published: a file of table {@code kafka} that is never changed afterwards. Read from
 * {@code closings/done/uuuu-MM-dd/HOUR.N.json}, which is kept for ever, so that a file that is missing, cut or doubled is
 * found whenever somebody looks.
 *
 * @param hour the hour, {@code uuuu-MM-dd-HH}
 * @param number N, counting the files of this hour from 1
 * @param target the file, relative to {@code q.root}
 * @param rows its rows
 * @param bytes its size
 * @param decidedMillis when the closing was decided, in milliseconds since 1970 UTC
 * @param partitions its rows by Kafka partition
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record HourSummary(
        String hour,
        int number,
        String target,
        long rows,
        long bytes,
        long decidedMillis,
        List<PartitionRows> partitions) {

    public HourSummary {
        partitions = List.copyOf(partitions);
    }

    /**
     * Rows of one Kafka partition.
     *
     * @param rows how many
     * @param firstOffset least offset
     * @param lastOffset greatest offset
     * @param digest sum over the rows of a hash of offset, time, quantity and amount, the same in whatever order
     */
    public record PartitionRows(
            String topic, int partition, long rows, long firstOffset, long lastOffset, long digest) {

        @Override
        public String toString() {
            return "%d rows of %s-%d from offset %d to %d, digest %016x"
                    .formatted(rows, topic, partition, firstOffset, lastOffset, digest);
        }
    }

    /** Every summary that is kept, by hour and number. */
    public static List<HourSummary> all(StreamFiles stream) throws IOException {
        List<HourSummary> summaries = new ArrayList<>();
        for (FileStatus date : Listing.of(stream.fs(), stream.warehouse().closedHours())) {
            summaries.addAll(ImmutableFiles.all(stream.fs(), date.getPath(), HourSummary.class));
        }
        summaries.sort(Comparator.comparing(HourSummary::hour).thenComparing(HourSummary::number));
        return summaries;
    }
}
