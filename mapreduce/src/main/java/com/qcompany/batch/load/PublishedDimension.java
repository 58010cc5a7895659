package com.qcompany.batch.load;

import com.qcompany.warehouse.parquet.KeyPage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The current version of a dimension, and which reducer merges which of its things: one range of keys each, of about as
 * many rows. So a reducer reads what is published of its things where it lies, and only what files show is shuffled.
 *
 * @param files its files, each in the order of key and version
 * @param starts least keys of the ranges behind the first one, ascending; fewer than reducers where there are few rows
 */
record PublishedDimension(List<File> files, List<Integer> starts) {

    /**
     * A file.
     *
     * @param path where it lies
     * @param least least key in it
     * @param greatest greatest key in it
     */
    record File(String path, int least, int greatest) {}

    /** Keys from the least to the greatest, both included. */
    record KeyRange(int least, int greatest) {

        boolean contains(int key) {
            return key >= least && key <= greatest;
        }

        boolean covers(File file) {
            return least <= file.least() && file.greatest() <= greatest;
        }

        boolean overlaps(File file) {
            return least <= file.greatest() && file.least() <= greatest;
        }
    }

    PublishedDimension {
        files = List.copyOf(files);
        starts = List.copyOf(starts);
    }

    /**
     * Divides a dimension's keys.
     *
     * @param pages pages of all files, at least one
     */
    static PublishedDimension divide(List<File> files, List<KeyPage> pages, int reducers) {
        List<KeyPage> ordered =
                pages.stream().sorted(Comparator.comparingInt(KeyPage::least)).toList();
        long all = ordered.stream().mapToLong(KeyPage::rows).sum();
        List<Integer> starts = new ArrayList<>();
        int last = ordered.get(0).least();
        long before = 0;
        for (KeyPage page : ordered) {
            boolean due = before >= all * (starts.size() + 1) / reducers;
            if (due && page.least() > last && starts.size() < reducers - 1) {
                last = page.least();
                starts.add(last);
            }
            before += page.rows();
        }
        return new PublishedDimension(files, starts);
    }

    /** Number of the reducer that merges a thing. */
    int reducerOf(int key) {
        int found = Collections.binarySearch(starts, key);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** Files that hold things of a reducer. */
    List<File> filesOf(int reducer) {
        return reducer > starts.size()
                ? List.of()
                : files.stream().filter(rangeOf(reducer)::overlaps).toList();
    }

    /** Keys of a reducer. */
    KeyRange rangeOf(int reducer) {
        return new KeyRange(
                reducer == 0 ? Integer.MIN_VALUE : starts.get(reducer - 1),
                reducer == starts.size() ? Integer.MAX_VALUE : starts.get(reducer) - 1);
    }
}
