package dev.mintmark.auth.testkit.store;

import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.Lineage;
import dev.mintmark.auth.store.Stored;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** Everything about a row that depends neither on when it is looked at nor on what is revoked: to compare rows by. */
record Facts(GrantKey key, long version, List<Object> lineage, Instant expires, boolean spent, String payload) {
    static Facts of(Stored found) {
        return new Facts(
                found.key(),
                found.version(),
                parts(found.lineage()),
                found.expires(),
                found.spent(),
                text(found.payload()));
    }

    /** The row as it should be found once the write is done. */
    static Facts after(Change.Write write) {
        return new Facts(
                write.key(),
                write.version() + 1,
                parts(write.lineage()),
                write.expires(),
                write.spent(),
                text(write.payload()));
    }

    private static List<Object> parts(Lineage lineage) {
        return List.of(
                lineage.issuer(),
                lineage.born(),
                lineage.client(),
                lineage.subject(),
                lineage.session(),
                lineage.offline(),
                lineage.family(),
                lineage.token());
    }

    private static String text(byte[] payload) {
        return Base64.getEncoder().encodeToString(payload);
    }
}
