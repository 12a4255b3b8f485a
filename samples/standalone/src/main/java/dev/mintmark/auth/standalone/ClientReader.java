package dev.mintmark.auth.standalone;

import dev.mintmark.auth.client.ClientAuthMethod;
import dev.mintmark.auth.client.ClientSecretBasic;
import dev.mintmark.auth.client.ClientSecretPost;
import dev.mintmark.auth.client.PublicClient;
import dev.mintmark.auth.profile.ScreeningEagleProfile;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.protocol.User;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads a client, by the metadata names of RFC 7591. */
final class ClientReader {
    private static final Map<String, ClientAuthMethod> METHODS = Map.of(
            "client_secret_basic",
            new ClientSecretBasic(),
            "client_secret_post",
            new ClientSecretPost(),
            "none",
            new PublicClient());
    private static final Set<String> METHODS_NOT_BUILT =
            Set.of("client_secret_jwt", "private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth");
    private static final Set<GrantType> GRANTS = Set.of(
            GrantType.AUTHORIZATION_CODE,
            GrantType.REFRESH_TOKEN,
            GrantType.CLIENT_CREDENTIALS,
            GrantType.PASSWORD,
            GrantType.MFA_OTP,
            GrantType.MFA_OOB,
            GrantType.MFA_RECOVERY_CODE,
            GrantType.DEVICE_CODE);

    private static final Set<String> GRANTS_NOT_BUILT = Set.of("urn:ietf:params:oauth:grant-type:token-exchange");

    /** What describes a client to people and to policies, and changes nothing else. */
    private static final List<String> DESCRIPTIONS =
            List.of("client_uri", "logo_uri", "tos_uri", "policy_uri", "contacts", "software_id", "software_version");

    /** Registered names (RFC 7591, RFC 8705, RFC 9126, RFC 9449, OpenID Connect) whose functions do not exist yet. */
    private static final String[] NOT_BUILT = {
        "application_type",
        "authorization_details_types",
        "authorization_encrypted_response_alg",
        "authorization_encrypted_response_enc",
        "authorization_signed_response_alg",
        "backchannel_authentication_request_signing_alg",
        "backchannel_client_notification_endpoint",
        "backchannel_token_delivery_mode",
        "backchannel_user_code_parameter",
        "frontchannel_logout_session_required",
        "frontchannel_logout_uri",
        "id_token_encrypted_response_alg",
        "id_token_encrypted_response_enc",
        "initiate_login_uri",
        "introspection_encrypted_response_alg",
        "introspection_encrypted_response_enc",
        "introspection_signed_response_alg",
        "jwks",
        "jwks_uri",
        "request_object_encryption_alg",
        "request_object_encryption_enc",
        "request_object_signing_alg",
        "request_uris",
        "software_statement",
        "tls_client_auth_san_dns",
        "tls_client_auth_san_email",
        "tls_client_auth_san_ip",
        "tls_client_auth_san_uri",
        "tls_client_auth_subject_dn",
        "token_endpoint_auth_signing_alg",
        "userinfo_encrypted_response_alg",
        "userinfo_encrypted_response_enc"
    };

    private final Profiles.Accent accent;
    private final Hashes hashes;
    private final Optional<List<User>> users;

    /** With the users, if they are written and could all be read. */
    ClientReader(Profiles.Accent accent, Hashes hashes, Optional<List<User>> users) {
        this.accent = accent;
        this.hashes = hashes;
        this.users = users;
    }

    Optional<Client> read(Value value) {
        return value.section().flatMap(this::read);
    }

    private Optional<Client> read(Section s) {
        int before = s.at().faults().count();
        String id = s.required("client_id", Value::text).orElse("unnamed");
        Client.Builder client = Client.of(id);
        s.read("client_name", Value::text).ifPresent(client::clientName);
        hashes.read(s, "client_secret").ifPresent(client::secret);
        client.tokenEndpointAuthMethod(
                s.read("token_endpoint_auth_method", ClientReader::method).orElse(accent.authMethod()));
        s.find("grant_types").map(v -> v.each(this::grant)).ifPresent(types -> {
            client.grantTypes(types.toArray(GrantType[]::new));
            if (types.contains(GrantType.AUTHORIZATION_CODE)) redirected(s);
        });
        s.find("response_types").ifPresent(v -> v.each(item -> item.oneOf(List.of("code"))));
        s.find("redirect_uris")
                .ifPresent(v -> client.redirectUris(
                        uris(v, uri -> probe().allowInsecureHttpRedirects().redirectUris(uri))));
        s.find("resources").ifPresent(v -> client.resources(uris(v, uri -> probe().resources(uri))));
        s.find("scope").ifPresent(v -> v.as(client::scope));
        s.read("access_token_lifetime", Lifetimes::positive).ifPresent(client::accessTokenLifetime);
        s.read("refresh_token_lifetime", Lifetimes::positive).ifPresent(client::refreshTokenLifetime);
        s.read("id_token_signed_response_alg", Signing::algorithm).ifPresent(client::idTokenSignedResponseAlg);
        client.metadata(metadata(s)).allowInsecureHttpRedirects(); // whoever writes the file is trusted
        OpenIdMetadata more = new OpenIdMetadata(s, client);
        if (accent.has(Profiles.Trait.PAGES)) more.read();
        else more.readWithoutPages();
        OpenIdMetadata.secretAsKey(s, client);
        s.notBuiltUnless("dpop_bound_access_tokens", false);
        s.notBuiltUnless("tls_client_certificate_bound_access_tokens", false);
        s.notBuiltUnless("require_signed_request_object", false);
        s.notBuilt(NOT_BUILT);
        s.end();
        boolean sound = s.at().faults().count() == before && !s.at().isUnknown();
        return built(s, id, client, sound).filter(built -> sound);
    }

    private static void redirected(Section s) {
        if (s.find("redirect_uris")
                .filter(v -> !v.isList() || !v.items().isEmpty())
                .isEmpty()) {
            s.find("grant_types").ifPresent(v -> v.fault("has authorization_code, which needs redirect_uris"));
        }
    }

    /** The URIs of a list. */
    static URI[] uris(Value list, Function<URI, Client.Builder> alone) {
        return list.each(item -> uri(item, alone)).toArray(URI[]::new);
    }

    /** A URI, tried alone, so that a complaint names its place. */
    static Optional<URI> uri(Value item, Function<URI, Client.Builder> alone) {
        return item.uri().filter(uri -> {
            try {
                alone.apply(uri).build();
                return true;
            } catch (IllegalArgumentException e) {
                String words = String.valueOf(e.getMessage());
                item.fault(words.substring(Math.max(0, words.indexOf(" must ") + 1)));
                return false;
            }
        });
    }

    static Client.Builder probe() {
        return Client.of("probe").tokenEndpointAuthMethod("none");
    }

    private static Optional<String> method(Value value) {
        Optional<String> method = value.text();
        method.filter(m -> !METHODS.containsKey(m))
                .ifPresent(m -> value.fault(
                        METHODS_NOT_BUILT.contains(m) ? m + " is not built yet" : m + " is no method of this server"));
        return method.filter(METHODS::containsKey);
    }

    private Optional<GrantType> grant(Value value) {
        Optional<GrantType> type = value.text().map(GrantType::new);
        type.filter(t -> !GRANTS.contains(t)).ifPresent(t -> value.fault(notOffered(t.value())));
        boolean device = type.equals(Optional.of(GrantType.DEVICE_CODE));
        if (device && !accent.has(Profiles.Trait.PAGES)) value.fault(Section.NO_PAGES);
        return type.filter(GRANTS::contains);
    }

    private static String notOffered(String grant) {
        if (grant.equals("implicit")) return "implicit is not offered (RFC 9700 section 2.1.2)";
        return GRANTS_NOT_BUILT.contains(grant)
                ? "the grant " + grant + " is not built yet"
                : grant + " is not a grant of this server";
    }

    private Claims metadata(Section s) {
        Claims.Builder metadata = Claims.builder();
        for (String name : DESCRIPTIONS) metadata.put(name, s.read(name, Value::json));
        if (accent.has(Profiles.Trait.ACTING)) metadata.put(ScreeningEagleProfile.ACTS_FOR, actsFor(s));
        return metadata.build();
    }

    /** As written; otherwise the first user. */
    private Optional<String> actsFor(Section s) {
        Optional<Value> written = s.find(ScreeningEagleProfile.ACTS_FOR);
        List<String> known =
                users.orElse(List.of()).stream().map(User::toString).toList();
        if (written.isEmpty()) return known.stream().findFirst();
        Optional<String> sub = written.get().as(Subject.OfUser::new).map(Subject.OfUser::value);
        if (users.isPresent() && sub.filter(named -> !known.contains(named)).isPresent()) {
            written.get().fault("is the sub of no user of this server");
        }
        return sub;
    }

    /**
     * The library's own complaints, each brought to the key that it begins with. Those about no single key may only come of
     * what could not be read, and are kept for a client that is otherwise sound.
     */
    private static Optional<Client> built(Section s, String id, Client.Builder client, boolean sound) {
        try {
            return Optional.of(client.build());
        } catch (IllegalArgumentException e) {
            String said = String.valueOf(e.getMessage());
            String begin = "client " + id + ": ";
            String words = said.startsWith(begin) ? said.substring(begin.length()) : said;
            for (String complaint : words.split("; ", -1)) {
                String first = complaint.split(" ", 2)[0];
                Optional<Value> key = s.find(first).filter(v -> complaint.startsWith(first + " must"));
                key.ifPresent(v -> v.fault(complaint.substring(first.length() + 1)));
                if (key.isEmpty() && sound) s.at().fault(complaint);
            }
            return Optional.empty();
        }
    }

    /** The methods that clients are registered for. */
    static List<ClientAuthMethod> methods(List<Client> clients) {
        return clients.stream()
                .map(Client::tokenEndpointAuthMethod)
                .distinct()
                .map(METHODS::get)
                .toList();
    }
}
