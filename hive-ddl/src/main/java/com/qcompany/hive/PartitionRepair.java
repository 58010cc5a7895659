package com.qcompany.hive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/**
 * What makes the registered partitions of a table those that are published.
 *
 * @param missing published partitions that are not registered
 * @param moved published partitions that are registered elsewhere, with their published location
 * @param gone registered partitions that are not published
 */
record PartitionRepair(Map<List<String>, Path> missing, Map<List<String>, Path> moved, List<List<String>> gone) {

    /**
     * Compares.
     *
     * @param published location by partition values
     * @param registered values of all registered partitions
     * @param locations where they are registered, as far as it is known
     */
    static PartitionRepair plan(
            Map<List<String>, Path> published, Set<List<String>> registered, Map<List<String>, Path> locations) {
        Map<List<String>, Path> missing = new TreeMap<>(PartitionRepair::compare);
        Map<List<String>, Path> moved = new TreeMap<>(PartitionRepair::compare);
        published.forEach((values, location) -> {
            if (!registered.contains(values)) {
                missing.put(values, location);
            } else if (!location.equals(locations.get(values))) {
                moved.put(values, location);
            }
        });
        List<List<String>> gone = new ArrayList<>(registered);
        gone.removeAll(published.keySet());
        gone.sort(PartitionRepair::compare);
        return new PartitionRepair(missing, moved, gone);
    }

    private static int compare(List<String> left, List<String> right) {
        return String.join("/", left).compareTo(String.join("/", right));
    }
}
