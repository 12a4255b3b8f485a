package dev.mintmark.auth.servlet;

import java.math.BigInteger;
import java.net.InetAddress;

/**
 * The addresses that begin alike (RFC 4632 section 3.1).
 *
 * @param bits how long an address of its version is
 * @param length how long the common beginning is
 * @param beginning the common beginning
 */
record AddressBlock(int bits, int length, BigInteger beginning) {
    /**
     * Reads CIDR notation; a single address is a block of its own.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static AddressBlock parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        boolean bare = literal.matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
        InetAddress address = Addresses.parse(bare ? literal : "").orElseThrow(() -> notOne(text));
        int bits = address.getAddress().length * 8;
        String length = slash < 0 ? Integer.toString(bits) : text.substring(slash + 1);
        if (!length.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(length) > bits) throw notOne(text);
        return new AddressBlock(bits, Integer.parseInt(length), beginning(address, bits - Integer.parseInt(length)));
    }

    private static IllegalArgumentException notOne(String text) {
        return new IllegalArgumentException("not a network in CIDR notation, such as 10.0.0.0/8: " + text);
    }

    boolean contains(InetAddress address) {
        return address.getAddress().length * 8 == bits
                && beginning(address, bits - length).equals(beginning);
    }

    private static BigInteger beginning(InetAddress address, int rest) {
        return new BigInteger(1, address.getAddress()).shiftRight(rest);
    }
}
