package com.qcompany.stream.consume;

import com.qcompany.stream.Manifest;
import com.qcompany.stream.Manifest.StagedFile;
import com.qcompany.stream.compact.PartitionRegistrar;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Sees to it that Hive gets to know the partitions of tables that an epoch publishes files to. */
record PublishedPartitions(PartitionRegistrar registrar) {

    private static final String TABLES = "tables";
    private static final int AFTER_TABLE = 2;

    /** Remembers them, durably, before the epoch counts as published; being told again changes nothing. */
    void published(Manifest manifest) throws IOException {
        for (StagedFile file : manifest.files()) {
            List<String> path = Arrays.asList(file.target().split("/", -1));
            if (path.get(0).equals(TABLES)) {
                Table table = StarSchema.table(path.get(1));
                registrar.remember(
                        table,
                        path.subList(AFTER_TABLE, path.size() - 1).stream()
                                .map(directory -> directory.substring(directory.indexOf('=') + 1))
                                .toList());
            }
        }
    }
}
