package dev.mintmark.auth.prompt;

import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Scopes;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something the engine asks of a person, or tells a person. Only the engine makes one; there will be more of them, and they will
 * grow by methods. No text in it is escaped for HTML, and much of it comes from strangers.
 */
public interface Prompt {
    /**
     * Which page this is.
     *
     * @return {@code login}, {@code mfa}, {@code recovery-code}, {@code consent}, {@code device}, {@code device-done},
     *     {@code account}, {@code enrolment}, {@code recovery-codes}, {@code logout}, {@code signed-out}, {@code error} or {@code form-post}
     */
    String page();

    /**
     * In which languages the client would have it ({@code ui_locales}), beside what the browser prefers.
     *
     * @return language tags (BCP 47), the most wanted first, as the client wrote them
     */
    List<String> locales();

    /**
     * Where an asset stands.
     *
     * @param name a name of {@link Interaction#assets}
     * @return a path from the root of the host
     */
    String asset(String name);

    /** A prompt with a form: POST, {@code application/x-www-form-urlencoded}. */
    interface Form extends Prompt {
        /**
         * Where the form goes.
         *
         * @return a path from the root of the host
         */
        String action();

        /**
         * What the form must bring along.
         *
         * @return names and values of hidden fields
         */
        Map<String, String> hidden();

        /**
         * Where the browser may end after the form was sent, beside this server: the origin of the client's redirect URI, or its
         * scheme with a colon. For {@code form-action} of a Content-Security-Policy.
         *
         * @return a source expression; empty for nowhere
         */
        Optional<String> leadsTo();

        /**
         * For which client all this happens.
         *
         * @return the client, if one asked
         */
        Optional<Client> client();

        /**
         * What was wrong with the last try.
         *
         * @return empty at the first
         */
        Optional<Problem> problem();
    }

    /** Who are you? Fields: {@code username} and {@code password}. */
    interface SignIn extends Form {
        /**
         * What names this sign-in, for an application with a login of its own. Not secret: another browser can do nothing with it.
         *
         * @return for {@code AuthorizationServer.resume}
         */
        String interaction();

        /**
         * How old a sign-in may be, for an application that knows its people already: an older one is asked for again.
         *
         * @return the earliest moment that will do; empty if any will
         */
        Optional<Instant> notBefore();

        /**
         * The name that was entered last, or that the client suggested.
         *
         * @return to be filled in
         */
        Optional<String> username();
    }

    /**
     * The second factor. Fields: {@code otp}, or {@code recovery_code} if that is the {@link #factor}; {@code remember_device} with
     * the value {@code true} for whoever need not be asked again on this device.
     */
    interface SecondFactor extends Form {
        /**
         * Which factor is asked for.
         *
         * @return {@code otp} for an authenticator, {@code email} or {@code sms} for a code that was sent, {@code recovery-code}
         */
        String factor();

        /**
         * Where a code was sent, for the person to recognise and no one else to learn.
         *
         * @return most of it hidden; empty if none was sent
         */
        Optional<String> sentTo();

        /**
         * Which factors the person has besides.
         *
         * @return types like {@link #factor}; {@code email} and {@code sms} are chosen, and sent again, by a form of their own: the
         *     hidden fields, and {@code send} with the type as its value. The others by a link, {@link #linkTo}
         */
        List<String> others();

        /**
         * Where another factor is asked for.
         *
         * @param factor one of the {@link #others} that needs no sending
         * @return a path from the root of the host, with a query
         */
        String linkTo(String factor);
    }

    /** A recovery code was used up, and this one takes its place: it is shown once. The form has no field of its own. */
    interface RecoveryCode extends Form {
        /**
         * The new code, for the person to write down.
         *
         * @return a secret
         */
        String code();
    }

    /** May the client have this? Field: {@code decision}, {@code allow} or {@code deny}. */
    interface Consent extends Form {
        /**
         * Who is asked.
         *
         * @return the name the person signed in with, or the person's identifier
         */
        String person();

        /**
         * What the client wants.
         *
         * @return scopes, those with a parameter such as {@code customer.42} among them
         */
        Scopes scope();

        /**
         * What the client wants to know one by one ({@code claims}), beside what the scope covers.
         *
         * @return names of claims
         */
        List<String> claims();

        /**
         * The code of the device that wants it, for the person to compare (RFC 8628 section 5.4).
         *
         * @return empty if it is no device
         */
        Optional<String> userCode();
    }

    /** Which code does your device show? Field: {@code user_code}. */
    interface Device extends Form {
        /**
         * The code of the link, or the one that was typed last: filled in, and never sent by itself.
         *
         * @return to be filled in
         */
        Optional<String> userCode();
    }

    /** The device has its answer; the person can go back to it. */
    interface DeviceDone extends Prompt {
        /**
         * What the answer is.
         *
         * @return whether the person said yes
         */
        boolean allowed();
    }

    /**
     * Where a person is signed in, and what that person has allowed. Each entry can be ended by a form of its own: the hidden
     * fields, and {@code end} with the entry's name as its value.
     */
    interface Account extends Form {
        /**
         * Whose it is.
         *
         * @return the name the person signed in with, or the person's identifier
         */
        String person();

        /**
         * The browsers in which the person is signed in.
         *
         * @return the oldest first
         */
        List<Entry> sessions();

        /**
         * The clients that the person has allowed something.
         *
         * @return the oldest first
         */
        List<Entry> clients();

        /**
         * The devices on which the person is not asked for a second factor.
         *
         * @return the oldest first
         */
        List<Entry> devices();

        /**
         * Whether the person has an authenticator.
         *
         * @return whether codes of an authenticator are asked for
         */
        boolean hasAuthenticator();

        /**
         * Where an authenticator is set up.
         *
         * @return a path from the root of the host; empty where that is not possible
         */
        Optional<String> enrolment();

        /**
         * Something that can be ended.
         *
         * @param name what names it in the form
         * @param title for people: the client's name; empty for sessions and devices
         * @param since when it began
         * @param details for people: how someone signed in ({@code amr}), what was allowed (scopes and claims)
         * @param current whether it is this very browser
         */
        record Entry(String name, String title, Instant since, List<String> details, boolean current) {}
    }

    /** Set up an authenticator: scan the picture, or type the key. Field: {@code otp}, a code that it shows then. */
    interface Enrolment extends Form {
        /**
         * What the picture says.
         *
         * @return an {@code otpauth} URI, which holds the key
         */
        String uri();

        /**
         * The key, for people to type.
         *
         * @return base32; a secret
         */
        String key();
    }

    /** An authenticator is set up, and these codes are for when it is not at hand. They are shown once. */
    interface RecoveryCodes extends Prompt {
        /**
         * The codes.
         *
         * @return secrets
         */
        List<String> codes();

        /**
         * Where it goes on.
         *
         * @return a path from the root of the host
         */
        String next();
    }

    /** Do you want to sign out? Field: {@code decision}, {@code allow} or {@code deny}. */
    interface Logout extends Form {
        /**
         * Who is asked.
         *
         * @return the name the person signed in with, or the person's identifier
         */
        String person();
    }

    /** Nobody is signed in here any more. Or still is, and wanted it so. */
    interface SignedOut extends Prompt {
        /**
         * Whether somebody still is.
         *
         * @return true if the person was asked and said no
         */
        boolean staying();
    }

    /** It cannot go on. */
    interface Failure extends Prompt {
        /**
         * Why.
         *
         * @return the OAuth error code
         */
        ErrorCode error();

        /**
         * What happened, in English.
         *
         * @return the {@code error_description}
         */
        Optional<String> description();
    }

    /**
     * The client's answer, to be posted to it by the browser (OAuth 2.0 Form Post Response Mode): a form that sends itself, and has a
     * button for browsers without scripts.
     */
    interface FormPost extends Prompt {
        /**
         * Where the form goes.
         *
         * @return the client's redirect URI
         */
        URI target();

        /**
         * The client's answer.
         *
         * @return names and values of the form's fields; among them secrets
         */
        Map<String, String> fields();

        /**
         * The same as {@link Form#leadsTo}.
         *
         * @return a source expression
         */
        String leadsTo();
    }
}
