package com.qcompany.hive;

import com.qcompany.warehouse.schema.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/**
 * Reads the locations of a table's partitions out of {@code EXPLAIN EXTENDED} of a query on all of it: the one statement
 * of Hive that tells them for all partitions together. DESCRIBE needs a statement each, as moving a partition does.
 *
 * <p>The text of a plan is no interface. A partition whose location is not recognised is missing from the answer, and
 * its reader has to treat it as being elsewhere.
 */
final class RegisteredLocations {

    private static final String VALUES = "partition values:";
    private static final String LOCATION = "location ";

    private RegisteredLocations() {}

    /** Location by partition values, from the lines of the plan. */
    static Map<List<String>, Path> parse(Table table, List<String> plan) {
        Map<List<String>, Path> locations = new HashMap<>();
        List<String> partition = List.of();
        for (int i = 0; i < plan.size(); i++) {
            String line = plan.get(i).strip();
            if (line.equals(VALUES)) {
                partition = values(table, plan, i + 1);
            } else if (line.startsWith(LOCATION) && !partition.isEmpty()) {
                locations.put(partition, new Path(line.substring(LOCATION.length())));
                partition = List.of();
            }
        }
        return locations;
    }

    private static List<String> values(Table table, List<String> plan, int from) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < table.partitionColumns().size() && from + i < plan.size(); i++) {
            String line = plan.get(from + i).strip();
            String head = table.partitionColumns().get(i).name() + " ";
            if (!line.startsWith(head)) {
                return List.of();
            }
            values.add(line.substring(head.length()));
        }
        return values;
    }
}
