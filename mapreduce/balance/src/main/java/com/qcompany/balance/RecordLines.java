package com.qcompany.balance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins the lines of a file to records. A line whose quote stays open takes in the next ones, unless both look like a
 * record already: then the quote is a stray one.
 */
final class RecordLines {

    /** Takes a record with the line in which it begins. */
    @FunctionalInterface
    interface Records {
        void add(long line, String text) throws IOException, InterruptedException;
    }

    private final boolean joins;
    private final int fewestCommas;
    private final Records records;
    private final List<String> held = new ArrayList<>();
    private long line;

    RecordLines(boolean joins, int columns, Records records) {
        this.joins = joins;
        this.fewestCommas = columns - 1 - (columns - 1) / 10;
        this.records = records;
    }

    /** Adds the next line, without its line feed; the first one is the header. */
    void add(String text) throws IOException, InterruptedException {
        if (!held.isEmpty() && isWhole(held.get(0)) && isWhole(text)) {
            close();
        }
        line++;
        held.add(text);
        if (!joins || PlainSale.isEnded(String.join("\n", held))) {
            send(line - held.size() + 1, String.join("\n", held));
            held.clear();
        }
    }

    /** Ends the file: lines whose quote never ended are records of their own. */
    void close() throws IOException, InterruptedException {
        for (int i = 0; i < held.size(); i++) {
            send(line - held.size() + 1 + i, held.get(i));
        }
        held.clear();
    }

    private void send(long first, String text) throws IOException, InterruptedException {
        String record = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        if (first > 1 && !record.isEmpty()) {
            records.add(first, record);
        }
    }

    private boolean isWhole(String text) {
        return text.chars().filter(sign -> sign == ',').count() >= fewestCommas;
    }
}
