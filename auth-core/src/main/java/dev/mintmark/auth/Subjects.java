package dev.mintmark.auth;

import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.Subject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a client calls a person: the person's identifier, or one that only its sector has (OpenID Connect Core section 8). */
final class Subjects {
    private final Optional<byte[]> salt;

    Subjects(Optional<byte[]> salt) {
        this.salt = salt;
    }

    boolean isPairwise(Client client, Subject subject) {
        return client.sector().isPresent() && subject instanceof Subject.OfUser;
    }

    String of(Client client, Subject subject) {
        return isPairwise(client, subject) ? pairwise(client.sector().orElseThrow(), subject.value()) : subject.value();
    }

    /** Section 8.1: no one but the server can compute it, nor find its way back. */
    private String pairwise(String sector, String person) {
        byte[] key = salt.orElseThrow(
                () -> new IllegalStateException("a client wants pairwise subjects: pairwiseSubjects(..) is missing"));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] sub = mac.doFinal((sector + '\n' + person).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sub);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
