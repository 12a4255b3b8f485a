package dev.mintmark.auth.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScopePatternsTest {
    private final ScopePatterns patterns =
            ScopePatterns.parse("openid  customer.{customer_id}\n order.{order_id:int} *.read");

    @Test
    void any_of_the_patterns_admits() {
        assertThat(patterns.admits(new Scope("openid"))).isTrue();
        assertThat(patterns.admits(new Scope("customer.42"))).isTrue();
        assertThat(patterns.admits(new Scope("anything.read"))).isTrue();
        assertThat(patterns.admits(new Scope("order.x"))).isFalse();
        assertThat(patterns.admits(new Scope("openid.x"))).isFalse();
        assertThat(ScopePatterns.none().admits(new Scope("openid"))).isFalse();
    }

    @Test
    void only_plain_scopes_are_literals() {
        assertThat(patterns.literals()).isEqualTo(Scopes.of("openid"));
    }

    @Test
    void the_parameters_of_all_scopes_come_together() {
        assertThat(patterns.parameters(Scopes.parse("openid customer.42 order.7 a.read")))
                .isEqualTo(Claims.of("customer_id", "42").with("order_id", 7L));
    }

    @Test
    void two_values_of_one_parameter_are_refused() {
        assertThatThrownBy(() -> patterns.parameters(Scopes.parse("customer.42 customer.43")))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.refusal().code()).isEqualTo(ErrorCode.INVALID_SCOPE);
                    assertThat(refused.refusal().description())
                            .hasValue("scope names two different values of customer_id");
                });
    }

    @Test
    void the_same_value_twice_is_no_conflict() {
        ScopePatterns two = ScopePatterns.parse("read.{customer_id} write.{customer_id}");

        assertThat(two.parameters(Scopes.parse("read.42 write.42"))).isEqualTo(Claims.of("customer_id", "42"));
        assertThatThrownBy(() -> two.parameters(Scopes.parse("read.42 write.43")))
                .isInstanceOf(Refused.class);
    }

    @Test
    void a_number_and_its_text_are_two_values() {
        ScopePatterns two = ScopePatterns.parse("read.{id:int} write.{id}");

        assertThatThrownBy(() -> two.parameters(Scopes.parse("read.42 write.42")))
                .isInstanceOf(Refused.class);
    }

    @Test
    void text_is_read_again() {
        assertThat(ScopePatterns.parse(patterns.toString())).isEqualTo(patterns);
        assertThat(ScopePatterns.parse(" \n")).isEqualTo(ScopePatterns.none());
        assertThat(ScopePatterns.parse("").isEmpty()).isTrue();
    }
}
