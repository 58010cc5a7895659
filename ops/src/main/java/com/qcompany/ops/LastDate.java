package com.qcompany.ops;

import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.schema.StarSchema;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** The newest date with sales, for a demo that cannot know what its groups hold. */
final class LastDate {

    private LastDate() {}

    /** Date of the fact's last partition, {@code uuuu-MM-dd}; empty where it has none. */
    static Optional<String> of(Configuration conf) throws SQLException {
        Optional<String> last = Optional.empty();
        try (Connection connection = DriverManager.getConnection(Settings.HIVE_URL.get(conf));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW PARTITIONS %s.%s"
                        .formatted(Settings.DATABASE.get(conf), StarSchema.SALES_TRANSACTIONS_FACT.name()))) {
            while (rows.next()) { // in the order of their names
                String partition = rows.getString(1);
                last = Optional.of(partition.substring(partition.indexOf('=') + 1));
            }
        }
        return last;
    }
}
