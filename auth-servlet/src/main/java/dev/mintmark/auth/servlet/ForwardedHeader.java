package dev.mintmark.auth.servlet;

import java.util.ArrayList;
import java.util.List;

/** Reads {@code Forwarded} (RFC 7239 section 4), and what proxies take for it: values that need quotes and have none. */
final class ForwardedHeader {
    private static final String NOWHERE = "";

    private final String line;
    private int at;
    private boolean sound = true;

    private ForwardedHeader(String line) {
        this.line = line;
    }

    /**
     * Who called each hop: its {@code for}, or nothing. A line that cannot be read in full says nothing at all, for what is
     * misread might be the client's.
     */
    static List<String> nodes(String line) {
        return new ForwardedHeader(line).read();
    }

    private List<String> read() {
        List<String> nodes = new ArrayList<>();
        do {
            nodes.add(element());
        } while (sound && skip(','));
        return sound && at == line.length() ? nodes : List.of(NOWHERE);
    }

    private String element() {
        String node = NOWHERE;
        boolean known = false;
        do {
            spaces();
            String name = until("=,; \t\"");
            boolean pair = !name.isEmpty() && skip('=');
            String value = skip('"') ? quoted() : until(",; \t\"");
            spaces();
            boolean isNode = name.equalsIgnoreCase("for");
            // RFC 7239 section 4: each parameter MUST NOT occur more than once
            sound &= pair && !value.isEmpty() && !(isNode && known);
            known |= isNode;
            if (isNode) node = value;
        } while (sound && skip(';'));
        return node;
    }

    private String quoted() {
        StringBuilder text = new StringBuilder();
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == '"') return text.toString();
            boolean escaped = c == '\\' && at < line.length();
            text.append(escaped ? line.charAt(at++) : c);
        }
        sound = false;
        return text.toString();
    }

    private String until(String ends) {
        int from = at;
        while (at < line.length() && ends.indexOf(line.charAt(at)) < 0) at++;
        return line.substring(from, at);
    }

    private void spaces() {
        while (skip(' ') || skip('\t')) {}
    }

    private boolean skip(char c) {
        boolean here = at < line.length() && line.charAt(at) == c;
        if (here) at++;
        return here;
    }
}
