package com.qcompany.hive;

import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.state.Catalog;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/** Opens the catalog that a configuration asks for. */
public final class Catalogs {

    private Catalogs() {}

    /** Hive's catalog where {@code q.hive.url} is set; otherwise one that leaves registering to {@code q repair}. */
    public static Catalog open(Configuration conf) throws IOException {
        return Settings.HIVE_URL.find(conf).isPresent() ? HiveCatalog.open(conf) : new DeferredCatalog();
    }
}
