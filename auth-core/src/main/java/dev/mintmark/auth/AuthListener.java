package dev.mintmark.auth;

/**
 * Is told what the server did. Called on the thread of the request, after the decision and before the answer: be quick, and
 * hand slow work on. An exception is logged and changes nothing. Thread-safe.
 */
@FunctionalInterface
public interface AuthListener {
    /**
     * Something happened.
     *
     * @param event what; it holds no token, code, secret or password
     */
    void on(AuthEvent event);

    /**
     * A listener that writes to a {@link System.Logger} called {@code dev.mintmark.auth}: replays and faults as warnings and
     * errors, refusals as information, successes for debugging.
     *
     * @return the default listener
     */
    static AuthListener logging() {
        System.Logger logger = System.getLogger("dev.mintmark.auth");
        return event -> {
            System.Logger.Level level = switch (event.type()) {
                case FAILED -> System.Logger.Level.ERROR;
                case REPLAYED -> System.Logger.Level.WARNING;
                case REFUSED -> System.Logger.Level.INFO;
                default -> System.Logger.Level.DEBUG;
            };
            if (event.cause().isPresent())
                logger.log(level, event.toString(), event.cause().get());
            else logger.log(level, event::toString);
        };
    }
}
