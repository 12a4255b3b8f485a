package dev.mintmark.auth;

import dev.mintmark.auth.AuthorizationRules.Wanted;
import dev.mintmark.auth.grant.ClientCall;
import dev.mintmark.auth.grant.DeviceCodeGrant;
import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.GrantStore;
import dev.mintmark.auth.store.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Devices without a browser (RFC 8628): one row for the device, which asks, and one for the code that a person types. */
final class Devices implements ClientEndpoint {
    /** RFC 8628 section 6.1: no vowels, so no words; no two that look alike. */
    private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

    private static final int LENGTH = 8;
    private static final int ATTEMPTS = 3;
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    /** In the details of a user code: the device's own. */
    private static final String DEVICE = "device";

    private static final String USER_CODE = "user_code";

    /** Whether the scope was asked for, and not a default. */
    private static final String ASKED = "asked_scope";

    private final Duration lifetime;
    private final URI verification;
    private final ScopeRules scopes;
    private final EngineMemory memory;
    private final Function<String, Optional<Client>> clients;
    private final EnginePeople people;

    Devices(
            Duration lifetime,
            URI verification,
            ScopeRules scopes,
            EngineMemory memory,
            Function<String, Optional<Client>> clients,
            EnginePeople people) {
        this.lifetime = lifetime;
        this.verification = verification;
        this.scopes = scopes;
        this.memory = memory;
        this.clients = clients;
        this.people = people;
    }

    /** Section 3.1: a device asks to be asked for. */
    @Override
    public Claims call(ClientCall call) {
        Client client = call.client();
        if (!client.grantTypes().contains(GrantType.DEVICE_CODE)) {
            throw Refusal.of(ErrorCode.UNAUTHORIZED_CLIENT, client + " may not use " + GrantType.DEVICE_CODE)
                    .thrown();
        }
        Authorization asking = Authorization.ofClient(client.clientId())
                .scope(scopes.orDefault(scopes.requested(client, call.params()), client))
                .resources(scopes.resources(client, call.params()))
                .build();
        // Anyone can say to be a public client.
        if (client.isPublic()) people.visited(call.remoteAddress());
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            String device = memory.newHandle();
            String typed = newUserCode();
            Claims details = Claims.of(DeviceCodeGrant.STATE, DeviceCodeGrant.PENDING)
                    .with(DeviceCodeGrant.ENDS, memory.now().plus(lifetime).toEpochMilli())
                    .with(DeviceCodeGrant.INTERVAL, INTERVAL.toSeconds())
                    .with(USER_CODE, typed)
                    .with(ASKED, call.params().get("scope").isPresent());
            // The device's row stays after its end: expired_token, and not invalid_grant.
            Change change = memory.remember(Kind.DEVICE_CODE, device, asking, details, lifetime.multipliedBy(2))
                    .and(memory.remember(Kind.USER_CODE, keyed(typed), asking, Claims.of(DEVICE, device), lifetime));
            if (memory.apply(change) == GrantStore.Outcome.DONE) return told(device, typed);
        }
        throw busy();
    }

    /** Section 3.2. */
    private Claims told(String device, String typed) {
        return Claims.builder()
                .put("device_code", device)
                .put("user_code", typed)
                .put("verification_uri", verification.toString())
                .put("verification_uri_complete", verification + "?user_code=" + typed)
                .put("expires_in", lifetime.toSeconds())
                .put("interval", INTERVAL.toSeconds())
                .build();
    }

    private String newUserCode() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            if (i == LENGTH / 2) code.append('-');
            code.append(LETTERS.charAt(memory.randomBelow(LETTERS.length())));
        }
        return code.toString();
    }

    /** Section 6.1: however a person writes it. So few letters are no secret to whoever reads hashes: a MAC names the row. */
    private String keyed(String typed) {
        return memory.mac(Kind.USER_CODE, typed.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", ""));
    }

    /** What a code stands for, if somebody may still answer. */
    Optional<Target.Device> typed(String code) {
        return memory.find(memory.key(Kind.USER_CODE, keyed(code)))
                .filter(Held::usable)
                .flatMap(row -> row.details().string(DEVICE))
                .flatMap(this::device);
    }

    Optional<Target.Device> device(String deviceCode) {
        return waiting(deviceCode)
                .flatMap(row -> clients.apply(row.authorization().client())
                        .map(client -> new Target.Device(
                                client,
                                deviceCode,
                                row.details().string(USER_CODE).orElseThrow())));
    }

    private Optional<Held> waiting(String deviceCode) {
        return memory.find(memory.key(Kind.DEVICE_CODE, deviceCode))
                .filter(Held::usable)
                .filter(row -> row.now().toEpochMilli()
                        < row.details().number(DeviceCodeGrant.ENDS).orElseThrow())
                .filter(row ->
                        row.details().string(DeviceCodeGrant.STATE).equals(Optional.of(DeviceCodeGrant.PENDING)));
    }

    /** What a person is asked for: always asked, whatever was allowed before (section 5.4). */
    Wanted wanted(Target.Device target) {
        Held row = waiting(target.deviceCode()).orElseThrow(Devices::gone);
        Authorization asking = row.authorization();
        Client client = target.client();
        Params params =
                row.details().isTrue(ASKED) ? Params.of("scope", asking.scope().toString()) : Params.none();
        return new Wanted(
                target,
                asking.scope(),
                asking.resources(),
                Optional.empty(),
                Set.of("consent"),
                client.defaultMaxAge(),
                client.defaultAcrValues(),
                false,
                RequestedClaims.none(),
                Optional.empty(),
                params);
    }

    /** A person says yes: from now on the device's row is that person's. */
    Change approved(Target.Device target, Authorization granted) {
        return answered(target, DeviceCodeGrant.APPROVED, Optional.of(granted));
    }

    /** A person says no. A question of the device may come between: then again. */
    void denied(Target.Device target) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (memory.apply(answered(target, DeviceCodeGrant.DENIED, Optional.empty())) == GrantStore.Outcome.DONE)
                return;
        }
        throw busy();
    }

    private Change answered(Target.Device target, String state, Optional<Authorization> granted) {
        Held row = waiting(target.deviceCode()).orElseThrow(Devices::gone);
        Change change = memory.rewrite(
                row, granted.orElse(row.authorization()), row.details().with(DeviceCodeGrant.STATE, state));
        Optional<Held> typed = memory.find(memory.key(Kind.USER_CODE, keyed(target.userCode())))
                .filter(Held::usable);
        return typed.map(code -> change.and(memory.spend(code))).orElse(change);
    }

    static Refused gone() {
        return Refusal.of(ErrorCode.INVALID_REQUEST, "the device does not wait any more")
                .about(USER_CODE)
                .saying("the device does not wait any more")
                .thrown();
    }

    private static Refused busy() {
        return Refusal.of(ErrorCode.TEMPORARILY_UNAVAILABLE, "lost " + ATTEMPTS + " races")
                .retryAfter(Duration.ofSeconds(1))
                .thrown();
    }
}
