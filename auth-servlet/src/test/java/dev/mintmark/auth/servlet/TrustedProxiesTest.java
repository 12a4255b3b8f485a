package dev.mintmark.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private static final String PROXY = "10.0.0.1";
    private static final TrustedProxies PROXIES = TrustedProxies.of("10.0.0.0/8", "fd00::/8", "192.0.2.7");

    @Test
    void a_peer_that_is_no_proxy_is_the_client_whatever_it_says() {
        assertThat(PROXIES.clientAddress("203.0.113.9", List.of("for=198.51.100.1"), List.of()))
                .isEqualTo("203.0.113.9");
        assertThat(forwardedFor("192.0.2.8", "198.51.100.1")).isEqualTo("192.0.2.8");
        assertThat(TrustedProxies.none().clientAddress(PROXY, List.of(), List.of("198.51.100.1")))
                .isEqualTo(PROXY);
    }

    @Test
    void a_proxy_that_says_nothing_is_the_client() {
        assertThat(forwardedFor(PROXY)).isEqualTo(PROXY);
        assertThat(PROXIES.clientAddress("not an address", List.of(), List.of("198.51.100.1")))
                .isEqualTo("not an address");
    }

    @Test
    void the_last_address_that_is_no_proxy_s_is_the_client_s() {
        assertThat(forwardedFor(PROXY, "198.51.100.1")).isEqualTo("198.51.100.1");
        assertThat(forwardedFor(PROXY, "1.1.1.1, 198.51.100.1, 10.2.3.4,192.0.2.7"))
                .isEqualTo("198.51.100.1");
        assertThat(forwardedFor(PROXY, "1.1.1.1", "198.51.100.1", "10.2.3.4")).isEqualTo("198.51.100.1");
    }

    @Test
    void a_chain_of_proxies_alone_begins_with_the_client() {
        assertThat(forwardedFor(PROXY, "10.9.9.9, 10.2.3.4")).isEqualTo("10.9.9.9");
    }

    @Test
    void the_header_of_rfc_7239_says_the_same() {
        assertThat(forwarded("for=198.51.100.1")).isEqualTo("198.51.100.1");
        assertThat(forwarded(
                        "For=\"1.1.1.1\";proto=https , FOR = nonsense, for=198.51.100.1;by=10.0.0.2;host=\"a,b;c\""))
                .isEqualTo(PROXY);
        assertThat(forwarded("For=\"1.1.1.1\";proto=https , by=\"a,\\\"b;c\";FOR=198.51.100.1;host=auth.example"))
                .isEqualTo("198.51.100.1");
        assertThat(forwarded("for=198.51.100.1, for=10.1.1.1")).isEqualTo("198.51.100.1");
        assertThat(forwarded("for=1.1.1.1", "for=198.51.100.1")).isEqualTo("198.51.100.1");
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.1:4711, 198.51.100.1",
        "2001:db8::17, 2001:db8:0:0:0:0:0:17",
        "[2001:db8::17], 2001:db8:0:0:0:0:0:17",
        "[2001:DB8::17]:4711, 2001:db8:0:0:0:0:0:17",
        "[2001:db8::17]:_port, 2001:db8:0:0:0:0:0:17",
        "[2001:db8::17%eth0]:1, 2001:db8:0:0:0:0:0:17",
        "fe80::1%3, fe80:0:0:0:0:0:0:1",
        "::ffff:198.51.100.1, 198.51.100.1"
    })
    void an_address_may_have_brackets_a_port_or_a_zone(String written, String meant) {
        assertThat(forwardedFor(PROXY, written)).isEqualTo(meant);
        assertThat(forwarded("for=\"" + written + "\"")).isEqualTo(meant);
        assertThat(forwarded("for=" + written)).isEqualTo(meant);
    }

    @Test
    void a_proxy_is_known_by_any_spelling_of_its_address() {
        assertThat(forwardedFor("[fd00::1]", "198.51.100.1")).isEqualTo("198.51.100.1");
        assertThat(forwardedFor("::ffff:10.0.0.1", "198.51.100.1")).isEqualTo("198.51.100.1");
        assertThat(forwardedFor(PROXY, "198.51.100.1, [fd00:0::2]:80")).isEqualTo("198.51.100.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "_hidden",
                "_SEVKISEK",
                "localhost",
                "proxy.example",
                "256.1.1.1",
                "1.2.3",
                "010.1.1.1",
                "1.2.3.4.5",
                "1.2.3.4:99999999",
                "::1::2",
                ":",
                ".:1",
                "[1.2.3.4]",
                "[::1",
                "[::1]x",
                "[:::]",
                "12345::",
                "1e0"
            })
    void what_is_hidden_unknown_or_garbage_leaves_the_last_proxy_that_is_known(String node) {
        assertThat(forwardedFor(PROXY, "198.51.100.1, " + node)).isEqualTo(PROXY);
        assertThat(forwardedFor(PROXY, "198.51.100.1, " + node + ", 10.2.3.4")).isEqualTo("10.2.3.4");
        assertThat(forwarded("for=198.51.100.1, for=\"" + node + "\"")).isEqualTo(PROXY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "for",
                "for=",
                "=198.51.100.1",
                "for=198.51.100.1;",
                "for=198.51.100.1,",
                "for=198.51.100.1;for=198.51.100.2",
                "for=\"198.51.100.1",
                "for=\"198.51.100.1\\",
                "for=\"198.51.100.1\"x",
                "for=\"x, for=198.51.100.1",
                "for=\", for=\"[2001:db8::9]:47\"",
                "proto=https"
            })
    void a_line_that_cannot_be_read_in_full_says_nothing(String line) {
        assertThat(forwarded(line)).isEqualTo(PROXY);
    }

    @Test
    void two_headers_that_do_not_agree_say_nothing() {
        assertThat(PROXIES.clientAddress(PROXY, List.of("for=198.51.100.1"), List.of("198.51.100.1:80")))
                .isEqualTo("198.51.100.1");
        assertThat(PROXIES.clientAddress(PROXY, List.of("for=1.1.1.1"), List.of("198.51.100.1")))
                .isEqualTo(PROXY);
    }

    @Test
    void thousands_of_hops_are_followed_or_not_and_nothing_breaks() {
        assertThat(forwardedFor(PROXY, "198.51.100.1" + ", 10.0.0.2".repeat(20_000)))
                .isEqualTo("198.51.100.1");
        assertThat(forwarded("for=198.51.100.1" + ",for=10.0.0.2".repeat(20_000)))
                .isEqualTo("198.51.100.1");
        assertThat(forwardedFor(PROXY, ",".repeat(60_000))).isEqualTo(PROXY);
        assertThat(forwarded("for=\"" + "\\\"".repeat(30_000))).isEqualTo(PROXY);
        assertThat(forwardedFor(PROXY, "1".repeat(60_000))).isEqualTo(PROXY);
        assertThat(forwardedFor(PROXY, ":".repeat(120))).isEqualTo(PROXY);
    }

    @Test
    void no_header_makes_it_throw_and_none_but_an_address_comes_out() {
        String alphabet = "for=FOR\"\\;,:.[]%_ 0123456789abcdef\t\u00e9";
        Random random = new Random(7239);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder line = new StringBuilder(i % 3 == 0 ? "for=" : "");
            for (int n = random.nextInt(24); n > 0; n--) {
                line.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String header = line.toString();
            for (String client : List.of(forwarded(header), forwardedFor(PROXY, header))) {
                assertThat(client).as(header).matches("[0-9.]+|[0-9a-f:]+");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/8/8",
                "10.0.0/8",
                "10.0.0.0:80/8",
                "[fd00::]/8",
                "fe80::1%1/64",
                "fd00::/129",
                "proxy.example",
                "all"
            })
    void what_is_no_network_is_refused(String network) {
        assertThatThrownBy(() -> TrustedProxies.of("10.0.0.0/8", network))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a network in CIDR notation, such as 10.0.0.0/8: " + network);
    }

    @Test
    void a_network_ends_where_it_says() {
        for (String[] row : new String[][] {
            {"10.16.0.0/12", "10.31.255.255", "10.32.0.0"},
            {"0.0.0.0/0", "203.0.113.1", "2001:db8::1"},
            {"2001:db8::/33", "2001:db8:7fff::1", "2001:db8:8000::1"},
            {"::1", "::1", "::2"},
            {"10.1.2.3/8", "10.9.9.9", "11.1.2.3"}
        }) {
            TrustedProxies proxies = TrustedProxies.of(row[0]);
            assertThat(proxies.clientAddress(row[1], List.of(), List.of("8.8.8.8, 9.9.9.9")))
                    .as(row[0])
                    .isIn("8.8.8.8", "9.9.9.9");
            assertThat(proxies.clientAddress(row[2], List.of(), List.of("8.8.8.8")))
                    .isEqualTo(row[2]);
        }
    }

    private static String forwardedFor(String peer, String... lines) {
        return PROXIES.clientAddress(peer, List.of(), new ArrayList<>(List.of(lines)));
    }

    private static String forwarded(String... lines) {
        return PROXIES.clientAddress(PROXY, List.of(lines), List.of());
    }
}
