package dev.mintmark.auth;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Whom an address stands for: whoever has one of IPv6 may have a whole /48, and of IPv4 often a few. */
final class Network {
    /** Exactly what is one: of anything like it the JDK would ask the network who that is. */
    private static final Pattern IPV4 =
            Pattern.compile("(%s)(\\.(%<s)){3}".formatted("25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9]"));

    private static final Pattern IPV6 = Pattern.compile("\\[?([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(%[^\\]]*)?]?");

    private Network() {}

    /** The /24 or /48 of an address; a text that is none stands for itself. No name is ever looked up. */
    static String of(String address) {
        var six = IPV6.matcher(address);
        boolean isSix = six.matches();
        if (!isSix && !IPV4.matcher(address).matches()) return address;
        try {
            byte[] bytes = InetAddress.getByName(isSix ? "[" + six.group(1) + "]" : address)
                    .getAddress();
            return HexFormat.of().formatHex(Arrays.copyOf(bytes, bytes.length == 4 ? 3 : 6));
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
