package dev.mintmark.auth.servlet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as proxies write them. No name is ever looked up. */
final class Addresses {
    private static final int LONGEST = 128;

    /** RFC 7239 section 6: a port may follow, or what stands for one. */
    private static final String PORT = "(?::(?:[0-9]{1,5}|_[A-Za-z0-9._-]+))?";

    private static final String OCTET = "(0|[1-9][0-9]{0,2})";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "\\." + OCTET + "\\." + OCTET + "\\." + OCTET + PORT);
    private static final String SIX = "([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:%[^\\]]*)?";
    private static final Pattern IPV6 = Pattern.compile("\\[" + SIX + "\\]" + PORT + "|" + SIX);

    private Addresses() {}

    /** An address, with a port or without; empty for whatever else stands there. */
    static Optional<InetAddress> parse(String text) {
        if (text.length() > LONGEST) return Optional.empty();
        try {
            Matcher four = IPV4.matcher(text);
            if (four.matches()) return ofOctets(four);
            Matcher six = IPV6.matcher(text);
            if (!six.matches()) return Optional.empty();
            String bare = six.group(1) == null ? six.group(2) : six.group(1);
            return Optional.of(InetAddress.getByName("[" + bare + "]"));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static Optional<InetAddress> ofOctets(Matcher four) throws UnknownHostException {
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            int octet = Integer.parseInt(four.group(i + 1));
            if (octet > 255) return Optional.empty();
            bytes[i] = (byte) octet;
        }
        return Optional.of(InetAddress.getByAddress(bytes));
    }
}
