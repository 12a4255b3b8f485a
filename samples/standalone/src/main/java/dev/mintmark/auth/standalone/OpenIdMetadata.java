package dev.mintmark.auth.standalone;

import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads what OpenID Connect, RFC 9126 and the logouts add to a client's metadata: what matters where people use browsers. */
final class OpenIdMetadata {
    /** Those that have no meaning where nobody signs in with a browser. */
    private static final String[] OF_BROWSERS = {
        "post_logout_redirect_uris",
        "backchannel_logout_uri",
        "default_max_age",
        "default_acr_values",
        "sector_identifier_uri",
        "userinfo_signed_response_alg"
    };

    /** RFC 7518 section 3.2. */
    private static final int LEAST_KEY = 32;

    private static final String PAIRWISE = "pairwise";
    private static final Duration LONGEST_AGE = Duration.ofDays(3650);

    private final Section s;
    private final Client.Builder client;

    OpenIdMetadata(Section s, Client.Builder client) {
        this.s = s;
        this.client = client;
    }

    /** Of a client of a server with pages. */
    void read() {
        s.read("require_consent", Value::bool).ifPresent(client::requireConsent);
        s.find("post_logout_redirect_uris")
                .ifPresent(v -> client.postLogoutRedirectUris(
                        ClientReader.uris(v, uri -> ClientReader.probe().postLogoutRedirectUris(uri))));
        // Whoever writes the file is trusted.
        s.find("backchannel_logout_uri")
                .flatMap(v -> ClientReader.uri(
                        v,
                        uri -> ClientReader.probe()
                                .allowInsecureBackchannelLogout()
                                .backchannelLogoutUri(uri)))
                .ifPresent(uri -> client.allowInsecureBackchannelLogout().backchannelLogoutUri(uri));
        s.read("default_max_age", OpenIdMetadata::age).ifPresent(client::defaultMaxAge);
        s.find("default_acr_values")
                .ifPresent(v -> client.defaultAcrValues(v.each(Value::text).toArray(String[]::new)));
        s.read("require_pushed_authorization_requests", Value::bool)
                .filter(required -> required)
                .ifPresent(required -> client.requirePushedAuthorizationRequests());
        s.read("userinfo_signed_response_alg", Signing::algorithm).ifPresent(client::userinfoSignedResponseAlg);
        subjects();
        always();
    }

    /** Of a client of an API that has no pages: what asks for nothing may stand there, the rest is in vain. */
    void readWithoutPages() {
        s.notForApi("require_consent", false);
        s.notForApi("require_pushed_authorization_requests", false);
        s.notForApi("subject_type", "public");
        s.notForApi(OF_BROWSERS);
        always();
    }

    /** Sign-ins have a time, and sessions a name, whether or not a client insists. */
    private void always() {
        s.read("require_auth_time", Value::bool);
        s.read("backchannel_logout_session_required", Value::bool);
    }

    private static Optional<Duration> age(Value value) {
        Optional<Duration> read = value.duration();
        Optional<Duration> sane = read.filter(d -> !d.isNegative() && d.compareTo(LONGEST_AGE) <= 0);
        if (read.isPresent() && sane.isEmpty()) value.fault("must be from nothing to ten years");
        return sane;
    }

    private void subjects() {
        Optional<String> type = s.read("subject_type", v -> v.oneOf(List.of("public", PAIRWISE)));
        Optional<Value> sector = s.find("sector_identifier_uri");
        Optional<URI> named = sector.flatMap(Value::uri);
        if (type.equals(Optional.of(PAIRWISE))) {
            if (named.isPresent()) client.pairwise(named.get());
            else if (sector.isEmpty()) client.pairwise();
        } else if (type.isPresent() || s.find("subject_type").isEmpty()) {
            sector.ifPresent(v -> v.fault("is for clients whose subject_type is pairwise"));
        }
    }

    /** OpenID Connect Core section 10.1: with HS256 the client's secret is the key. */
    static void secretAsKey(Section s, Client.Builder client) {
        List<Value> symmetric = List.of("id_token_signed_response_alg", "userinfo_signed_response_alg").stream()
                .flatMap(name -> s.find(name).stream())
                .filter(v -> v.json().equals(Optional.of(SigningAlgorithm.HS256.alg())))
                .toList();
        if (symmetric.isEmpty()) return;
        Optional<Value> secret = s.find("client_secret");
        if (secret.isEmpty()) symmetric.forEach(v -> v.fault("is HS256, which needs a client_secret in the clear"));
        secret.flatMap(v -> v.text().filter(text -> isLong(text, v))).ifPresent(client::rawSecret);
    }

    private static boolean isLong(String text, Value value) {
        boolean enough = text.getBytes(StandardCharsets.UTF_8).length >= LEAST_KEY;
        if (!enough) value.fault("is a key for HS256, and must have at least 32 bytes");
        return enough;
    }

    /** The algorithms that clients ask for, for ID tokens and for UserInfo: the same keys sign both. */
    static List<SigningAlgorithm> algorithms(List<Client> clients) {
        List<Function<Client, Optional<SigningAlgorithm>>> both =
                List.of(Client::idTokenSignedResponseAlg, Client::userinfoSignedResponseAlg);
        return clients.stream()
                .flatMap(client -> both.stream().flatMap(one -> one.apply(client).stream()))
                .distinct()
                .toList();
    }
}
