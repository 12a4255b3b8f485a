package dev.mintmark.auth.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopePatternTest {
    @Test
    void a_parameter_reaches_the_claims_by_its_name() {
        assertThat(match("customer.{customer_id}", "customer.42")).hasValue(Claims.of("customer_id", "42"));
    }

    @Test
    void an_int_reaches_the_claims_as_a_number() {
        assertThat(match("customer.{id:int}", "customer.-42")).hasValue(Claims.of("id", -42L));
    }

    @Test
    void several_parameters_and_literals_take_turns() {
        assertThat(match("org:{org}/team.{team:int}:read", "org:acme/team.7:read"))
                .hasValue(Claims.of("org", "acme").with("team", 7L));
    }

    @Test
    void a_star_stands_for_any_one_value_and_names_none() {
        assertThat(match("customer.*", "customer.42")).hasValue(Claims.none());
    }

    @ParameterizedTest
    @CsvSource({
        "customer.{id}, customer.",
        "customer.{id}, customer",
        "customer.{id}, customer.1.2",
        "customer.{id}, customer.1:2",
        "customer.{id}, customer.1/2",
        "customer.{id}, Customer.1",
        "customer.{id}, xcustomer.1",
        "customer.{id}.read, customer.1.readx",
        "customer.{id}.read, customer.1",
        "customer.*, customer.*",
        "customer.{id}, customer.{id}",
        "customer.*, customer.4*",
        "customer.{id:int}, customer.007",
        "customer.{id:int}, customer.-0",
        "customer.{id:int}, customer.+1",
        "customer.{id:int}, customer.1e3",
        "customer.{id:int}, customer.1234567890123456789",
        "customer.{id:uuid}, customer.1-2-3-4-5",
        "customer.{id:uuid}, customer.f81d4fae7dec11d0a76500a0c91e6bf6",
        "*, a.b",
        "read, reader",
    })
    void what_a_pattern_does_not_name_it_does_not_match(String pattern, String scope) {
        assertThat(match(pattern, scope)).isEmpty();
    }

    @Test
    void a_uuid_is_matched_in_either_case() {
        String uuid = "f81d4fae-7dec-11d0-A765-00a0c91e6bf6";

        assertThat(match("c.{id:uuid}", "c." + uuid)).hasValue(Claims.of("id", uuid));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iss",
                "sub",
                "aud",
                "exp",
                "nbf",
                "iat",
                "jti",
                "scope",
                "client_id",
                "azp",
                "act",
                "may_act",
                "cnf",
                "nonce",
                "auth_time",
                "acr",
                "amr",
                "at_hash",
                "sid"
            })
    void a_parameter_never_replaces_a_claim_of_the_engine(String name) {
        assertThatThrownBy(() -> ScopePattern.parse("customer.{" + name + "}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "' would replace a claim");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a\"",
                "customer{id}",
                "customer.x{id}",
                "customer.{id}x",
                "customer.{id",
                "customer.id}",
                "customer.{}",
                "customer.{:int}",
                "customer.{1d}",
                "customer.{id:long}",
                "customer.{id:}",
                "customer.{i d}",
                "{a}.{a}",
                "{a}{b}",
                "customer.{i-d}",
                "a.{id.b}"
            })
    void a_malformed_pattern_is_refused(String text) {
        assertThatThrownBy(() -> ScopePattern.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_pattern_without_parameters_is_a_plain_scope() {
        assertThat(ScopePattern.parse("a.b:c/d").isLiteral()).isTrue();
        assertThat(ScopePattern.parse("a.*").isLiteral()).isFalse();
        assertThat(match("a..b.", "a..b.")).hasValue(Claims.none());
    }

    private static Optional<Claims> match(String pattern, String scope) {
        return ScopePattern.parse(pattern).match(new Scope(scope));
    }
}
