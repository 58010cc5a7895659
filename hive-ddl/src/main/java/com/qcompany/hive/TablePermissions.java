package com.qcompany.hive;

import com.qcompany.warehouse.command.Setting;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.Layout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Who may read which table, by HDFS: the directory of each, which nobody gets past, belongs to one group, which may read
 * and not write (0750). Files that are published later lie below it, so nothing is to be done for them.
 *
 * <p>Tables that hold people's names, and what holds rows as they were received (raw zone, staging, stream), are of
 * {@link Settings#PEOPLE_GROUP}, the others of {@link Settings#READERS_GROUP}. Without these settings nothing changes.
 * Setting them again changes nothing more. HDFS lets the owner give a directory only to a group that he is in.
 */
record TablePermissions(FileSystem fs, Layout layout, Configuration conf) {

    private static final FsPermission GROUP_READS = new FsPermission((short) 0750);
    /** Columns with names, and rows as received, in which there are names. */
    private static final Set<Table> PEOPLE = Set.of(
            StarSchema.CUSTOMER_DIM,
            StarSchema.SALES_AGENT_DIM,
            StarSchema.REJECTED_ROWS,
            StarSchema.WAITING_ROWS,
            StarSchema.REJECTED_EVENTS);

    private static final List<String> AS_RECEIVED = List.of("raw", "staging", "stream");

    /** Sets them; returns what was set, a sentence each. */
    List<String> apply() throws IOException {
        List<String> set = new ArrayList<>();
        for (Map.Entry<Path, String> directory : groups().entrySet()) {
            fs.mkdirs(directory.getKey());
            fs.setOwner(directory.getKey(), null, directory.getValue());
            fs.setPermission(directory.getKey(), GROUP_READS);
            set.add("%s is read by group %s alone".formatted(directory.getKey(), directory.getValue()));
        }
        return set;
    }

    private SortedMap<Path, String> groups() {
        SortedMap<Path, String> groups = new TreeMap<>();
        for (Table table : StarSchema.STORED_TABLES) {
            Setting<String> group = PEOPLE.contains(table) ? Settings.PEOPLE_GROUP : Settings.READERS_GROUP;
            group.find(conf).ifPresent(name -> groups.put(layout.table(table), name));
        }
        Settings.PEOPLE_GROUP
                .find(conf)
                .ifPresent(name -> AS_RECEIVED.forEach(kind -> groups.put(new Path(layout.root(), kind), name)));
        return groups;
    }
}
