package com.qcompany.batch.contract;

import com.qcompany.batch.feed.AddedColumns;
import com.qcompany.batch.feed.Compatibility;
import com.qcompany.batch.feed.ContractChanges;
import com.qcompany.batch.feed.ContractChanges.Change;
import com.qcompany.batch.feed.Feed;
import com.qcompany.batch.feed.FeedCatalog;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.contract.ContractText;
import com.qcompany.warehouse.state.GroupRecord;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Layout;
import com.qcompany.warehouse.state.SequencedFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The contracts that loads used: {@code state/contracts/FEED/SEQUENCE.json}, each file a contract that differs from the
 * one before. Written by who holds the warehouse's lease.
 */
public final class ContractHistory {
    private static final Logger LOG = LoggerFactory.getLogger(ContractHistory.class);

    private final FileSystem fs;
    private final Layout layout;

    public ContractHistory(FileSystem fs, Layout layout) {
        this.fs = fs;
        this.layout = layout;
    }

    /** The contract of a feed that was used last, if one was. */
    public Optional<ContractText> last(String feed) throws IOException {
        SequencedFiles files = files(feed);
        OptionalLong last = files.last(fs);
        return last.isEmpty()
                ? Optional.empty()
                : ImmutableFiles.find(fs, files.file(last.getAsLong()), ContractText.class);
    }

    /**
     * Notes that feeds are used from now on; the same again changes nothing.
     *
     * @param accept whether a contract may break with the one before it
     * @throws UsageException if one does and may not, or has another content under the same version; nothing is noted then
     */
    public void use(FeedCatalog feeds, boolean accept) throws IOException {
        List<Feed> changed = new ArrayList<>();
        for (Feed feed : feeds.feeds()) {
            Optional<ContractText> last = last(feed.name());
            boolean isSameText =
                    last.isPresent() && last.get().yaml().equals(feed.text().yaml());
            if (last.isEmpty() || (!isSameText && isAnother(Feed.read(last.get()), feed, accept))) {
                changed.add(feed);
            }
        }
        for (Feed feed : changed) {
            SequencedFiles files = files(feed.name());
            ImmutableFiles.write(fs, files.file(files.last(fs).orElse(0) + 1), feed.text());
        }
    }

    /** Feeds with the columns that earlier loads added to their contracts. */
    public FeedCatalog withAdded(FeedCatalog declared) throws IOException {
        List<Feed> feeds = new ArrayList<>();
        for (Feed feed : declared.feeds()) {
            Optional<ContractText> last = AddedColumns.isOpen(feed) ? last(feed.name()) : Optional.empty();
            feeds.add(last.map(text -> AddedColumns.grown(feed, AddedColumns.headers(Feed.read(text))))
                    .orElse(feed));
        }
        return new FeedCatalog(feeds);
    }

    /**
     * Feeds with the columns that files of groups bring and that their contracts, which are open, do not declare; notes the
     * contracts that this changes. The same groups again change nothing.
     */
    public FeedCatalog adding(FeedCatalog feeds, List<GroupRecord> groups) throws IOException {
        List<Feed> grown = new ArrayList<>();
        for (Feed feed : feeds.feeds()) {
            List<String> headers = groups.stream()
                    .flatMap(group -> group.files().stream())
                    .filter(file -> file.feed().equals(feed.name()))
                    .flatMap(file -> file.header().stream())
                    .distinct()
                    .toList();
            grown.add(AddedColumns.grown(feed, headers));
        }
        FeedCatalog all = new FeedCatalog(grown);
        use(all, true);
        return all;
    }

    private static boolean isAnother(Feed before, Feed feed, boolean accept) {
        List<Change> changes = ContractChanges.between(before, feed);
        Compatibility compatibility = ContractChanges.together(changes);
        String told = changes.stream().map(ContractHistory::sentence).collect(Collectors.joining("; "));
        if (!changes.isEmpty() && feed.version().equals(before.version())) {
            throw new UsageException(
                    "Cannot use contract %s %s: it is another %s than the last load used: %s (expected a new version)"
                            .formatted(feed.name(), feed.version(), feed.version(), told));
        }
        if (compatibility.isBreaking() && !accept) {
            throw new UsageException(
                    "Cannot use contract %s %s: it breaks with %s, which the last load used: %s (load --accept uses it)"
                            .formatted(feed.name(), feed.version(), before.version(), told));
        }
        if (!changes.isEmpty()) {
            LOG.info("Contract {} {} follows {}: {}", feed.name(), feed.version(), before.version(), told);
        }
        return !changes.isEmpty();
    }

    static String sentence(Change change) {
        return "%s (%s)".formatted(change.what(), change.compatibility());
    }

    private SequencedFiles files(String feed) {
        return new SequencedFiles(new Path(layout.state("contracts"), feed));
    }
}
