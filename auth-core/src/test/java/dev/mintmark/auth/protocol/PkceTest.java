package dev.mintmark.auth.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PkceTest {
    // RFC 7636 appendix B
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    @Test
    void the_vector_of_the_rfc_holds() {
        assertThat(Pkce.challenge(VERIFIER)).isEqualTo(CHALLENGE);
        assertThat(Pkce.s256(VERIFIER, CHALLENGE)).isTrue();
    }

    @Test
    void plain_does_not_pass_for_s256() {
        assertThat(Pkce.s256(CHALLENGE, CHALLENGE)).isFalse();
        assertThat(Pkce.s256(VERIFIER, VERIFIER)).isFalse();
    }

    @Test
    void a_verifier_outside_the_grammar_never_passes() {
        // RFC 7636 section 4.1: 43 to 128 unreserved characters
        for (String bad : new String[] {
            "",
            VERIFIER.substring(1),
            VERIFIER + "=",
            VERIFIER + " ",
            VERIFIER + "\n",
            VERIFIER + "\u00e9",
            "a".repeat(129)
        }) {
            assertThat(Pkce.s256(bad, Pkce.challenge(bad))).as(bad).isFalse();
        }
        assertThat(Pkce.s256("a".repeat(128), Pkce.challenge("a".repeat(128)))).isTrue();
        assertThat(Pkce.s256("-._~".repeat(11), Pkce.challenge("-._~".repeat(11))))
                .isTrue();
    }

    @Test
    void a_challenge_is_forty_three_characters_of_base64url() {
        assertThat(Pkce.isChallenge(CHALLENGE)).isTrue();
        for (String bad : new String[] {
            "", CHALLENGE.substring(1), CHALLENGE + "A", CHALLENGE + "=", CHALLENGE + "\n", CHALLENGE.replace('-', '+')
        }) {
            assertThat(Pkce.isChallenge(bad)).as(bad).isFalse();
        }
    }
}
