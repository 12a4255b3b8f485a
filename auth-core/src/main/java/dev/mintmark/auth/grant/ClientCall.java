package dev.mintmark.auth.grant;

import dev.mintmark.auth.protocol.Binding;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.Params;
import java.util.Optional;

/** A request of a client that has proven who it is. Only the engine makes one; it will grow by methods. */
public interface ClientCall {
    /**
     * The client.
     *
     * @return authenticated
     */
    Client client();

    /**
     * The parameters.
     *
     * @return in RFC names
     */
    Params params();

    /**
     * Whence the request came.
     *
     * @return a network address, if known
     */
    Optional<String> remoteAddress();

    /**
     * The key that the sender proved to hold.
     *
     * @return {@link Binding#NONE} if it proved none
     */
    Binding binding();
}
