package dev.mintmark.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.wire.WireResponse;
import java.text.ParseException;
import java.util.Optional;

/** What a server answered, as a client would read it. */
public record Reply(WireResponse response) {
    public Reply issued() {
        assertThat(response.status()).as(response.text()).isEqualTo(200);
        return this;
    }

    public Reply refused(int status, String error) {
        assertThat(response.status()).as(response.text()).isEqualTo(status);
        assertThat(json().string("error")).contains(error);
        return this;
    }

    public Reply refused(String error) {
        return refused(400, error);
    }

    public int status() {
        return response.status();
    }

    public Optional<String> header(String name) {
        return response.header(name);
    }

    public Claims json() {
        return Claims.parse(response.text());
    }

    public String string(String member) {
        return json().string(member).orElseThrow(() -> new AssertionError("no " + member + " in " + response.text()));
    }

    public String access() {
        return string("access_token");
    }

    public String refresh() {
        return string("refresh_token");
    }

    public JWTClaimsSet accessClaims() {
        return claims(access());
    }

    public JWTClaimsSet idClaims() {
        return claims(string("id_token"));
    }

    public static JWTClaimsSet claims(String jwt) {
        try {
            return SignedJWT.parse(jwt).getJWTClaimsSet();
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }
}
