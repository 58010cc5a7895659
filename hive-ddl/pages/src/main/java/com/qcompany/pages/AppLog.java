package com.qcompany.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.qcompany.hive.ResultTable;
import com.qcompany.hive.ResultTable.Column;
import com.qcompany.hive.Warehouse;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.state.ImmutableFiles;
import com.qcompany.warehouse.state.Listing;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.commons.io.IOUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;

/**
 * How far the app log has come: records that the running consumer has still to take, and when hours were closed.
 *
 * @param lag a row a partition, as the consumer tells at {@code q.stream.http-address}; no row where it does not answer
 * @param lagNote when it was told, or why there is no row
 * @param closings a row an hour of the last days on which hours were closed, newest first
 * @param openHours a row an hour that is landed and not closed
 */
record AppLog(ResultTable lag, String lagNote, ResultTable closings, ResultTable openHours) {

    private static final List<Column> LAG_COLUMNS =
            List.of(new Column("topic", false), new Column("partition", false), new Column("records_behind", true));
    private static final List<Column> CLOSING_COLUMNS = List.of(
            new Column("hour", false),
            new Column("files", true),
            new Column("rows", true),
            new Column("first_closed_at", false),
            new Column("last_closed_at", false));

    /** Dates of hours that are shown. */
    private static final int DATES = 7;

    private static final Pattern LAG =
            Pattern.compile("(?m)^q_stream_lag\\{partition=\"(\\d+)\",topic=\"([^\"]+)\",?} (\\S+)");
    private static final int PATIENCE_MS = 5_000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    /** Reads all of it; a consumer that does not answer is said so. */
    static AppLog read(Warehouse warehouse, Configuration conf, ResultTable openHours) throws IOException {
        String address = StreamSettings.HTTP_ADDRESS.get(conf);
        String metrics = "";
        String note = "Unknown: q.stream.http-address is not set.";
        if (!address.isEmpty()) {
            try {
                metrics = metrics(address);
                note = "As the consumer at %s tells when the page is made; 0 is up to date.".formatted(address);
            } catch (IOException e) {
                note = "Unknown: no consumer answers at %s.".formatted(address);
            }
        }
        return new AppLog(lag(metrics), note, closings(warehouse), openHours);
    }

    /** The rows of metrics in Prometheus' text format. */
    static ResultTable lag(String metrics) {
        SortedMap<String, List<String>> rows = new TreeMap<>();
        LAG.matcher(metrics)
                .results()
                .forEach(lag -> rows.put("%s %9s".formatted(lag.group(2), lag.group(1)), row(lag)));
        return new ResultTable(LAG_COLUMNS, List.copyOf(rows.values()));
    }

    private static List<String> row(MatchResult lag) {
        return List.of(lag.group(2), lag.group(1), Long.toString(Math.round(Double.parseDouble(lag.group(3)))));
    }

    private static String metrics(String address) throws IOException {
        URLConnection connection =
                URI.create("http://" + address + "/metrics").toURL().openConnection();
        connection.setConnectTimeout(PATIENCE_MS);
        connection.setReadTimeout(PATIENCE_MS);
        try (InputStream metrics = connection.getInputStream()) {
            return IOUtils.toString(metrics, StandardCharsets.UTF_8);
        }
    }

    private static ResultTable closings(Warehouse warehouse) throws IOException {
        List<FileStatus> dates = Listing.of(warehouse.fs(), warehouse.layout().closedHours());
        SortedMap<String, List<JsonNode>> hours = new TreeMap<>(Collections.reverseOrder());
        for (FileStatus date : dates.subList(Math.max(0, dates.size() - DATES), dates.size())) {
            for (JsonNode summary : ImmutableFiles.all(warehouse.fs(), date.getPath(), JsonNode.class)) {
                hours.computeIfAbsent(summary.path("hour").asText(), hour -> new ArrayList<>())
                        .add(summary);
            }
        }
        List<List<String>> rows = new ArrayList<>();
        hours.forEach((hour, summaries) -> {
            LongSummaryStatistics decided = numbers(summaries, "decidedMillis");
            rows.add(List.of(
                    hour,
                    Long.toString(decided.getCount()),
                    Long.toString(numbers(summaries, "rows").getSum()),
                    time(decided.getMin()),
                    time(decided.getMax())));
        });
        return new ResultTable(CLOSING_COLUMNS, rows);
    }

    private static LongSummaryStatistics numbers(List<JsonNode> summaries, String field) {
        return summaries.stream()
                .mapToLong(summary -> summary.path(field).asLong())
                .summaryStatistics();
    }

    static String time(long millis) {
        return TIME.format(LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC));
    }
}
