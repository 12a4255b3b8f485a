package dev.mintmark.auth.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * The server's secrets, the first of them active, the others kept so that what they made can still be read. Every key that is
 * not published is derived from one of them, by HKDF (RFC 5869) with its purpose as info. Thread-safe.
 */
public final class ServerSecrets {
    private static final byte FORMAT = 1;
    private static final int ID = 4;
    private static final int IV = 12;
    private static final int TAG_BITS = 128;

    private final List<Secret> secrets;
    private final SecureRandom random;

    /** One secret: its public name, and the keys derived from it so far. */
    private record Secret(String id, SecretKeySpec root, Map<String, SecretKeySpec> derived) {
        SecretKeySpec key(String purpose) {
            return derived.computeIfAbsent(purpose, p -> new SecretKeySpec(hkdf(root.getEncoded(), p), "HmacSHA256"));
        }
    }

    /**
     * Secrets.
     *
     * @param secrets each at least 32 bytes, the active one first
     * @param random where initialisation vectors come from
     * @throws IllegalArgumentException if there is none or one is too short
     */
    public ServerSecrets(List<byte[]> secrets, SecureRandom random) {
        if (secrets.isEmpty()) throw new IllegalArgumentException("a server needs a secret");
        List<Secret> all = new ArrayList<>();
        for (byte[] bytes : secrets) {
            if (bytes.length < 32) throw new IllegalArgumentException("a server secret has at least 32 bytes");
            byte[] id = hkdf(bytes, "id");
            String name = Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(id, ID));
            all.add(new Secret(name, new SecretKeySpec(bytes, "HKDF"), new ConcurrentHashMap<>()));
        }
        this.secrets = List.copyOf(all);
        this.random = random;
    }

    /**
     * The names of the secrets, the active one first.
     *
     * @return short names that tell nothing of the secrets
     */
    public List<String> ids() {
        return secrets.stream().map(Secret::id).toList();
    }

    /**
     * A MAC under a key of one purpose.
     *
     * @param id the secret's name
     * @param purpose what the key is for
     * @param message what is vouched for
     * @return 32 bytes, empty if there is no such secret any more
     */
    public Optional<byte[]> mac(String id, String purpose, byte[] message) {
        return secret(id).map(secret -> mac(secret.key(purpose), message));
    }

    /**
     * A key of one purpose.
     *
     * @param id the secret's name
     * @param purpose what the key is for
     * @return 32 bytes
     */
    public byte[] key(String id, String purpose) {
        return secret(id).orElseThrow().key(purpose).getEncoded();
    }

    /**
     * A name for a short text that no one without the active secret can compute.
     *
     * @param purpose what the name is for
     * @param text any text
     * @return 43 characters of base64url
     */
    public String name(String purpose, String text) {
        SecretKeySpec key = secrets.get(0).key("name " + purpose);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac(key, text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Encrypts what a store will keep, with AES-256-GCM under a key of this context alone.
     *
     * @param context where it will be kept; it opens nowhere else
     * @param plain what to encrypt
     * @return format, name of the secret, initialisation vector, ciphertext
     */
    public byte[] seal(String context, byte[] plain) {
        Secret secret = secrets.get(0);
        byte[] iv = new byte[IV];
        random.nextBytes(iv);
        byte[] sealed = gcm(Cipher.ENCRYPT_MODE, secret, context, iv, plain, 0);
        return ByteBuffer.allocate(1 + ID + IV + sealed.length)
                .put(FORMAT)
                .put(Base64.getUrlDecoder().decode(secret.id()))
                .put(iv)
                .put(sealed)
                .array();
    }

    /**
     * Decrypts what {@link #seal} made.
     *
     * @param context where it was kept
     * @param sealed what was kept
     * @return the plain bytes
     * @throws IllegalStateException if it was made elsewhere, for another context, by a later version, or with a secret that
     *     this server no longer has
     */
    public byte[] open(String context, byte[] sealed) {
        if (sealed.length < 1 + ID + IV + TAG_BITS / 8 || sealed[0] != FORMAT)
            throw new IllegalStateException("unknown payload format");
        byte[] id = Arrays.copyOfRange(sealed, 1, 1 + ID);
        byte[] iv = Arrays.copyOfRange(sealed, 1 + ID, 1 + ID + IV);
        Secret secret = secret(Base64.getUrlEncoder().withoutPadding().encodeToString(id))
                .orElseThrow(() -> new IllegalStateException("sealed with a secret this server does not have"));
        return gcm(Cipher.DECRYPT_MODE, secret, context, iv, sealed, 1 + ID + IV);
    }

    /**
     * Whether a secret that this server still has sealed something.
     *
     * @param sealed what {@link #seal} returned
     * @return whether {@link #open} knows the secret
     */
    public boolean opens(byte[] sealed) {
        return sealed.length > ID && secret(encoded(sealed)).isPresent();
    }

    private static String encoded(byte[] sealed) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(sealed, 1, 1 + ID));
    }

    /**
     * Whether the active secret sealed something, so that it still opens when the others are gone.
     *
     * @param sealed what {@link #seal} returned
     * @return whether it was the active one
     */
    public boolean isSealedByActive(byte[] sealed) {
        byte[] id = Base64.getUrlDecoder().decode(secrets.get(0).id());
        return sealed.length > ID && Arrays.equals(id, 0, ID, sealed, 1, 1 + ID);
    }

    private static byte[] gcm(int mode, Secret secret, String context, byte[] iv, byte[] data, int from) {
        try {
            // A key of its own for each row keeps random vectors far from GCM's limit, however often rows are
            // rewritten.
            byte[] key = mac(secret.key("at rest"), context.getBytes(StandardCharsets.UTF_8));
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, iv));
            return cipher.doFinal(data, from, data.length - from);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a payload does not open", e);
        }
    }

    private Optional<Secret> secret(String id) {
        return secrets.stream().filter(s -> s.id().equals(id)).findFirst();
    }

    private static byte[] mac(SecretKeySpec key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static byte[] hkdf(byte[] secret, String purpose) {
        HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA256Digest());
        generator.init(new HKDFParameters(
                secret, "dev.mintmark".getBytes(StandardCharsets.UTF_8), purpose.getBytes(StandardCharsets.UTF_8)));
        byte[] key = new byte[32];
        generator.generateBytes(key, 0, key.length);
        return key;
    }

    /**
     * Compares MACs in time that does not depend on where they differ.
     *
     * @param a one
     * @param b the other
     * @return whether they are equal
     */
    public static boolean equal(byte[] a, byte[] b) {
        return MessageDigest.isEqual(a, b);
    }
}
