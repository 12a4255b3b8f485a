package dev.mintmark.auth.servlet;

import dev.mintmark.auth.wire.WireHandler;
import jakarta.servlet.Filter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A web application as every container is to deploy it.
 *
 * @param context its path, empty at the root of the host
 * @param async whether its servlets and filters support asynchronous requests
 * @param servlets each as its own {@link AuthServlet}, by mapping
 * @param filters in front of them, by mapping, for requests as they come and not for dispatches
 */
record WebApp(String context, boolean async, Map<String, AuthServlet> servlets, Map<String, Filter> filters) {
    static WebApp at(String context) {
        return new WebApp(context, false, Map.of(), Map.of());
    }

    WebApp servlet(String mapping, WireHandler handler) {
        return new WebApp(context, async, with(servlets, mapping, new AuthServlet(handler)), filters);
    }

    WebApp filter(String mapping, Filter filter) {
        return new WebApp(context, async, servlets, with(filters, mapping, filter));
    }

    WebApp supportingAsync() {
        return new WebApp(context, true, servlets, filters);
    }

    private static <T> Map<String, T> with(Map<String, T> some, String mapping, T one) {
        Map<String, T> more = new LinkedHashMap<>(some);
        more.put(mapping, one);
        return more;
    }
}
