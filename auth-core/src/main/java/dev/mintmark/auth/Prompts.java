package dev.mintmark.auth;

import dev.mintmark.auth.prompt.Problem;
import dev.mintmark.auth.prompt.Prompt;
import dev.mintmark.auth.protocol.Client;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.Scopes;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is asked, as the engine makes it. */
final class Prompts {
    private Prompts() {}

    /** What all have in common: where assets stand, and in which languages the client would have them. */
    record Frame(String assets, List<String> locales) {}

    /** What all forms have in common. */
    record Sheet(
            Frame frame,
            String action,
            Map<String, String> hidden,
            Optional<String> leadsTo,
            Optional<Client> client,
            Optional<Problem> problem) {}

    private interface Framed extends Prompt {
        Frame frame();

        @Override
        default List<String> locales() {
            return frame().locales();
        }

        @Override
        default String asset(String name) {
            return frame().assets() + name;
        }
    }

    private interface Filled extends Framed, Prompt.Form {
        Sheet sheet();

        @Override
        default Frame frame() {
            return sheet().frame();
        }

        @Override
        default String action() {
            return sheet().action();
        }

        @Override
        default Map<String, String> hidden() {
            return sheet().hidden();
        }

        @Override
        default Optional<String> leadsTo() {
            return sheet().leadsTo();
        }

        @Override
        default Optional<Client> client() {
            return sheet().client();
        }

        @Override
        default Optional<Problem> problem() {
            return sheet().problem();
        }
    }

    record SignIn(Sheet sheet, String interaction, Optional<Instant> notBefore, Optional<String> username)
            implements Filled, Prompt.SignIn {
        @Override
        public String page() {
            return "login";
        }
    }

    record SecondFactor(Sheet sheet, String factor, Optional<String> sentTo, List<String> others, String link)
            implements Filled, Prompt.SecondFactor {
        @Override
        public String page() {
            return "mfa";
        }

        @Override
        public String linkTo(String other) {
            return link + other;
        }
    }

    record RecoveryCode(Sheet sheet, String code) implements Filled, Prompt.RecoveryCode {
        @Override
        public String page() {
            return "recovery-code";
        }

        /** Hides the code. */
        @Override
        public String toString() {
            return page();
        }
    }

    record Consent(Sheet sheet, String person, Scopes scope, List<String> claims, Optional<String> userCode)
            implements Filled, Prompt.Consent {
        @Override
        public String page() {
            return "consent";
        }
    }

    record Device(Sheet sheet, Optional<String> userCode) implements Filled, Prompt.Device {
        @Override
        public String page() {
            return "device";
        }
    }

    record DeviceDone(Frame frame, boolean allowed) implements Framed, Prompt.DeviceDone {
        @Override
        public String page() {
            return "device-done";
        }
    }

    record Account(
            Sheet sheet,
            String person,
            List<Prompt.Account.Entry> sessions,
            List<Prompt.Account.Entry> clients,
            List<Prompt.Account.Entry> devices,
            boolean hasAuthenticator,
            Optional<String> enrolment)
            implements Filled, Prompt.Account {
        @Override
        public String page() {
            return "account";
        }
    }

    record Enrolment(Sheet sheet, String uri, String key) implements Filled, Prompt.Enrolment {
        @Override
        public String page() {
            return "enrolment";
        }

        /** Hides the key. */
        @Override
        public String toString() {
            return page();
        }
    }

    record RecoveryCodes(Frame frame, List<String> codes, String next) implements Framed, Prompt.RecoveryCodes {
        @Override
        public String page() {
            return "recovery-codes";
        }

        /** Hides the codes. */
        @Override
        public String toString() {
            return page();
        }
    }

    record Logout(Sheet sheet, String person) implements Filled, Prompt.Logout {
        @Override
        public String page() {
            return "logout";
        }
    }

    record SignedOut(Frame frame, boolean staying) implements Framed, Prompt.SignedOut {
        @Override
        public String page() {
            return "signed-out";
        }
    }

    record Failure(Frame frame, ErrorCode error, Optional<String> description) implements Framed, Prompt.Failure {
        @Override
        public String page() {
            return "error";
        }
    }

    record FormPost(Frame frame, URI target, Map<String, String> fields, String leadsTo)
            implements Framed, Prompt.FormPost {
        @Override
        public String page() {
            return "form-post";
        }

        /** Hides the code. */
        @Override
        public String toString() {
            return page();
        }
    }
}
