package dev.mintmark.auth.testkit.store;

import dev.mintmark.auth.store.AttemptStore;
import dev.mintmark.auth.store.InMemoryAttemptStore;
import java.time.Clock;

final class InMemoryAttemptStoreTest extends AttemptStoreContract {
    @Override
    protected AttemptStore store(Clock clock, int capacity) {
        return new InMemoryAttemptStore(clock, capacity);
    }
}
