package com.qcompany.batch.feed;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The feeds that a load knows; those that others refer to come first. */
public record FeedCatalog(List<Feed> feeds) {

    private static final FeedCatalog BUNDLED =
            new FeedCatalog(Stream.of("branches", "sales_agents", "sales_transactions")
                    .map(FeedCatalog::bundled)
                    .toList());

    public FeedCatalog {
        feeds = List.copyOf(feeds);
        if (feeds.stream().map(Feed::name).distinct().count() != feeds.size()) {
            throw new IllegalArgumentException("Cannot use feeds %s (expected distinct names)"
                    .formatted(feeds.stream().map(Feed::name).toList()));
        }
    }

    /** The feeds of the three files of a group: branches, sales_agents, sales_transactions. */
    public static FeedCatalog bundled() {
        return BUNDLED;
    }

    /** The contracts of the bundled feeds, as they are written. */
    public static List<URL> contracts() {
        return BUNDLED.feeds().stream()
                .map(feed -> Objects.requireNonNull(
                        FeedCatalog.class.getResource("feeds/" + feed.name() + ".yaml"), feed.name()))
                .toList();
    }

    /** The feed of that name. */
    public Feed feed(String name) {
        return feeds.stream()
                .filter(feed -> feed.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Cannot find feed %s (expected one of %s)"
                        .formatted(name, feeds.stream().map(Feed::name).toList())));
    }

    /** The feed to which a file of that name belongs, or empty. */
    public Optional<Feed> feedOf(String fileName) {
        List<Feed> found = feeds.stream().filter(feed -> feed.hasFile(fileName)).toList();
        if (found.size() > 1) {
            throw new IllegalArgumentException("Cannot tell the feed of file %s: it fits %s (expected one)"
                    .formatted(fileName, found.stream().map(Feed::name).toList()));
        }
        return found.stream().findFirst();
    }

    private static Feed bundled(String name) {
        String resource = "feeds/" + name + ".yaml";
        try (InputStream in = FeedCatalog.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException("Cannot find resource %s".formatted(resource));
            }
            return Feed.read(in, resource);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read resource %s".formatted(resource), e);
        }
    }
}
