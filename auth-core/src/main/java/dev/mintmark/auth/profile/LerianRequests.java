package dev.mintmark.auth.profile;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Params;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.wire.WireDialect;
import dev.mintmark.auth.wire.WireRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lerian's bodies, each read into parameters in RFC names. Members that are not known are passed over. */
final class LerianRequests {
    private static final Map<String, String> LOGIN = Map.of(
            "grantType", "grant_type",
            "username", "username",
            "password", "password",
            "clientId", "client_id",
            "clientSecret", "client_secret",
            "deviceToken", "device_token");

    private static final Map<String, String> CHALLENGE = Map.of("app", "otp", "email", "oob", "sms", "oob");

    private LerianRequests() {}

    static Params login(WireRequest request) {
        Claims body = strings(request, LOGIN.keySet().toArray(String[]::new));
        require(body, LerianError.MISSING_FIELDS, "grantType");
        switch (body.string("grantType").orElseThrow()) {
            case "password" -> require(body, LerianError.MISSING_GRANT_FIELDS, "username", "password");
            case "client_credentials" -> require(body, LerianError.MISSING_GRANT_FIELDS, "clientId", "clientSecret");
            default -> throw refused(LerianError.UNKNOWN_GRANT, LerianError.UNKNOWN_GRANT.message());
        }
        return WireDialect.members(body, name -> Optional.ofNullable(LOGIN.get(name)));
    }

    static Params refresh(WireRequest request) {
        Claims body = strings(request, "refreshToken", "scope", "clientId", "clientSecret");
        require(body, LerianError.MISSING_FIELDS, "refreshToken");
        Params.Builder params = Params.builder().add("grant_type", GrantType.REFRESH_TOKEN.value());
        add(params, body, "refreshToken", "refresh_token");
        add(params, body, "scope", "scope");
        add(params, body, "clientId", "client_id");
        add(params, body, "clientSecret", "client_secret");
        return params.build();
    }

    static Params mfaChallenge(WireRequest request) {
        Claims body = strings(request, "mfaToken", "mfaType");
        require(body, LerianError.MISSING_FIELDS, "mfaToken", "mfaType");
        Params.Builder params = Params.builder();
        add(params, body, "mfaToken", "mfa_token");
        String type = type(body);
        return params.add("challenge_type", CHALLENGE.getOrDefault(type, ""))
                .add("authenticator_id", type.equals("app") ? "otp" : type)
                .build();
    }

    /** Of a code and a recovery code one, and just one; the code as long as it always is. */
    static Params mfaVerify(WireRequest request) {
        Claims body = strings(request, "mfaToken", "mfaType", "passcode", "recoveryCode");
        require(body, LerianError.MISSING_FIELDS, "mfaToken", "mfaType");
        String type = type(body);
        boolean coded = !text(body, "passcode").isEmpty();
        boolean recovering = !text(body, "recoveryCode").isEmpty();
        if (!coded && !recovering) require(body, LerianError.MISSING_FIELDS, "passcode");
        if (coded && recovering) throw malformed("passcode and recoveryCode exclude each other");
        if (coded && text(body, "passcode").length() != 6) throw malformed("passcode must have six characters");
        Params.Builder params = Params.builder();
        add(params, body, "mfaToken", "mfa_token");
        if (remembers(body)) params.add("remember_device", "true");
        if (recovering) {
            return params.add("grant_type", GrantType.MFA_RECOVERY_CODE.value())
                    .add("recovery_code", text(body, "recoveryCode"))
                    .build();
        }
        if (type.equals("app")) {
            return params.add("grant_type", GrantType.MFA_OTP.value())
                    .add("otp", text(body, "passcode"))
                    .build();
        }
        return params.add("grant_type", GrantType.MFA_OOB.value())
                .add("authenticator_id", type)
                .add("binding_code", text(body, "passcode"))
                .build();
    }

    /** The one that is a form. */
    static Params logout(WireRequest request) {
        Params params = WireDialect.STANDARD.params(request);
        if (params.get("id_token_hint").isEmpty()) throw missing(LerianError.MISSING_FIELDS, List.of("id_token_hint"));
        return params;
    }

    static Params authorize(WireRequest request) {
        Claims body = strings(request, "sub", "resource", "action");
        require(body, LerianError.MISSING_FIELDS, "resource", "action");
        Params.Builder params = Params.builder();
        for (String name : List.of("sub", "resource", "action")) add(params, body, name, name);
        return params.build();
    }

    private static Claims strings(WireRequest request, String... names) {
        Claims body = WireDialect.jsonObject(request);
        for (String name : names) {
            if (body.get(name).filter(value -> !(value instanceof String)).isPresent()) {
                throw malformed(name + " must be a string");
            }
        }
        return body;
    }

    private static boolean remembers(Claims body) {
        if (body.get("rememberDevice")
                .filter(value -> !(value instanceof Boolean))
                .isPresent()) {
            throw malformed("rememberDevice must be true or false");
        }
        return body.isTrue("rememberDevice");
    }

    private static String type(Claims body) {
        String type = text(body, "mfaType");
        if (!CHALLENGE.containsKey(type)) throw malformed("mfaType must be app, email or sms");
        return type;
    }

    private static String text(Claims body, String name) {
        return body.string(name).orElse("");
    }

    private static void add(Params.Builder params, Claims body, String name, String rfcName) {
        body.string(name).ifPresent(value -> params.add(rfcName, value));
    }

    private static void require(Claims body, LerianError error, String... names) {
        List<String> missing =
                Arrays.stream(names).filter(name -> text(body, name).isEmpty()).toList();
        if (!missing.isEmpty()) throw missing(error, missing);
    }

    private static Refused missing(LerianError error, List<String> names) {
        return refused(error, "Required fields are missing: " + String.join(", ", names) + ".");
    }

    private static Refused malformed(String how) {
        return refused(LerianError.BAD_REQUEST, how);
    }

    private static Refused refused(LerianError error, String how) {
        return Refusal.of(error.asErrorCode(), how).saying(how).thrown();
    }
}
