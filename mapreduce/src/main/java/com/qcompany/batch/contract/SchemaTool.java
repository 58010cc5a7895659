package com.qcompany.batch.contract;

import static com.qcompany.warehouse.command.CommandLineSyntax.valued;

import com.qcompany.batch.feed.Contracts;
import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.batch.feed.FeedHeader;
import com.qcompany.batch.ingest.Ledger;
import com.qcompany.warehouse.command.CommandLineSyntax;
import com.qcompany.warehouse.command.ExitCode;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.GroupRecord.FileRecord;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.Snapshot;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.util.Tool;

/**
 * {@code schema drift}: prints how the headers of the ingested files of each feed differ from the contract that counts, over
 * the hours: columns that are new, missing or spelt otherwise, and another order. Hours in a row with the same differences are
 * one line. Reads the ledger and changes nothing; {@link ExitCode#NOTHING_TO_DO} where no group was ingested.
 */
public final class SchemaTool extends Configured implements Tool {
    private static final Option FROM = valued("from", "uuuu-MM-dd-HH", "first source hour, UTC; default: the first");
    private static final Option TO = valued("to", "uuuu-MM-dd-HH", "last source hour; default: the last");
    private static final CommandLineSyntax SYNTAX =
            CommandLineSyntax.of("schema drift", new Options().addOption(FROM).addOption(TO));

    /** Files in a row of one feed whose headers differ from the contract in the same way. */
    private record Stretch(String from, String to, int files, String differences) {

        Stretch and(String hour) {
            return new Stretch(from, hour, files + 1, differences);
        }
    }

    @Override
    public int run(String[] args) throws Exception {
        CommandLine line = SYNTAX.parse(args);
        if (!line.getArgList().equals(List.of("drift"))) {
            throw new UsageException("Cannot run schema %s (expected drift)".formatted(line.getArgList()));
        }
        String from = SourceGroup.checkedHour(line.getOptionValue(FROM, SourceGroup.FIRST_HOUR));
        String to = SourceGroup.checkedHour(line.getOptionValue(TO, SourceGroup.LAST_HOUR));
        FeedCatalog feeds = Contracts.of(getConf());
        List<GroupRecord> groups = groups(from, to);
        for (Feed feed : feeds.feeds()) {
            System.out.printf("%s, by contract %s:%n", feed.name(), feed.version());
            stretches(feed, groups)
                    .forEach(stretch -> System.out.printf(
                            "  %s to %s, %,d files: %s%n",
                            stretch.from(), stretch.to(), stretch.files(), stretch.differences()));
        }
        return (groups.isEmpty() ? ExitCode.NOTHING_TO_DO : ExitCode.OK).code();
    }

    /** Accepted groups of some hours, in the order of the source. */
    private List<GroupRecord> groups(String from, String to) throws IOException {
        Layout layout = Layout.of(getConf());
        Ledger ledger = Ledger.open(layout.root().getFileSystem(getConf()), layout);
        return ledger.pending(Snapshot.empty()).stream()
                .filter(group ->
                        group.hour().compareTo(from) >= 0 && group.hour().compareTo(to) <= 0)
                .toList();
    }

    private static List<Stretch> stretches(Feed feed, List<GroupRecord> groups) {
        List<Stretch> stretches = new ArrayList<>();
        for (GroupRecord group : groups) {
            for (FileRecord file : group.files()) {
                if (file.feed().equals(feed.name())) {
                    String differences = differences(feed, file);
                    int end = stretches.size() - 1;
                    if (end >= 0 && stretches.get(end).differences().equals(differences)) {
                        stretches.set(end, stretches.get(end).and(group.hour()));
                    } else {
                        stretches.add(new Stretch(group.hour(), group.hour(), 1, differences));
                    }
                }
            }
        }
        return stretches;
    }

    private static String differences(Feed feed, FileRecord file) {
        try {
            List<String> drift =
                    FeedHeader.bind(feed, file.name(), file.header()).drift();
            return drift.isEmpty() ? "as declared" : String.join(", ", drift);
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
