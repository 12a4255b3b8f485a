package dev.mintmark.auth.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PkceProperties {
    @Property(seed = "20260101", tries = 300)
    void a_verifier_passes_for_its_own_challenge_alone(
            @ForAll("verifier") String verifier, @ForAll("verifier") String other) {
        String challenge = Pkce.challenge(verifier);

        assertThat(Pkce.isChallenge(challenge)).isTrue();
        assertThat(Pkce.s256(verifier, challenge)).isTrue();
        assertThat(Pkce.s256(other, challenge)).isEqualTo(other.equals(verifier));
    }

    @Provide
    Arbitrary<String> verifier() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withCharRange('0', '9')
                .withChars('-', '.', '_', '~')
                .ofMinLength(43)
                .ofMaxLength(128);
    }
}
