package dev.mintmark.auth.profile;

import dev.mintmark.auth.protocol.ErrorCode;

/** Lerian's errors: code, status and title as documented, or chosen; see {@link LerianProfile}. */
enum LerianError {
    MISSING_FIELDS("AUT-0001", 400, "Missing Fields in Request", "Required fields are missing."),
    INTERNAL("AUT-0005", 500, "Internal Server Error", "Something went wrong on our side."),
    NO_TOKEN("AUT-0006", 401, "Token Missing", "A valid token must be provided in the Authorization header."),
    BAD_REQUEST("AUT-0009", 400, "Bad Request", "The request is malformed or has unexpected values."),
    UNKNOWN_GRANT("AUT-0013", 400, "Invalid Grant Type", "The provided grantType is not valid."),
    MISSING_GRANT_FIELDS("AUT-0014", 400, "Grant Type Missing Fields", "Fields of this grantType are missing."),
    GRANT_NOT_ALLOWED("AUT-1001", 400, "Unsupported Grant Type", "This client may not use this grantType."),
    WRONG_PASSWORD("AUT-1002", 401, "Invalid Username or Password", "The username or password is not valid."),
    WRONG_TOKEN("AUT-1003", 401, "Invalid Token", "The token is expired, revoked or not valid."),
    WRONG_CLIENT("AUT-1004", 401, "Invalid Client Credentials", "The clientId or clientSecret is not valid."),
    WRONG_REFRESH_TOKEN("AUT-1005", 400, "Invalid Refresh Token", "The refresh token is expired or not valid."),
    WRONG_MFA_CODE("AUT-1006", 401, "Invalid MFA Code", "The code is wrong, expired or was used."),
    WRONG_MFA_TOKEN("AUT-1007", 401, "Invalid MFA Token", "The mfaToken is expired, used or not valid."),
    WRONG_SCOPE("AUT-1008", 400, "Invalid Scope", "The scope is malformed or not allowed."),
    TOO_MANY("AUT-0429", 429, "Too Many Attempts", "Too many attempts were made."),
    UNAVAILABLE("AUT-0503", 503, "Service Unavailable", "Try again in a moment.");

    private final String code;
    private final int status;
    private final String title;
    private final String message;

    LerianError(String code, int status, String title, String message) {
        this.code = code;
        this.status = status;
        this.title = title;
        this.message = message;
    }

    /** For what the same word means on every route; the rest is a bad request. */
    static LerianError of(ErrorCode code) {
        for (LerianError error : values()) if (error.code.equals(code.value())) return error;
        return switch (code.value()) {
            case "unsupported_grant_type" -> UNKNOWN_GRANT;
            case "unauthorized_client" -> GRANT_NOT_ALLOWED;
            case "invalid_scope" -> WRONG_SCOPE;
            case "too_many_attempts" -> TOO_MANY;
            case "server_error" -> INTERNAL;
            case "temporarily_unavailable" -> UNAVAILABLE;
            default -> BAD_REQUEST;
        };
    }

    /** The code as the engine carries it from whoever reads a request to whoever words the answer. */
    ErrorCode asErrorCode() {
        return new ErrorCode(code);
    }

    String code() {
        return code;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    String message() {
        return message;
    }
}
