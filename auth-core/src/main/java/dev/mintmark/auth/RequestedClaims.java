package dev.mintmark.auth;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.protocol.ScopePatterns;
import dev.mintmark.auth.protocol.Scopes;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The claims asked for one by one (OpenID Connect Core section 5.5).
 *
 * @param idToken names, and for each what is asked of it; an empty object where the request has null
 * @param userInfo the same for UserInfo
 */
record RequestedClaims(Claims idToken, Claims userInfo) {
    /** It is kept with every code and family, and goes into access tokens. */
    private static final int LONGEST = 2048;

    private static final String ID_TOKEN = "id_token";
    private static final String USERINFO = "userinfo";

    static RequestedClaims none() {
        return new RequestedClaims(Claims.none(), Claims.none());
    }

    static RequestedClaims of(Params params) {
        Optional<String> json = params.get("claims");
        if (json.isEmpty()) return none();
        if (json.get().length() > LONGEST) throw bad("is too long");
        if (!json.get().stripLeading().startsWith("{")) throw bad("is no JSON object");
        try {
            Map<String, Object> members = JSONObjectUtils.parse(json.get());
            return new RequestedClaims(section(members, ID_TOKEN), section(members, USERINFO));
        } catch (ParseException | RuntimeException e) {
            throw bad("is no JSON object of requested claims");
        }
    }

    /** As {@link #toClaims} wrote them. */
    static RequestedClaims of(Claims written) {
        return new RequestedClaims(written.object(ID_TOKEN), written.object(USERINFO));
    }

    Claims toClaims() {
        Claims.Builder out = Claims.builder();
        if (!idToken.isEmpty()) out.put(ID_TOKEN, idToken);
        if (!userInfo.isEmpty()) out.put(USERINFO, userInfo);
        return out.build();
    }

    private static Claims section(Map<String, Object> members, String name) {
        Object section = members.get(name);
        if (section == null) return Claims.none();
        Claims.Builder out = Claims.builder();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) section).entrySet()) {
            Object asked = entry.getValue();
            if (asked != null && !(asked instanceof Map)) throw bad("has " + name + " members that are no objects");
            Claims wish = asked == null ? Claims.none() : Claims.of("it", asked).object("it");
            out.put((String) entry.getKey(), wish);
        }
        return out.build();
    }

    private static Refused bad(String how) {
        return Refusal.badParameter("claims", how).thrown();
    }

    /** Section 5.5.1: the one person the request is about, if it names one. */
    Optional<String> subject() {
        return idToken.object("sub").string("value");
    }

    /** Section 5.5.1.1: context classes demanded, the most wanted first. */
    List<String> contextClasses() {
        return values(idToken.object("acr"));
    }

    boolean contextClassIsEssential() {
        return idToken.object("acr").isTrue("essential");
    }

    private static List<String> values(Claims wish) {
        List<String> values = new ArrayList<>(wish.strings("values"));
        wish.string("value").ifPresent(value -> values.add(0, value));
        return values;
    }

    /** As far as the client is registered for a scope that covers them: a claim is no way around that. */
    RequestedClaims within(ScopePatterns registered) {
        return new RequestedClaims(within(idToken, registered), within(userInfo, registered));
    }

    private static Claims within(Claims section, ScopePatterns registered) {
        String[] beyond = section.names().stream()
                .filter(StandardClaims.NAMES::contains)
                .filter(name -> !StandardClaims.covered(name, registered.literals()))
                .toArray(String[]::new);
        return section.without(beyond);
    }

    /** What a person has to be asked for beside the scope. */
    List<String> beside(Scopes scope) {
        Set<String> names = new LinkedHashSet<>(idToken.names());
        names.addAll(userInfo.names());
        return names.stream()
                .filter(StandardClaims.NAMES::contains)
                .filter(name -> !StandardClaims.covered(name, scope))
                .toList();
    }

    /** What of a person answers one section; what has not the value that is asked for does not. */
    static Claims answer(Claims section, Claims person) {
        Claims.Builder out = Claims.builder();
        for (String name : StandardClaims.NAMES) {
            if (!section.names().contains(name)) continue;
            Claims wish = section.object(name);
            List<Claims> wanted = new ArrayList<>();
            wish.get("value").ifPresent(value -> wanted.add(written(value)));
            if (wish.get("values").orElse(List.of()) instanceof List<?> values)
                values.forEach(value -> wanted.add(written(value)));
            out.put(name, person.get(name).filter(value -> wanted.isEmpty() || wanted.contains(written(value))));
        }
        return out.build();
    }

    /** A number is the same number whatever a store has it in: as JSON has it. */
    private static Claims written(Object value) {
        return Claims.parse(Claims.of("value", value).toJson());
    }
}
