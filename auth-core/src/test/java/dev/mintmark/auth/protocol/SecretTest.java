package dev.mintmark.auth.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Published vectors: what other implementations stored must be checked here as there. */
class SecretTest {
    private static final String SALT = "c29tZXNhbHRzb21lc2FsdA";
    private static final String HASH = "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    // The test vectors of the reference implementation (github.com/P-H-C/phc-winner-argon2, src/test.c)
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "password $argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "password $argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "password $argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
                "password $argon2id$v=19$m=65536,t=1,p=1$c29tZXNhbHQ$9qWtwbpyPd3vm1rB1GThgPzZ3/ydHL92zKL+15XZypg",
                "password $argon2id$v=19$m=65536,t=4,p=1$c29tZXNhbHQ$kCXUjmjvc5XMqQedpMTsOv+zyJEf5PhtGiUghW9jFyw",
                "differentpassword $argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$C4TWUs9rDEvq7w3+J4umqA32aWKB1+DSiRuBfYxFj94",
                "password $argon2id$v=19$m=65536,t=2,p=1$ZGlmZnNhbHQ$vfMrBczELrFdWP0ZsfhWsRPaHppYdP3MVEMIVlqoFBw",
            })
    void argon2id_agrees_with_its_reference_implementation(String password, String stored) {
        agrees(password, stored);
    }

    // The test vectors of crypt_blowfish (wrapper.c) and of jBCrypt (TestBCrypt.java)
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "U*U $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "U*U $2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "U*U $2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "U*U* $2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK",
                "U*U*U $2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a",
                "'' $2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy",
                "a $2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
                "abc $2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i",
                "abcdefghijklmnopqrstuvwxyz $2a$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC",
            })
    void bcrypt_agrees_with_crypt(String password, String stored) {
        agrees(password, stored);
    }

    @Test
    void bcrypt_never_passes_a_secret_of_which_it_would_read_only_the_beginning() {
        String first72 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        Secret secret = Secret.parse("$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui");

        assertThat(secret.matches(first72)).isTrue();
        assertThat(secret.matches(first72 + "chars after 72 are ignored")).isFalse();
        assertThat(secret.matches(first72 + "\0")).isFalse();
    }

    @Test
    void the_72_bytes_of_bcrypt_are_bytes_of_utf_8() {
        String thirtySix = "\u00e9".repeat(36);
        Secret secret =
                Secret.parse(OpenBSDBCrypt.generate("2b", thirtySix.getBytes(StandardCharsets.UTF_8), new byte[16], 4));

        assertThat(secret.matches(thirtySix)).isTrue();
        assertThat(secret.matches(thirtySix + "\u00e9")).isFalse();
    }

    // RFC 7914 section 12, in the notation of PHC and passlib
    @Test
    void scrypt_agrees_with_its_rfc() {
        agrees(
                "pleaseletmein",
                "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr5"
                        + "5h6F3A1lHkDfzwF7RVdYhw");
    }

    // The SHA-256 and SHA-512 twins of RFC 6070's fifth vector, and the vectors of passlib
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "passwordPASSWORDpassword $pbkdf2-sha256$i=4096$c2FsdFNBTFRzYWx0U0FMVHNhbHRTQUxUc2FsdFNBTFRzYWx0$NIyJ28vTKy8y2BS4EW6EzysXNH68GAAYHE4qH7jdU+HGNVGMfaxH6Q",
                "passwordPASSWORDpassword $pbkdf2-sha256$4096$c2FsdFNBTFRzYWx0U0FMVHNhbHRTQUxUc2FsdFNBTFRzYWx0$NIyJ28vTKy8y2BS4EW6EzysXNH68GAAYHE4qH7jdU.HGNVGMfaxH6Q",
                "passwordPASSWORDpassword $pbkdf2-sha512$4096$c2FsdFNBTFRzYWx0U0FMVHNhbHRTQUxUc2FsdFNBTFRzYWx0$jAUR9Mbll8asYxXY8DYuIl88UBSVuiO4aMAFF03E7nERW1n55gzZUy+jPg91rv4wIlxYOhhs2CvU2uqXJKPTuA",
                "password $pbkdf2-sha256$1212$4vjV83LKPjQzk31VI4E0Vw$hsYF68OiOUPdDZ1Fg.fJPeq1h/gXXY7acBp9/6c.tmQ",
                "password $pbkdf2-sha512$1212$RHY0Fr3IDMSVO/RSZyb5ow$eNLfBK.eVozomMr.1gYa17k9B7KIK25NOEshvhrSX.esqY3s.FvWZViXz4KoLlQI.BzY/YTNJOiKc5gBYFYGww",
            })
    void pbkdf2_agrees_with_its_vectors_and_with_passlib(String password, String stored) {
        agrees(password, stored);
    }

    private static void agrees(String password, String stored) {
        Secret secret = Secret.parse(stored);

        assertThat(secret.matches(password)).isTrue();
        assertThat(secret.matches(password + "x")).isFalse();
        assertThat(secret.matches("")).isEqualTo(password.isEmpty());
        assertThat(secret.isCheap()).isFalse();
        assertThat(Secret.parse(secret.stored())).isEqualTo(secret);
        assertThat(Secret.parse(secret.stored()).matches(password)).isTrue();
    }

    @Test
    void a_generated_secret_has_256_bits_and_a_cheap_hash() throws Exception {
        Secret.Generated one = Secret.generate(seeded());
        Secret.Generated two = Secret.generate(new SecureRandom());

        assertThat(one.plaintext()).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(two.plaintext());
        assertThat(one.secret().matches(one.plaintext())).isTrue();
        assertThat(one.secret().matches(two.plaintext())).isFalse();
        assertThat(one.secret().isCheap()).isTrue();
        assertThat(one.secret().stored())
                .matches("\\$sha256\\$[A-Za-z0-9_-]{43}")
                .doesNotContain(one.plaintext());
        assertThat(Secret.parse(one.secret().stored())).isEqualTo(one.secret()).hasSameHashCodeAs(one.secret());
    }

    // FIPS 180-2 appendix B.1
    @Test
    void the_cheap_hash_is_plain_sha_256() {
        assertThat(Secret.parse("$sha256$ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0")
                        .matches("abc"))
                .isTrue();
    }

    @Test
    void a_chosen_secret_is_argon2id_with_a_salt_of_its_own() {
        SecureRandom random = new SecureRandom();
        Secret one = Secret.hash("correct horse", random);
        Secret two = Secret.hash("correct horse", random);

        assertThat(one.stored()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(two.stored());
        assertThat(one.isCheap()).isFalse();
        assertThat(one.matches("correct horse")).isTrue();
        assertThat(Secret.parse(one.stored()).matches("correct horse")).isTrue();
        assertThat(one.matches("correct horsf")).isFalse();
    }

    @Test
    void nothing_that_prints_a_secret_shows_it() {
        Secret.Generated generated = Secret.generate(new SecureRandom());

        assertThat(generated.secret()).hasToString("Secret");
        assertThat(generated.toString())
                .doesNotContain(generated.plaintext(), generated.secret().stored());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hunter2",
                "$",
                "$$",
                "$sha256$",
                "$sha256$AAAA",
                "sha256$AAAA",
                "$md5$AAAA",
                "$2x$05$x",
                "$1$abc$def",
                "$sha256$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA$",
                "$sha256$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!",
                "$argon2id$v=16$m=256,t=2,p=1$" + SALT + "$" + HASH,
                "$argon2id$m=256,t=2,p=1$" + SALT + "$" + HASH,
                "$argon2i$v=19$m=256,t=2,p=1$" + SALT + "$" + HASH,
                "$argon2id$v=19$m=256,t=2$" + SALT + "$" + HASH,
                "$argon2id$v=19$m=256,t=two,p=1$" + SALT + "$" + HASH,
                "$argon2id$v=19$m=256,t=2,p=1$c2hvcnQ$" + HASH,
                "$argon2id$v=19$m=256,t=2,p=1$" + SALT + "$c2hvcnQ",
                "$argon2id$v=19$m=256,t=2,p=1$" + SALT + "$*hunter2*",
                "$argon2id$v=19$m=256,t=2,p=1$" + SALT,
                "$2b$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe",
                "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW\n",
                "$pbkdf2-sha1$i=4096$" + SALT + "$" + HASH,
                "$pbkdf2-sha256$i=many$" + SALT + "$" + HASH,
                "$pbkdf2-sha256$i=1$" + SALT + "$" + HASH,
            })
    void a_malformed_stored_secret_is_refused_without_repeating_it(String stored) {
        assertThatThrownBy(() -> Secret.parse(stored))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a stored secret")
                .hasNoCause()
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2", HASH, SALT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2id$v=19$m=1048577,t=1,p=1$" + SALT + "$" + HASH,
                "$argon2id$v=19$m=2147483647,t=1,p=1$" + SALT + "$" + HASH,
                "$argon2id$v=19$m=4294967304,t=1,p=1$" + SALT + "$" + HASH,
                "$argon2id$v=19$m=256,t=65,p=1$" + SALT + "$" + HASH,
                "$argon2id$v=19$m=256,t=-1,p=1$" + SALT + "$" + HASH,
                "$argon2id$v=19$m=256,t=1,p=17$" + SALT + "$" + HASH,
                "$argon2id$v=19$m=256,t=1,p=0$" + SALT + "$" + HASH,
                "$scrypt$ln=21,r=8,p=1$" + SALT + "$" + HASH,
                "$scrypt$ln=31,r=8,p=1$" + SALT + "$" + HASH,
                "$scrypt$ln=14,r=33,p=1$" + SALT + "$" + HASH,
                "$scrypt$ln=14,r=8,p=17$" + SALT + "$" + HASH,
                "$2b$17$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "$pbkdf2-sha256$10000001$" + SALT + "$" + HASH,
                "$pbkdf2-sha512$i=2147483647$" + SALT + "$" + HASH,
                "$pbkdf2-sha512$i=-4096$" + SALT + "$" + HASH,
            })
    void a_hostile_cost_is_refused(String stored) {
        assertThatThrownBy(() -> Secret.parse(stored)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void scrypt_never_takes_more_memory_than_argon2id_may() {
        // 128 * r * 2^ln bytes: 4 GiB
        assertThatThrownBy(() -> Secret.parse("$scrypt$ln=20,r=32,p=1$" + SALT + "$" + HASH))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void scrypt_costs_that_its_rfc_forbids_are_refused_when_read() {
        // RFC 7914 section 2: N must be less than 2^(128 * r / 8)
        assertThatThrownBy(() -> Secret.parse("$scrypt$ln=16,r=1,p=1$" + SALT + "$" + HASH))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Secret.parse("$scrypt$ln=15,r=1,p=1$" + SALT + "$" + HASH).matches("x"))
                .isFalse();
    }

    @Test
    void a_cost_given_twice_is_refused() {
        assertThatThrownBy(() -> Secret.parse("$argon2id$v=19$m=256,m=8,t=2,p=1$" + SALT + "$" + HASH))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static SecureRandom seeded() throws Exception {
        SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
        random.setSeed(1);
        return random;
    }
}
