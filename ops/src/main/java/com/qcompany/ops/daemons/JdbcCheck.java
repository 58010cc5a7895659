package com.qcompany.ops.daemons;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * Has a server answer {@code SELECT 1}.
 *
 * @param url JDBC URL
 * @param properties of the connection: user, password, time limits
 */
record JdbcCheck(String url, Properties properties) implements HealthCheck {

    @Override
    public String state() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, properties);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
            return UP;
        }
    }
}
