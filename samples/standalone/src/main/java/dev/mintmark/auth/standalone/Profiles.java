package dev.mintmark.auth.standalone;

import dev.mintmark.auth.Profile;
import dev.mintmark.auth.profile.GeoLensProfile;
import dev.mintmark.auth.profile.LeanProfile;
import dev.mintmark.auth.profile.LerianProfile;
import dev.mintmark.auth.profile.ScreeningEagleProfile;
import dev.mintmark.auth.profile.SlashIdProfile;
import dev.mintmark.auth.protocol.SigningAlgorithm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The profiles by the names that a file gives them. */
final class Profiles {
    /** What is peculiar to an API. */
    enum Trait {
        /** People sign in with a password, by a grant of the API's own. */
        PASSWORDS,
        /** A server without clients has something to do. */
        CLIENTS_OPTIONAL,
        /** No request names a client. */
        CLIENTS_IGNORED,
        /** A client may act for a user. */
        ACTING,
        /** Tokens are minted for whoever has the key of an organisation. */
        MINTING,
        /** People sign in with browsers. */
        PAGES
    }

    /**
     * A profile, and what a file needs to know of it to fill in what it leaves out.
     *
     * @param profile sets the builder up
     * @param authMethod how the API's clients authenticate
     * @param scopes the scopes that the API names
     * @param access what signs its access tokens
     * @param id what signs its ID tokens
     * @param refresh how long its refresh families live
     * @param idle how long they live without use
     * @param traits what is peculiar
     */
    record Accent(
            Profile profile,
            String authMethod,
            String scopes,
            SigningAlgorithm access,
            SigningAlgorithm id,
            Duration refresh,
            Duration idle,
            Set<Trait> traits) {
        boolean has(Trait trait) {
            return traits.contains(trait);
        }
    }

    private static final String BASIC = "client_secret_basic";
    private static final String POST = "client_secret_post";
    private static final SigningAlgorithm RS256 = SigningAlgorithm.RS256;
    private static final SigningAlgorithm HS256 = SigningAlgorithm.HS256;

    /** A server without a profile: as the RFCs have it, with the builder's own defaults. */
    static final Accent STANDARD = of(builder -> {}, BASIC, "", SigningAlgorithm.ES256, RS256, 30, 7, Trait.PAGES);

    /** Stands in for a profile that cannot be read, so that no one complains of what it might have. */
    static final Accent UNREADABLE = of(
            builder -> {},
            BASIC,
            "",
            SigningAlgorithm.ES256,
            RS256,
            30,
            7,
            Trait.CLIENTS_OPTIONAL,
            Trait.ACTING,
            Trait.MINTING,
            Trait.PAGES);

    private static final Map<String, Accent> ALL = Map.of(
            "lerian",
            of(
                    new LerianProfile(),
                    POST,
                    "openid profile email",
                    RS256,
                    RS256,
                    1,
                    1,
                    Trait.PASSWORDS,
                    Trait.CLIENTS_OPTIONAL),
            "geolens",
            of(
                    new GeoLensProfile(),
                    BASIC,
                    "",
                    HS256,
                    RS256,
                    7,
                    7,
                    Trait.PASSWORDS,
                    Trait.CLIENTS_OPTIONAL,
                    Trait.CLIENTS_IGNORED),
            "screening-eagle",
            of(
                    new ScreeningEagleProfile(),
                    BASIC,
                    "openid email profile inspect",
                    HS256,
                    HS256,
                    180,
                    180,
                    Trait.ACTING),
            "slashid",
            of(
                    new SlashIdProfile(),
                    BASIC,
                    "openid offline_access email phone username",
                    HS256,
                    RS256,
                    10,
                    10,
                    Trait.MINTING),
            "lean",
            of(new LeanProfile(), POST, "openid api customer.{customer_id}", RS256, RS256, 30, 7));

    private Profiles() {}

    private static Accent of(
            Profile profile,
            String authMethod,
            String scopes,
            SigningAlgorithm access,
            SigningAlgorithm id,
            int days,
            int idleDays,
            Trait... traits) {
        return new Accent(
                profile,
                authMethod,
                scopes,
                access,
                id,
                Duration.ofDays(days),
                Duration.ofDays(idleDays),
                Set.of(traits));
    }

    static Optional<Accent> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    static List<String> names() {
        return ALL.keySet().stream().sorted().toList();
    }
}
