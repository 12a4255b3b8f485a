package dev.mintmark.auth;

import dev.mintmark.auth.wire.WireDialect;
import java.util.List;
import java.util.Optional;

/** Where an endpoint stands, what it answers there, and how it speaks. Immutable. */
public final class Place {
    private final String path;
    private final Optional<WireDialect> dialect;
    private final List<String> methods;

    private Place(String path, Optional<WireDialect> dialect, List<String> methods) {
        this.path = path;
        this.dialect = dialect;
        this.methods = methods;
    }

    /**
     * A place where the server's dialect is spoken.
     *
     * @param path below the base URI, beginning with a slash
     * @return the place, with the endpoint's own methods
     */
    public static Place at(String path) {
        return new Place(path, Optional.empty(), List.of());
    }

    /**
     * The same with a dialect of its own.
     *
     * @param value the dialect
     * @return the new place
     */
    public Place speaking(WireDialect value) {
        return new Place(path, Optional.of(value), methods);
    }

    /**
     * The same for these methods only.
     *
     * @param values of GET and POST
     * @return the new place
     */
    public Place answering(String... values) {
        return new Place(path, dialect, List.of(values));
    }

    String path() {
        return path;
    }

    WireDialect dialectOr(WireDialect standard) {
        return dialect.orElse(standard);
    }

    List<String> methodsOr(List<String> standard) {
        return methods.isEmpty() ? standard : methods;
    }
}
