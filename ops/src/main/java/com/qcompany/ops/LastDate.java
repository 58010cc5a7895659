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

    /** The date, {@code uuuu-MM-dd}; empty where there is no sale. */
    static Optional<String> of(Configuration conf) throws SQLException {
        try (Connection connection = DriverManager.getConnection(Settings.HIVE_URL.get(conf));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT MAX(transaction_date) FROM %s.%s"
                        .formatted(Settings.DATABASE.get(conf), StarSchema.SALES_TRANSACTIONS_FACT.name()))) {
            return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
        }
    }
}
