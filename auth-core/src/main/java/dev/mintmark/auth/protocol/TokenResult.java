package dev.mintmark.auth.protocol;

/**
 * What became of a token request: tokens, or a refusal.
 */
public sealed interface TokenResult permits Issued, TokenResult.Denied {
    /**
     * The request was refused.
     *
     * @param refusal what and why
     */
    record Denied(Refusal refusal) implements TokenResult {}

    /**
     * The tokens, for callers to whom a refusal is a fault.
     *
     * @return the tokens
     * @throws Refused if the request was refused
     */
    default Issued issued() {
        if (this instanceof Denied denied) throw denied.refusal().thrown();
        return (Issued) this;
    }
}
