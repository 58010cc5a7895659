package com.qcompany.batch.feed;

import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.contract.ContractText;
import com.qcompany.warehouse.contract.EventContract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * Which contracts count: the built-in ones, and in their place or beside them those of the directory {@code q.contracts}.
 * A program reads the directory once, at its start; the tasks of its jobs get what it read.
 */
public final class Contracts {

    private Contracts() {}

    /**
     * The feeds by the contracts that count.
     *
     * @throws UsageException naming file, and line and key where they are known, if a contract cannot be used
     */
    public static FeedCatalog of(Configuration conf) throws IOException {
        return withAll(ContractText.of(conf));
    }

    /** The texts of the contracts that count, as they are written. */
    public static List<String> effective(Configuration conf) throws IOException {
        List<ContractText> given = ContractText.of(conf);
        List<ContractText> all = new ArrayList<>(withAll(given).texts());
        all.add(EventContract.among(given).text());
        return all.stream().map(ContractText::yaml).toList();
    }

    /**
     * The feed of a contract, whose expressions are compiled too.
     *
     * @throws UsageException naming the contract, and line and key where they are known, if it cannot be used
     */
    public static Feed feed(ContractText text) {
        try {
            Feed feed = Feed.read(text);
            feed.steps((table, key) -> true);
            return feed;
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The feeds by the built-in contracts and some others, of which that of the events is only checked. */
    public static FeedCatalog withAll(List<ContractText> texts) {
        Map<String, Feed> feeds = new LinkedHashMap<>();
        EventContract.among(texts);
        for (ContractText text : texts) {
            if (EventContract.isOf(text)) {
                continue;
            }
            Feed feed = feed(text);
            if (feeds.put(feed.name(), feed) != null) {
                throw new UsageException("Cannot use %s: another file is of feed %s too (expected one)"
                        .formatted(text.origin(), feed.name()));
            }
        }
        return FeedCatalog.bundled().with(feeds.values());
    }
}
