package dev.mintmark.auth.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import dev.mintmark.auth.AuthorizationServer;
import dev.mintmark.auth.Endpoint;
import dev.mintmark.auth.Reply;
import dev.mintmark.auth.TestServer;
import dev.mintmark.auth.grant.ClientCredentialsGrant;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.store.ClientStore;
import dev.mintmark.auth.wire.WireRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Date;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server publishes of itself: metadata and keys. */
class DocumentTest {
    private static final String METADATA = "/.well-known/oauth-authorization-server";

    private final TestServer server = TestServer.standard();

    @Test
    void nimbus_reads_the_metadata() throws Exception {
        Reply reply = get(server, METADATA);
        AuthorizationServerMetadata read =
                AuthorizationServerMetadata.parse(reply.response().text());

        assertThat(read.getIssuer().getValue()).isEqualTo(TestServer.ISSUER);
        assertThat(read.getTokenEndpointURI()).hasToString(TestServer.ISSUER + "/token");
        assertThat(read.getIntrospectionEndpointURI()).hasToString(TestServer.ISSUER + "/introspect");
        assertThat(read.getRevocationEndpointURI()).hasToString(TestServer.ISSUER + "/revoke");
        assertThat(read.getJWKSetURI()).hasToString(TestServer.ISSUER + "/jwks");
        assertThat(read.getAuthorizationEndpointURI()).isNull();
        assertThat(read.getGrantTypes())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("client_credentials", "refresh_token");
        assertThat(read.getTokenEndpointAuthMethods())
                .containsExactly(
                        ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
                        ClientAuthenticationMethod.CLIENT_SECRET_POST,
                        ClientAuthenticationMethod.NONE);
        assertThat(read.getIntrospectionEndpointAuthMethods()).doesNotContain(ClientAuthenticationMethod.NONE);
        assertThat(read.getScopes().toStringList())
                .containsExactly("openid", "profile", "email", "offline_access", "read", "write");
    }

    @Test
    void the_code_flow_is_listed_once_there_is_a_page_to_begin_it() throws Exception {
        TestServer withPage =
                TestServer.of(builder -> builder.authorizationEndpoint(URI.create(TestServer.ISSUER + "/sign-in")));
        AuthorizationServerMetadata read = AuthorizationServerMetadata.parse(
                get(withPage, METADATA).response().text());

        assertThat(read.getAuthorizationEndpointURI()).hasToString(TestServer.ISSUER + "/sign-in");
        assertThat(read.getResponseTypes()).containsExactly(ResponseType.CODE);
        assertThat(read.getGrantTypes()).contains(GrantType.AUTHORIZATION_CODE);
        assertThat(read.getCodeChallengeMethods()).containsExactly(CodeChallengeMethod.S256);
        assertThat(read.supportsAuthorizationResponseIssuerParam()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {METADATA, "/jwks"})
    void documents_are_public_and_kept_for_minutes(String path) {
        Reply reply = get(server, path);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Cache-Control")).contains("public, max-age=300");
        assertThat(reply.header("Access-Control-Allow-Origin")).contains("*");
        assertThat(reply.header("Content-Type")).contains("application/json");
        assertThat(server.call("HEAD", path).contentType("").send().status()).isEqualTo(200);
        Reply posted = server.call("POST", path).send().refused(405, "invalid_request");
        assertThat(posted.header("Allow")).contains("GET, HEAD");
    }

    @Test
    void an_issuer_with_a_path_is_described_at_both_addresses() {
        AuthorizationServer tenant = AuthorizationServer.builder(URI.create("https://auth.example/tenants/one"))
                .clients(ClientStore.of())
                .build();

        String below = text(tenant, "/tenants/one" + METADATA);
        String before = text(tenant, METADATA + "/tenants/one");
        assertThat(below).isEqualTo(before);
        assertThat(Claims.parse(below).string("token_endpoint")).contains("https://auth.example/tenants/one/token");
        assertThat(tenant.handle(WireRequest.of("GET", METADATA).build())).isEmpty();
        assertThat(tenant.handle(WireRequest.of("POST", "/token").build())).isEmpty();
        assertThat(tenant.missing(WireRequest.of("GET", "/tenants/one/x").build()))
                .isPresent();
        assertThat(tenant.missing(WireRequest.of("GET", "/tenants/other").build()))
                .isEmpty();
    }

    @Test
    void what_is_not_served_is_not_listed() {
        TestServer less = TestServer.of(b -> b.grants(new ClientCredentialsGrant())
                .withoutRoute(Endpoint.INTROSPECTION)
                .withoutRoute(Endpoint.REVOCATION)
                .withoutRoute(Endpoint.JWKS));
        Claims metadata = get(less, METADATA).json();

        assertThat(metadata.names())
                .doesNotContain(
                        "introspection_endpoint",
                        "introspection_endpoint_auth_methods_supported",
                        "revocation_endpoint",
                        "revocation_endpoint_auth_methods_supported",
                        "jwks_uri",
                        "code_challenge_methods_supported",
                        "authorization_response_iss_parameter_supported");
        assertThat(metadata.strings("grant_types_supported")).containsExactly("client_credentials");
        assertThat(metadata.strings("response_types_supported")).isEmpty();
        assertThat(less.call("POST", "/introspect").offered()).isEmpty();
        assertThat(less.call("GET", "/jwks").offered()).isEmpty();
        less.token("web", "authorization_code").send().refused("unsupported_grant_type");
    }

    @Test
    void a_moved_endpoint_is_listed_where_it_is() {
        TestServer moved = TestServer.of(b -> b.route(Endpoint.TOKEN, "/oauth/access_token"));

        assertThat(get(moved, METADATA).json().string("token_endpoint"))
                .contains(TestServer.ISSUER + "/oauth/access_token");
    }

    @Test
    void in_process_the_documents_are_the_same() throws Exception {
        assertThat(server.server.metadata().toJson())
                .isEqualTo(get(server, METADATA).response().text());
        assertThat(server.server.jwks().toString())
                .isEqualTo(JWKSet.parse(get(server, "/jwks").response().text()).toString());
    }

    @Test
    void published_keys_are_public_named_and_for_signatures() throws Exception {
        String text = get(server, "/jwks").response().text();

        assertThat(JWKSet.parse(text).getKeys()).hasSize(2).allSatisfy(key -> {
            assertThat(key.isPrivate()).isFalse();
            assertThat(key.getKeyID()).isNotEmpty();
            assertThat(key.getKeyUse()).hasToString("sig");
            assertThat(key.getAlgorithm()).isNotNull();
        });
        assertThat(text).doesNotContain("\"d\"");
    }

    @Test
    void a_resource_server_verifies_an_access_token_with_the_published_keys() throws Exception {
        JWTClaimsSet claims = verify(server, server.signIn("web").access());

        assertThat(claims.getSubject()).isEqualTo("alice");
        assertThat(claims.getStringClaim("client_id")).isEqualTo("web");
    }

    @Test
    void after_a_rotation_the_next_key_is_published_first_and_signs_later() throws Exception {
        String before = server.signIn("web").access();
        server.server.rotateKeys();
        String between = server.signIn("web").access();
        verify(server, between);
        assertThat(server.server.jwks().getKeys()).hasSize(3);

        server.clock.advance(Duration.ofDays(1));
        String after = server.signIn("web").access();
        verify(server, after);
        assertThat(kid(between)).isEqualTo(kid(before));
        assertThat(kid(after)).isNotEqualTo(kid(before));
    }

    private static String kid(String token) throws Exception {
        return SignedJWT.parse(token).getHeader().getKeyID();
    }

    private static JWTClaimsSet verify(TestServer server, String token) throws Exception {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.ES256,
                new ImmutableJWKSet<>(
                        JWKSet.parse(get(server, "/jwks").response().text()))));
        processor.setJWTClaimsSetVerifier(
                new DefaultJWTClaimsVerifier<>(
                        TestServer.ISSUER,
                        new JWTClaimsSet.Builder().issuer(TestServer.ISSUER).build(),
                        Set.of("sub", "iat", "exp", "jti", "client_id")) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(server.clock.instant());
                    }
                });
        return processor.process(token, null);
    }

    private static Reply get(TestServer server, String path) {
        return server.call("GET", path).contentType("").send();
    }

    private static String text(AuthorizationServer server, String path) {
        return server.handle(WireRequest.of("GET", path).build()).orElseThrow().text();
    }
}
