package dev.mintmark.auth.fuzz;

import dev.mintmark.auth.fuzz.Api.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A request that no one wrote: to a route mostly, by its method mostly, with what parsers read next to noise. */
final class Arbitrarily {
    private Arbitrarily() {}

    static Sent request(Api api, Material with) {
        Route route = with.one(api.routes());
        String method = with.below(5) == 0 ? Character.toString(with.below(0x3000)) : route.method();
        String path = api.mount() + route.path();
        Sent sent = new Sent(
                method,
                with.below(5) == 0 ? Mutations.path(path, with) : path,
                query(route, with),
                new ArrayList<>(),
                body(with));
        if (with.below(5) > 0) {
            sent = sent.with("Content-Type", sent.isJson() ? "application/json" : "application/x-www-form-urlencoded");
        }
        sent = switch (with.below(6)) {
            case 0, 1 -> sent.with("Authorization", with.known(with.one(List.of("basic", "other_basic"))));
            case 2 -> sent.with("Authorization", "Bearer " + with.value());
            case 3 -> sent.with("SlashID-API-Key", with.known("api_key")).with("SlashID-OrgID", with.known("org"));
            default -> sent;
        };
        return with.below(3) == 0 ? Mutations.mutate(sent, with) : sent;
    }

    private static Optional<String> query(Route route, Material with) {
        if (with.below(4) == 0) return Optional.of(with.one(Material.NASTY));
        return route.method().equals("GET") ? Optional.of(body(with)) : Optional.empty();
    }

    private static String body(Material with) {
        if (with.below(6) == 0) {
            byte[] noise = new byte[with.below(400)];
            with.random.nextBytes(noise);
            return Sent.text(noise);
        }
        Sent form = new Sent("POST", "/", Optional.empty(), List.of(), "")
                .withBody("grant_type=" + with.one(Material.GRANTS));
        if (with.below(4) == 0)
            form = form.withBody(
                    "{\"" + with.one(List.of("grant_type", "grantType")) + "\":\"" + with.one(Material.GRANTS) + "\"}");
        for (int i = with.below(8); i > 0; i--) {
            form = form.isJson() ? JsonMutations.mutate(form, with) : FormMutations.mutate(form, with);
        }
        return form.body();
    }
}
