package dev.mintmark.auth.testkit.store;

import dev.mintmark.auth.store.GrantStore;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;

final class H2GrantStoreTest extends GrantStoreContract {
    private final H2Database database = new H2Database();

    @Override
    protected GrantStore store(Clock clock) {
        return new H2GrantStore(database.connections());
    }

    @Override
    protected Clock timeOf(GrantStore made, Clock given) {
        return database.time();
    }

    @Override
    protected int rounds() {
        return 50;
    }

    @AfterEach
    void shutDown() {
        database.close();
    }
}
