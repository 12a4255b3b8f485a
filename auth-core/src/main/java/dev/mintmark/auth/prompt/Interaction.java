package dev.mintmark.auth.prompt;

import dev.mintmark.auth.wire.WireRequest;
import dev.mintmark.auth.wire.WireResponse;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Draws what the engine asks of people. It decides nothing, keeps nothing and checks nothing: a page is drawn from its
 * {@link Prompt}, and what the person enters goes to {@link Prompt.Form#action}. Thread-safe.
 *
 * <p>An application with a login of its own answers {@link Prompt.SignIn} with a redirect to it, and calls
 * {@code AuthorizationServer.resume} once the person has signed in there; it may leave every other prompt to other pages.
 */
@FunctionalInterface
public interface Interaction {
    /**
     * Draws.
     *
     * @param prompt what is asked; one of the interfaces in {@link Prompt}
     * @param request the request it answers, for its {@code Accept-Language}
     * @return the page. The engine adds what forbids browsers to keep it, and to show it in a frame
     */
    WireResponse ask(Prompt prompt, WireRequest request);

    /**
     * The same, but for one kind of prompt.
     *
     * @param kind one of the interfaces in {@link Prompt}
     * @param own draws it
     * @param <P> the kind of prompt
     * @return pages that leave everything else, and what it refers to, to these
     */
    default <P extends Prompt> Interaction with(Class<P> kind, BiFunction<P, WireRequest, WireResponse> own) {
        Interaction others = this;
        return new Interaction() {
            @Override
            public WireResponse ask(Prompt prompt, WireRequest request) {
                return kind.isInstance(prompt) ? own.apply(kind.cast(prompt), request) : others.ask(prompt, request);
            }

            @Override
            public Map<String, WireResponse> assets() {
                return others.assets();
            }
        };
    }

    /**
     * What pages refer to: style sheets, scripts, pictures. Each stands at {@link Prompt#asset}.
     *
     * @return responses by file name: letters, digits, dots and hyphens
     */
    default Map<String, WireResponse> assets() {
        return Map.of();
    }
}
