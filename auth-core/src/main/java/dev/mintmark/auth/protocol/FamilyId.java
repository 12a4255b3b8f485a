package dev.mintmark.auth.protocol;

import java.util.regex.Pattern;

/**
 * Names everything that descends from one authorization: the code, its refresh tokens, its access tokens. Revoking the family
 * ends them all. Not a secret.
 *
 * @param value 32 lower-case hexadecimal digits
 */
public record FamilyId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    /**
     * Makes a family's name.
     *
     * @param value the value
     * @throws IllegalArgumentException if the value is not 32 lower-case hexadecimal digits
     */
    public FamilyId {
        if (!FORM.matcher(value).matches()) throw new IllegalArgumentException("not a family");
    }

    @Override
    public String toString() {
        return value;
    }
}
