package dev.mintmark.auth;

import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.wire.WireDialect;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/** Tells which refusals a server's dialects are given to dress: what was meant to be public stands there, and only there. */
public final class Overheard {
    private Overheard() {}

    /** Last of all that is done to a builder. */
    public static void refusals(AuthorizationServerBuilder builder, Consumer<Refusal> listener) {
        builder.routes.replaceAll((endpoint, places) -> places.stream()
                .map(place -> overheard(place, builder.dialectOf(endpoint), listener))
                .toList());
        builder.added.replaceAll(added -> new AuthorizationServerBuilder.Added(
                added.name(), overheard(added.place(), builder.dialect, listener), added.methods(), added.handler()));
        builder.dialect = overheard(builder.dialect, listener);
    }

    private static Place overheard(Place place, WireDialect standard, Consumer<Refusal> listener) {
        return place.speaking(overheard(place.dialectOr(standard), listener));
    }

    private static WireDialect overheard(WireDialect dialect, Consumer<Refusal> listener) {
        return (WireDialect) Proxy.newProxyInstance(
                WireDialect.class.getClassLoader(), new Class<?>[] {WireDialect.class}, (proxy, method, arguments) -> {
                    if (arguments != null && arguments[0] instanceof Refusal refusal) listener.accept(refusal);
                    try {
                        return method.invoke(dialect, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
