package dev.mintmark.auth.store;

/**
 * A store that cannot answer now: out of reach, full, or too slow. The request is refused as {@code temporarily_unavailable},
 * and nothing is half written.
 */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A store that cannot answer.
     *
     * @param message what happened, for the log; no secret
     */
    public StoreException(String message) {
        super(message);
    }

    /**
     * A store that cannot answer.
     *
     * @param message what happened, for the log; no secret
     * @param cause what the store's driver said
     */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
