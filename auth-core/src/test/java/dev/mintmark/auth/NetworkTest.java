package dev.mintmark.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.255",
        "0.0.0.0, 0.0.0.255",
        "::ffff:192.0.2.7, 192.0.2.9",
        "2001:db8:1:2:3:4:5:6, 2001:0db8:0001:0002::",
        "[2001:db8:1:2::1], 2001:db8:1:2::2",
        "fe80::1%eth0, fe80::2",
        "::1, ::2",
    })
    void addresses_of_one_network_are_one(String one, String other) {
        assertThat(Network.of(one)).isEqualTo(Network.of(other)).isNotEqualTo(one);
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.7, 192.0.3.7", "2001:db8:1::1, 2001:db8:2::1", "::1, 0.0.0.1", "10.0.0.1, 100.0.0.1"})
    void addresses_of_two_networks_are_two(String one, String other) {
        assertThat(Network.of(one)).isNotEqualTo(Network.of(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "localhost", "example.com", "999.1.1.1", "256.0.0.1", "1.2.3", "1.2.3.4.5", "0x7f.1.1.1", "127.1",
                "2130706433", "010.0.0.1", ":::", "1:2:3", "12345::", "::1.2.3.999", "face", "a.b.c.d", "unknown",
                "_hidden",
            })
    void what_is_no_address_stands_for_itself(String text) {
        assertThat(Network.of(text)).isEqualTo(text);
    }
}
