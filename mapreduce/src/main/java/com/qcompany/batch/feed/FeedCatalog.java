package com.qcompany.batch.feed;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.qcompany.warehouse.command.UsageException;
import com.qcompany.warehouse.contract.ContractText;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The feeds that a program knows: those of the three files of a group, then others by name. As JSON, their contracts. */
public record FeedCatalog(List<Feed> feeds) {

    private static final FeedCatalog BUNDLED =
            new FeedCatalog(Stream.of("branches", "sales_agents", "sales_transactions")
                    .map(name -> Feed.read(ContractText.ofResource(FeedCatalog.class, "feeds/" + name + ".yaml")))
                    .toList());

    public FeedCatalog {
        feeds = List.copyOf(feeds);
        if (feeds.stream().map(Feed::name).distinct().count() != feeds.size()) {
            throw new UsageException("Cannot use feeds %s (expected distinct names)"
                    .formatted(feeds.stream().map(Feed::name).toList()));
        }
        requireOneFeedATable(feeds);
        requireKeys(feeds);
    }

    /** The feeds of the three files of a group by the built-in contracts: branches, sales_agents, sales_transactions. */
    public static FeedCatalog bundled() {
        return BUNDLED;
    }

    /** The feeds of some contracts. */
    @JsonCreator
    public static FeedCatalog of(List<ContractText> texts) {
        return texts.equals(BUNDLED.texts())
                ? BUNDLED
                : new FeedCatalog(texts.stream().map(Feed::read).toList());
    }

    /** Their contracts, in order. */
    @JsonValue
    public List<ContractText> texts() {
        return feeds.stream().map(Feed::text).toList();
    }

    /** The same with other feeds, each in place of the one of its name or behind all. */
    FeedCatalog with(Collection<Feed> others) {
        Map<String, Feed> all = new LinkedHashMap<>();
        feeds.forEach(feed -> all.put(feed.name(), feed));
        others.forEach(feed -> all.put(feed.name(), feed));
        return new FeedCatalog(List.copyOf(all.values()));
    }

    /** The feed of that name. */
    public Feed feed(String name) {
        return feeds.stream()
                .filter(feed -> feed.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("Cannot find feed %s (expected one of %s)"
                        .formatted(name, feeds.stream().map(Feed::name).toList())));
    }

    /** The feed to which a file of that name belongs, or empty. */
    public Optional<Feed> feedOf(String fileName) {
        List<Feed> found = feeds.stream().filter(feed -> feed.hasFile(fileName)).toList();
        if (found.size() > 1) {
            throw new UsageException("Cannot tell the feed of file %s: it fits %s (expected one)"
                    .formatted(fileName, found.stream().map(Feed::name).toList()));
        }
        return found.stream().findFirst();
    }

    /** A sale would wait for ever for a key that only sales show. */
    private static void requireKeys(List<Feed> feeds) {
        Set<String> tables = feeds.stream()
                .filter(feed -> !feed.bringsSales())
                .flatMap(feed -> feed.mappings().stream())
                .map(mapping -> mapping.table().name())
                .collect(Collectors.toSet());
        feeds.stream()
                .flatMap(feed -> feed.columns().stream())
                .flatMap(column -> column.relationships().stream())
                .filter(reference -> !tables.contains(reference.table()))
                .forEach(reference -> {
                    throw new UsageException("Cannot look up %s: no file fills %s but that of the sales (expected one)"
                            .formatted(reference.to(), reference.table()));
                });
    }

    /** Records of two files could not be told apart by their order: a table has one source. */
    private static void requireOneFeedATable(List<Feed> feeds) {
        Map<String, String> feedOfTable = new HashMap<>();
        for (Feed feed : feeds) {
            for (OutputMapping mapping : feed.mappings()) {
                String table = mapping.table().name();
                String other = feedOfTable.putIfAbsent(table, feed.name());
                if (other != null) {
                    throw new UsageException("Cannot use feeds %s and %s: both fill %s (expected one)"
                            .formatted(other, feed.name(), table));
                }
            }
        }
    }
}
