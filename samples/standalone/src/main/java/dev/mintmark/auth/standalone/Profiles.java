package dev.mintmark.auth.standalone;

import dev.mintmark.auth.Profile;
import dev.mintmark.auth.profile.LeanProfile;
import dev.mintmark.auth.profile.SlashIdProfile;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The profiles by the names that a file gives them. */
final class Profiles {
    /** Names of the contract that have no profile yet. */
    static final List<String> NOT_BUILT = List.of("lerian", "geolens", "screening-eagle");

    /**
     * A profile, and what a file needs to know of it to fill in what it leaves out.
     *
     * @param profile sets the builder up
     * @param authMethod how the API's clients authenticate
     * @param scopes the scopes that the API names
     * @param access what signs its access tokens
     * @param id what signs its ID tokens
     * @param refreshLifetime how long its refresh families live
     * @param refreshIdle how long they live without use
     */
    record Accent(
            Profile profile,
            String authMethod,
            String scopes,
            SigningAlgorithm access,
            SigningAlgorithm id,
            Duration refreshLifetime,
            Duration refreshIdle) {}

    /** A server without a profile: as the RFCs have it, with the builder's own defaults. */
    static final Accent STANDARD = new Accent(
            builder -> {},
            "client_secret_basic",
            "",
            SigningAlgorithm.ES256,
            SigningAlgorithm.RS256,
            Duration.ofDays(30),
            Duration.ofDays(7));

    private static final Map<String, Accent> BUILT = Map.of(
            "lean",
            new Accent(
                    new LeanProfile(),
                    "client_secret_post",
                    "openid api customer.{customer_id}",
                    SigningAlgorithm.RS256,
                    SigningAlgorithm.RS256,
                    Duration.ofDays(30),
                    Duration.ofDays(7)),
            "slashid",
            new Accent(
                    new SlashIdProfile(),
                    "client_secret_basic",
                    "openid offline_access email phone username",
                    SigningAlgorithm.HS256,
                    SigningAlgorithm.RS256,
                    Duration.ofDays(10),
                    Duration.ofDays(10)));

    private Profiles() {}

    static Optional<Accent> named(String name) {
        return Optional.ofNullable(BUILT.get(name));
    }

    static List<String> names() {
        return BUILT.keySet().stream().sorted().toList();
    }
}
