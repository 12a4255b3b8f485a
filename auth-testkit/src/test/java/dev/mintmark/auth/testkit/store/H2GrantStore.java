package dev.mintmark.auth.testkit.store;

import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.Cursor;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.Lineage;
import dev.mintmark.auth.store.Selector;
import dev.mintmark.auth.store.StoreException;
import dev.mintmark.auth.store.Stored;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * A grant store in two H2 tables, READ COMMITTED, whose time is the database's.
 *
 * <p>A change looks for revocations first and then writes row by row, in the order of the keys, so that two changes never wait
 * for each other in a circle. A revocation that arrives in between is no harm: whether a row is revoked is not a column of it,
 * but asked anew whenever it is found.
 */
final class H2GrantStore implements GrantStore {
    private static final String DATABASE_TIME =
            "CAST(FLOOR(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP(9)) * 1000) AS BIGINT)";

    private static final String[] SCHEMA = {
        """
        CREATE TABLE IF NOT EXISTS stored (
          issuer VARCHAR NOT NULL, kind VARCHAR(16) NOT NULL, hash CHAR(43) NOT NULL, version BIGINT NOT NULL,
          born BIGINT NOT NULL, client VARCHAR, subject VARCHAR, session VARCHAR, offline BOOLEAN NOT NULL, family VARCHAR, token VARCHAR,
          selectors VARCHAR ARRAY NOT NULL, expires BIGINT NOT NULL, changed BIGINT NOT NULL, spent BOOLEAN NOT NULL,
          payload VARBINARY NOT NULL, PRIMARY KEY (hash, kind, issuer))""",
        "CREATE INDEX IF NOT EXISTS stored_expires ON stored (expires)",
        """
        CREATE TABLE IF NOT EXISTS revocation (
          selector VARCHAR PRIMARY KEY, born_until BIGINT NOT NULL, expires BIGINT NOT NULL)""",
        "CREATE INDEX IF NOT EXISTS revocation_expires ON revocation (expires)"
    };

    private static final String REVOKED =
            "EXISTS (SELECT 1 FROM revocation v" + " WHERE v.selector = ANY(r.selectors) AND r.born <= v.born_until)";

    private static final String KEY = "hash = ? AND kind = ? AND issuer = ?";

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final DataSource database;
    private final String now;

    H2GrantStore(DataSource database) {
        this(database, DATABASE_TIME);
    }

    /** A store that judges by another time: an SQL expression of milliseconds. */
    H2GrantStore(DataSource database, String now) {
        this.database = database;
        this.now = now;
        inTransaction(connection -> {
            for (String statement : SCHEMA) update(connection, statement);
            return true;
        });
    }

    @Override
    public Outcome apply(Change change) {
        List<Change.Write> writes = change.writes().stream()
                .sorted(Comparator.comparing((Change.Write write) -> write.key().hash())
                        .thenComparing(write -> write.key().kind().value())
                        .thenComparing(write -> write.key().issuer()))
                .toList();
        return inTransaction(connection -> {
            for (Change.Write write : writes) {
                if (revoked(connection, write.lineage())) return Outcome.REVOKED;
                if (write.before().isPresent()
                        && revoked(connection, write.before().get())) return Outcome.REVOKED;
            }
            for (Change.Write write : writes) {
                boolean written = write.version() == 0 ? insert(connection, write) : update(connection, write);
                if (written) continue;
                connection.rollback();
                return Outcome.LOST;
            }
            return Outcome.DONE;
        });
    }

    private boolean insert(Connection connection, Change.Write write) throws SQLException {
        String insert =
                "INSERT INTO stored (version, born, client, subject, session, offline, family, token, selectors, expires,"
                        + " changed, spent, payload, hash, kind, issuer) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, " + now
                        + ", ?, ?, ?, ?, ?)";
        try {
            return update(connection, insert, columns(write)) == 1;
        } catch (SQLException e) {
            if (e.getSQLState().equals("23505")) return false;
            throw e;
        }
    }

    private boolean update(Connection connection, Change.Write write) throws SQLException {
        String update =
                "UPDATE stored SET version = version + 1, born = ?, client = ?, subject = ?, session = ?, offline = ?,"
                        + " family = ?, token = ?, selectors = ?, expires = ?, changed = " + now
                        + ", spent = ?, payload = ?"
                        + " WHERE " + KEY + " AND version = ?";
        Object[] values = Stream.concat(Stream.of(columns(write)), Stream.of(write.version()))
                .toArray();
        return update(connection, update, values) == 1;
    }

    private static Object[] columns(Change.Write write) {
        Lineage lineage = write.lineage();
        Object[] values = {
            lineage.born().toEpochMilli(),
            lineage.client().orElse(null),
            lineage.subject().orElse(null),
            lineage.session().orElse(null),
            lineage.offline(),
            lineage.family().orElse(null),
            lineage.token().orElse(null),
            selectors(lineage),
            write.expires().toEpochMilli(),
            write.spent(),
            write.payload()
        };
        return Stream.concat(Stream.of(values), Stream.of(keyed(write.key()))).toArray();
    }

    @Override
    public Optional<Stored> find(GrantKey key) {
        return inTransaction(connection ->
                rows(connection, "WHERE " + KEY, keyed(key)).stream().findFirst());
    }

    @Override
    public boolean revoked(Lineage lineage) {
        return inTransaction(connection -> revoked(connection, lineage));
    }

    private static boolean revoked(Connection connection, Lineage lineage) throws SQLException {
        String covering = "SELECT 1 FROM revocation WHERE selector = ANY(?) AND born_until >= ?";
        return any(connection, covering, selectors(lineage), lineage.born().toEpochMilli());
    }

    @Override
    public List<Stored> list(Selector by, Kind kind, Optional<Cursor> after, int atMost) {
        String listed = "WHERE ? = ANY(selectors) AND kind = ? AND (born, hash) > (?, ?) AND expires > " + now
                + " ORDER BY born, hash LIMIT ?";
        long born = after.map(place -> place.born().toEpochMilli()).orElse(Long.MIN_VALUE);
        String hash = after.map(Cursor::hash).orElse("");
        return inTransaction(connection -> rows(connection, listed, text(by), kind.value(), born, hash, atMost));
    }

    @Override
    public void revoke(Selector what, Instant bornUntil, Instant until) {
        // Two that begin at once would both insert, and one of them fail: it finds the row the second time.
        for (int attempt = 0; ; attempt++) {
            try {
                merge(text(what), bornUntil.toEpochMilli(), until.toEpochMilli());
                return;
            } catch (StoreException e) {
                if (attempt == 3
                        || !(e.getCause() instanceof SQLException cause
                                && cause.getSQLState().equals("23505"))) {
                    throw e;
                }
            }
        }
    }

    private void merge(String selector, long bornUntil, long until) {
        String widen = "UPDATE revocation SET born_until = GREATEST(born_until, ?), expires = GREATEST(expires, ?)"
                + " WHERE selector = ?";
        String begin = "INSERT INTO revocation (born_until, expires, selector) VALUES (?, ?, ?)";
        inTransaction(connection -> update(connection, widen, bornUntil, until, selector) == 1
                || update(connection, begin, bornUntil, until, selector) == 1);
    }

    @Override
    public int purge(int atMost) {
        String expired = " WHERE expires < " + now + " FETCH FIRST ? ROWS ONLY";
        return inTransaction(connection -> {
            // Rows first: none may be left behind without the revocation that covers it.
            int rows = update(connection, "DELETE FROM stored" + expired, atMost);
            return rows + update(connection, "DELETE FROM revocation" + expired, atMost - rows);
        });
    }

    private List<Stored> rows(Connection connection, String where, Object... values) throws SQLException {
        String select = "SELECT r.*, " + now + " AS time_now, " + REVOKED + " AS revoked FROM stored r " + where;
        try (PreparedStatement statement = prepared(connection, select, values);
                ResultSet row = statement.executeQuery()) {
            List<Stored> all = new ArrayList<>();
            while (row.next()) all.add(stored(row));
            return all;
        }
    }

    private static Stored stored(ResultSet row) throws SQLException {
        String issuer = row.getString("issuer");
        Lineage lineage = Lineage.of(issuer, Instant.ofEpochMilli(row.getLong("born")))
                .withSubject(Optional.ofNullable(row.getString("subject")))
                .withSession(Optional.ofNullable(row.getString("session")))
                .withOffline(row.getBoolean("offline"))
                .withFamily(Optional.ofNullable(row.getString("family")))
                .withToken(Optional.ofNullable(row.getString("token")));
        String client = row.getString("client");
        Change.Write written = Change.Write.insert(
                        new GrantKey(issuer, new Kind(row.getString("kind")), row.getString("hash")),
                        client == null ? lineage : lineage.withClient(client),
                        Instant.ofEpochMilli(row.getLong("expires")),
                        row.getBytes("payload"))
                .withVersion(row.getLong("version"));
        return new Stored(
                row.getBoolean("spent") ? written.spending() : written,
                Instant.ofEpochMilli(row.getLong("changed")),
                row.getBoolean("revoked"),
                Instant.ofEpochMilli(row.getLong("time_now")));
    }

    private static Object[] keyed(GrantKey key) {
        return new Object[] {key.hash(), key.kind().value(), key.issuer()};
    }

    private static String[] selectors(Lineage lineage) {
        return lineage.selectors().stream().map(H2GrantStore::text).toArray(String[]::new);
    }

    /** One text for a selector: the length says where the issuer ends. */
    private static String text(Selector selector) {
        return selector.by() + " " + selector.issuer().length() + " " + selector.issuer() + " " + selector.value();
    }

    private static boolean any(Connection connection, String select, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(connection, select, values);
                ResultSet found = statement.executeQuery()) {
            return found.next();
        }
    }

    private static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
        return statement;
    }

    private <T> T inTransaction(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new StoreException("the database cannot answer", e);
        }
    }
}
