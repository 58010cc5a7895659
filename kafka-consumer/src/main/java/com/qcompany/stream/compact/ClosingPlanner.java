package com.qcompany.stream.compact;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.StreamLayout;
import com.qcompany.stream.compact.Closing.Input;
import com.qcompany.stream.compact.Closing.Kind;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Prepares closings: writes and verifies under staging what they will make visible, and changes nothing else. */
final class ClosingPlanner {

    private final FileSystem fs;
    private final Configuration conf;
    private final StreamLayout layout;
    private final Path staging;
    private final HourSort sort;
    private final FileJoin join;
    private final Clock clock;

    /** @param staging directory of this run and no other */
    ClosingPlanner(
            FileSystem fs,
            Configuration conf,
            StreamLayout layout,
            Path staging,
            HourSort sort,
            FileJoin join,
            Clock clock) {
        this.fs = fs;
        this.conf = conf;
        this.layout = layout;
        this.staging = staging;
        this.sort = sort;
        this.join = join;
        this.clock = clock;
    }

    /**
     * Rewrites files into one ordered file that becomes visible beside what is.
     *
     * @throws IOException if the new file does not hold what the inputs hold
     */
    Closing rewrite(EventHour hour, int number, List<FileStatus> files) throws IOException {
        String name = Closing.id(hour, number) + ".parquet";
        Path staged = new Path(staging, name);
        List<Path> inputs = files.stream().map(FileStatus::getPath).toList();
        Contents expected = Contents.of(inputs, conf);
        sort.sort(inputs, staged);
        expected.requireSame(Contents.of(List.of(staged), conf), staged.toString());
        return new Closing(
                hour.toString(),
                number,
                Kind.REWRITE,
                inputs(files),
                layout.below(staged),
                layout.below(new Path(layout.visible(hour), name)),
                expected.rows(),
                fs.getFileStatus(staged).getLen(),
                clock.millis());
    }

    /**
     * Writes the footer with which visible files can be joined into one of them.
     *
     * @throws IOException if with it they would not be a readable file
     */
    Closing concat(EventHour hour, int number, List<FileStatus> files) throws IOException {
        List<FileStatus> ordered = FileJoin.order(files);
        Path footer = new Path(staging, Closing.id(hour, number) + ".footer");
        long rows = join.writeFooter(ordered, footer);
        long bytes = ordered.stream().mapToLong(FileStatus::getLen).sum()
                + fs.getFileStatus(footer).getLen();
        return new Closing(
                hour.toString(),
                number,
                Kind.CONCAT,
                inputs(ordered),
                layout.below(footer),
                layout.below(ordered.get(0).getPath()),
                rows,
                bytes,
                clock.millis());
    }

    private List<Input> inputs(List<FileStatus> files) {
        return files.stream()
                .map(file -> new Input(layout.below(file.getPath()), file.getLen()))
                .toList();
    }
}
