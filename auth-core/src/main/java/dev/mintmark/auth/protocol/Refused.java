package dev.mintmark.auth.protocol;

/**
 * A {@link Refusal} on its way from the rule that decided it to the endpoint that catches it. It has no stack trace: a
 * refusal is an answer, not a fault.
 */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    Refused(Refusal refusal) {
        super(refusal.toString(), null, false, false);
        this.refusal = refusal;
    }

    /**
     * What was refused, and why.
     *
     * @return the refusal
     */
    public Refusal refusal() {
        return refusal;
    }
}
