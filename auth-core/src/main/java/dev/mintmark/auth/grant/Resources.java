package dev.mintmark.auth.grant;

import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Refusal;
import java.net.URI;
import java.util.List;

/** RFC 8707 section 2.2: a token request may ask for some of the resources that were granted, never for others. */
final class Resources {
    private Resources() {}

    static List<URI> narrowed(Authorization granted, GrantRequest request) {
        if (request.resources().isEmpty()) return granted.resources();
        if (!granted.resources().containsAll(request.resources())) {
            throw Refusal.of(ErrorCode.INVALID_TARGET, "a resource that was not granted")
                    .about("resource")
                    .saying("resource exceeds what was granted")
                    .thrown();
        }
        return request.resources();
    }
}
