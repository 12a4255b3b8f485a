package dev.mintmark.auth.servlet;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reverse proxies that are believed when they say whence a request came, in {@code Forwarded} (RFC 7239) or
 * {@code X-Forwarded-For}. Guesses are counted by address: behind a proxy that is not named here all of them count as the
 * proxy's own. Only the address is taken: scheme and host of the server's URLs are its base URI's, whatever a header says.
 * Immutable.
 *
 * <p>Each proxy must add the address it was called from at the end of the header. The chain is followed from there, and the first
 * address that is no proxy's is the client's; what stands before it is hearsay. Where the chain becomes unreadable, hidden or
 * unknown, the request is the last known proxy's; and where both headers are sent and do not agree, it is the nearest proxy's,
 * because one of them may be the client's own.
 */
public final class TrustedProxies {
    private static final TrustedProxies NONE = new TrustedProxies(List.of());

    private final List<AddressBlock> blocks;

    private TrustedProxies(List<AddressBlock> blocks) {
        this.blocks = blocks;
    }

    /**
     * No proxy: no header is believed.
     *
     * @return the empty set
     */
    public static TrustedProxies none() {
        return NONE;
    }

    /**
     * Proxies by their networks.
     *
     * @param networks in CIDR notation, such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}; or single addresses
     * @return all of them
     * @throws IllegalArgumentException if one is neither
     */
    public static TrustedProxies of(String... networks) {
        return new TrustedProxies(Stream.of(networks).map(AddressBlock::parse).toList());
    }

    /**
     * Whence a request came.
     *
     * @param peer the address at the other end of the connection
     * @param forwarded the values of {@code Forwarded}, in the order of the request
     * @param forwardedFor the values of {@code X-Forwarded-For}, likewise
     * @return the client's address, as far as anyone believed knows it
     */
    public String clientAddress(String peer, List<String> forwarded, List<String> forwardedFor) {
        if (forwarded.isEmpty() && forwardedFor.isEmpty()) return peer;
        Optional<InetAddress> nearest = Addresses.parse(peer).filter(this::contain);
        if (nearest.isEmpty()) return peer;
        InetAddress proxy = nearest.get();
        List<String> standard = new ArrayList<>();
        forwarded.forEach(line -> standard.addAll(ForwardedHeader.nodes(line)));
        List<String> older = new ArrayList<>();
        forwardedFor.forEach(line -> older.addAll(List.of(line.split(",", -1))));
        InetAddress client = origin(proxy, forwarded.isEmpty() ? older : standard);
        boolean agreed = forwarded.isEmpty() || forwardedFor.isEmpty() || client.equals(origin(proxy, older));
        return (agreed ? client : proxy).getHostAddress();
    }

    private InetAddress origin(InetAddress proxy, List<String> nodes) {
        InetAddress last = proxy;
        for (int i = nodes.size() - 1; i >= 0 && contain(last); i--) {
            Optional<InetAddress> next = Addresses.parse(nodes.get(i).strip());
            if (next.isEmpty()) return last;
            last = next.get();
        }
        return last;
    }

    private boolean contain(InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }
}
