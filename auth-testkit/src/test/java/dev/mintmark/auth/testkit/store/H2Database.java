package dev.mintmark.auth.testkit.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/** A database in memory, gone when it is closed. */
final class H2Database implements AutoCloseable {
    private final JdbcConnectionPool pool = JdbcConnectionPool.create(
            "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=30000", "sa", "");

    H2Database() {
        pool.setMaxConnections(16);
    }

    DataSource connections() {
        return pool;
    }

    /** The database's own time. */
    Clock time() {
        return new Clock() {
            @Override
            public Instant instant() {
                try (Connection connection = pool.getConnection();
                        Statement statement = connection.createStatement();
                        var row = statement.executeQuery("SELECT CURRENT_TIMESTAMP(9)")) {
                    row.next();
                    return row.getObject(1, Instant.class);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("the database is in UTC");
            }
        };
    }

    @Override
    public void close() {
        execute("SHUTDOWN IMMEDIATELY");
        pool.dispose();
    }

    void execute(String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
