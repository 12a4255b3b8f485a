package dev.mintmark.auth;

/**
 * The accent of a real API: sets a builder up with its routes, dialect, lifetimes and claims, by the same methods that are
 * open to anyone. What is set on the builder afterwards wins.
 */
@FunctionalInterface
public interface Profile {
    /**
     * Sets a builder up.
     *
     * @param builder a fresh builder
     */
    void configure(AuthorizationServerBuilder builder);
}
