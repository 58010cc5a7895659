package com.qcompany.balance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins the lines of a file to records. A line whose quote stays open takes in the next ones, unless both look like a
 * record already, or no parser accepts what they are together: then the quote is a stray one, and the line a record.
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
        line++;
        held.add(text);
        if (held.size() > 1 && isWhole(held.get(0)) && isWhole(text)) {
            sendFirst();
        } else if (held.size() == 1 || text.indexOf('"') >= 0) {
            String joined = String.join("\n", held);
            if (!joins || PlainSale.isCsv(joined)) {
                send(line - held.size() + 1, joined);
                held.clear();
            } else if (!PlainSale.isOpen(joined)) {
                sendFirst();
            }
        }
    }

    /** Ends the file: a line whose quote never ended is a record of its own. */
    void close() throws IOException, InterruptedException {
        while (!held.isEmpty()) {
            sendFirst();
        }
    }

    /** Sends the first line alone, and looks at the others again. */
    private void sendFirst() throws IOException, InterruptedException {
        List<String> others = List.copyOf(held.subList(1, held.size()));
        line -= others.size();
        send(line, held.get(0));
        held.clear();
        for (String next : others) {
            add(next);
        }
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
