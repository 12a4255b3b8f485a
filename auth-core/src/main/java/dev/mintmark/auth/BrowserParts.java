package dev.mintmark.auth;

import dev.mintmark.auth.AuthorizationRules.Wanted;
import dev.mintmark.auth.Sessions.Session;
import dev.mintmark.auth.Visits.Visit;
import dev.mintmark.auth.protocol.Authentication;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Scopes;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.wire.WireRequest;
import java.util.Optional;
import java.util.function.Function;

/** What the endpoints for browsers are made of. */
record BrowserParts(
        BrowserRules browserRules,
        AuthorizationRules rules,
        ScopeRules scopes,
        EngineMemory memory,
        EnginePeople people,
        Function<String, Optional<Client>> clients,
        CodeIssuer codes,
        Subjects subjects,
        IdTokenHints hints,
        Parlour parlour,
        Cookies cookies,
        Sessions sessions,
        Consents consents,
        Visits visits,
        PushedRequests pushed,
        Devices devices,
        BackChannel backChannel) {
    Optional<Session> session(WireRequest request) {
        return sessions.find(cookies.read(request, Cookies.Name.SESSION));
    }

    /** For whom a visit is. */
    Target target(Visit visit) {
        Optional<String> device = visit.device();
        if (device.isPresent()) return devices.device(device.get()).orElseThrow(Devices::gone);
        Optional<String> own = visit.own();
        if (own.isPresent()) return Wanted.own(own.get(), visit.params()).target();
        return rules.target(visit.params());
    }

    Wanted wanted(Target target, Params params) {
        if (target instanceof Target.Device device) return devices.wanted(device);
        return target instanceof Target.Own own ? Wanted.own(own.path(), params) : rules.wanted(target, params);
    }

    /** Who knew the password and has a second factor to show, if that person stands still. */
    Optional<Authentication> pending(Visit visit) {
        return visit.pending().filter(first -> people.stands(first.subject()));
    }

    /** What of the scope is the person's to give; what was asked for and is not is refused. */
    Scopes scope(Wanted wanted, Optional<User> user) {
        Optional<Scopes> requested = wanted.params().get("scope").map(asked -> wanted.scope());
        return scopes.standing(wanted.scope(), requested, wanted.client(), user);
    }
}
