package com.qcompany.stream.compact;

import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;

/** Least and most value of a page and how many are absent. Keeps where values lie, not values. */
final class PageStatistics {

    private static final byte[] UNKNOWN = {};

    private final PrimitiveType column;
    private final PlainType type;
    private byte[] least = UNKNOWN;
    private int leastAt;
    private byte[] most = UNKNOWN;
    private int mostAt;
    private long absent;

    PageStatistics(PrimitiveType column, PlainType type) {
        this.column = column;
        this.type = type;
    }

    /** Takes the value that lies there and stays there; one that repeats needs to be taken once. */
    void add(byte[] bytes, int at) {
        if (least == UNKNOWN) {
            least = bytes;
            leastAt = at;
            most = bytes;
            mostAt = at;
        } else if (type.compare(bytes, at, least, leastAt) < 0) {
            least = bytes;
            leastAt = at;
        } else if (type.compare(bytes, at, most, mostAt) > 0) {
            most = bytes;
            mostAt = at;
        }
    }

    void addAbsent() {
        absent++;
    }

    /** What was taken since the last call. */
    Statistics<?> take() {
        Statistics<?> statistics = Statistics.createStats(column);
        statistics.incrementNumNulls(absent);
        if (least != UNKNOWN) {
            statistics.setMinMaxFromBytes(type.bound(least, leastAt), type.bound(most, mostAt));
        }
        least = UNKNOWN;
        most = UNKNOWN;
        absent = 0;
        return statistics;
    }
}
