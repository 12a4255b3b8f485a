package dev.mintmark.auth.flow;

import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.ClientEndpoint;
import dev.mintmark.auth.grant.Decision;
import dev.mintmark.auth.grant.Grant;
import dev.mintmark.auth.grant.GrantRequest;
import dev.mintmark.auth.grant.Memory;
import dev.mintmark.auth.grant.Redeemed;
import dev.mintmark.auth.grant.Remembered;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The device grant (RFC 8628) written by a stranger, with nothing but what is public. */
final class DeviceGrant implements Grant {
    static final GrantType TYPE = new GrantType("urn:ietf:params:oauth:grant-type:device_code");
    static final long INTERVAL = 5;

    private static final Kind DEVICE = new Kind("device");
    private static final Kind USER_CODE = new Kind("user-code");
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    @Override
    public GrantType type() {
        return TYPE;
    }

    @Override
    public Decision decide(GrantRequest request) {
        String handle = request.params().required("device_code");
        // RFC 8628 section 3.5 has an error of its own for expiry, which redeem() would call invalid_grant
        Optional<Remembered> known = request.memory().recall(DEVICE, handle);
        if (known.filter(row -> !row.now().isBefore(row.expires())).isPresent()) {
            return refuse("expired_token");
        }
        Redeemed device = request.redeem(DEVICE, "device_code");
        return switch (device.details().string("state").orElseThrow()) {
            case "approved" -> Decision.approve(device.authorization()).redeeming(device);
            case "denied" -> refuse(ErrorCode.ACCESS_DENIED.value());
            default -> pending(device, request.memory());
        };
    }

    private static Decision pending(Redeemed device, Memory memory) {
        long interval = device.details().number("interval").orElse(INTERVAL);
        Instant next = Instant.ofEpochMilli(device.details().number("polled").orElse(0))
                .plusSeconds(interval);
        boolean tooSoon = device.now().isBefore(next);
        Claims polled = device.details()
                .with("polled", device.now().toEpochMilli())
                .with("interval", tooSoon ? interval + 5 : interval);
        return refuse(tooSoon ? "slow_down" : "authorization_pending")
                .also(memory.rewrite(device, device.authorization(), polled));
    }

    private static Decision.Refuse refuse(String code) {
        return Decision.refuse(
                Refusal.of(new ErrorCode(code), "the device polls").saying(code.replace('_', ' ')));
    }

    /** RFC 8628 section 3.1. */
    static ClientEndpoint endpoint(AuthorizationServer server) {
        Memory memory = server.memory();
        return call -> {
            Client client = call.client();
            Scopes scope = call.params().get("scope").map(Scopes::parse).orElse(Scopes.none());
            if (!scope.stream().allMatch(client.scope()::admits)) {
                throw Refusal.of(ErrorCode.INVALID_SCOPE, "not for this client").thrown();
            }
            String device = memory.newHandle();
            String user = memory.newHandle().substring(0, 8).toUpperCase(Locale.ROOT);
            Authorization nobodyYet =
                    Authorization.ofClient(client.clientId()).scope(scope).build();
            Claims pending = Claims.of("state", "pending").with("interval", INTERVAL);
            server.apply(memory.remember(DEVICE, device, nobodyYet, pending, LIFETIME)
                    .and(memory.remember(USER_CODE, user, nobodyYet, Claims.of("device", device), LIFETIME)));
            return Claims.builder()
                    .put("device_code", device)
                    .put("user_code", user)
                    .put("verification_uri", server.issuer() + "/device")
                    .put("expires_in", LIFETIME.toSeconds())
                    .put("interval", INTERVAL)
                    .build();
        };
    }

    /** What a page would call once the person has signed in and looked at the code. */
    static boolean answer(AuthorizationServer server, String userCode, Optional<Authentication> approval) {
        Memory memory = server.memory();
        Optional<Remembered> user = memory.recall(USER_CODE, userCode).filter(Remembered::usable);
        if (user.isEmpty()) return false;
        String handle = user.get().details().string("device").orElseThrow();
        for (int attempt = 0; attempt < 3; attempt++) {
            Optional<Remembered> device = memory.recall(DEVICE, handle).filter(Remembered::usable);
            if (device.isEmpty()) return false;
            Authorization pending = device.get().authorization();
            Authorization answered = approval.map(a -> Authorization.ofUser(pending.client(), a)
                            .scope(pending.scope())
                            .build())
                    .orElse(pending);
            Claims state = device.get().details().with("state", approval.isPresent() ? "approved" : "denied");
            // A poll may have rewritten the row meanwhile: look again.
            GrantStore.Outcome outcome =
                    server.apply(memory.rewrite(device.get(), answered, state).and(memory.spend(user.get())));
            if (outcome == GrantStore.Outcome.DONE) return true;
        }
        return false;
    }
}
