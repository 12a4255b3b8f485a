package dev.mintmark.auth.bank;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The right time, or one that was right some while ago: what is done then is old now. */
final class Lagging extends Clock {
    private volatile Duration by = Duration.ZERO;

    void by(Duration value) {
        by = value;
    }

    @Override
    public Instant instant() {
        return Instant.now().minus(by);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the server knows no zones");
    }
}
