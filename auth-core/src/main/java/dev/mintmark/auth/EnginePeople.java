package dev.mintmark.auth;

import dev.mintmark.auth.protocol.Authorization;
import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.MfaFactor;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.protocol.Refused;
import dev.mintmark.auth.protocol.Secret;
import dev.mintmark.auth.protocol.Subject;
import dev.mintmark.auth.protocol.Totp;
import dev.mintmark.auth.protocol.User;
import dev.mintmark.auth.store.AttemptStore;
import dev.mintmark.auth.store.AttemptStore.Charge;
import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.StoreException;
import dev.mintmark.auth.store.UserStore;
import dev.mintmark.auth.user.OtpSender;
import dev.mintmark.auth.user.PasswordCheck;
import dev.mintmark.auth.user.People;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The people as the engine sees them: who they are, what they prove, and how often they may try. */
final class EnginePeople implements People {
    /** What is counted: guesses, and codes sent. */
    private static final Kind GUESS = new Kind("guess");

    private static final Kind SENDING = new Kind("sending");

    /** Whatever is longer is no one's name, and costs what any other does. */
    private static final int LONGEST_NAME = 255;

    private final SignInRules rules;
    private final Optional<UserStore> users;
    private final Optional<PasswordCheck> check;
    private final Optional<OtpSender> sender;
    private final AttemptStore attempts;
    private final EngineMemory memory;
    private final Challenges challenges;
    private final SecondFactors factors;
    private final Turns turns;
    private final SecureRandom random;

    EnginePeople(AuthorizationServerBuilder b, EngineMemory memory, Challenges challenges) {
        this.rules = b.signInRules();
        this.users = b.users;
        this.check = b.passwordsOrDefault();
        this.sender = b.otpSender;
        this.attempts = b.attemptsOrDefault();
        this.memory = memory;
        this.challenges = challenges;
        int atOnce = Runtime.getRuntime().availableProcessors();
        // Those under way at once are all paid for: never so many that they alone shut out the next.
        int perName = Math.max(1, Math.min(2, rules.guesses().attempts() - 1));
        this.turns = new Turns("passwords", atOnce, perName, b.random);
        this.factors = new SecondFactors(memory, turns);
        this.random = b.random;
    }

    @Override
    public User password(
            String username, String password, Optional<String> remoteAddress, Optional<String> deviceToken) {
        String name = User.canonical(username);
        Optional<String> network = remoteAddress.map(Network::of);
        boolean known = deviceToken.filter(token -> belongsTo(token, name)).isPresent();
        Optional<Subject.OfUser> subject = turns.among(name, () -> {
            List<Charge> charges = paid(name, network, known);
            Optional<Subject.OfUser> found = checked(username, password, charges);
            if (found.isPresent()) {
                refund(charges);
                attempts.clear(pair(name, network));
            }
            return found;
        });
        return active(subject.orElseThrow(() -> wrong("the name or the password is wrong")));
    }

    /** Everyone may begin to sign in: but what is put down for it is bounded, too. */
    void visited(Optional<String> remoteAddress) {
        remoteAddress
                .map(Network::of)
                .ifPresent(from -> charge(List.of(new Charge(counter(GUESS, "visits", from), rules.visits()))));
    }

    /** The first code of an authenticator that is being set up: what must be written for it not to be used again. */
    Optional<Change> shown(User user, Totp totp, String code) {
        return factors.otp(user.withFactors(totp), code).map(Proven::change);
    }

    String newRecoveryCode() {
        return factors.newRecoveryCode();
    }

    /** Codes of a person's, as a store may keep them. */
    List<Secret> hashed(User user, List<String> codes) {
        return turns.among(
                user.subject().value(),
                () -> turns.slowly(() ->
                        codes.stream().map(code -> Secret.hash(code, random)).toList()));
    }

    /** Something short is looked for, and a wrong guess paid for. */
    <T> Optional<T> guessing(String what, Optional<String> remoteAddress, Supplier<Optional<T>> look) {
        List<Charge> charges = List.of(
                new Charge(counter(GUESS, what, remoteAddress.map(Network::of).orElse("")), rules.guesses()));
        charge(charges);
        Optional<T> found = lookedAt(charges, look);
        if (found.isPresent()) refund(charges);
        return found;
    }

    /** The network first, so that invented names cannot fill the counters. */
    private List<Charge> paid(String name, Optional<String> network, boolean known) {
        List<Charge> charges = new ArrayList<>();
        network.ifPresent(from -> {
            charges.add(new Charge(counter(GUESS, "network", from), rules.fromOneNetwork()));
            charges.add(new Charge(counter(GUESS, "network in a day", from), rules.fromOneNetworkInADay()));
        });
        charges.add(new Charge(pair(name, network), rules.guesses()));
        charge(charges);
        if (known) return charges;
        try {
            charges.add(paidForTheName(name, network));
            return charges;
        } catch (RuntimeException e) {
            refund(charges);
            throw e;
        }
    }

    /** Where a name was guessed at too often from everywhere, whoever did not take part has a guess all the same. */
    private Charge paidForTheName(String name, Optional<String> network) {
        Charge everywhere = new Charge(counter(GUESS, "name", name), rules.atOneName());
        Optional<Duration> wait = attempts.charge(List.of(everywhere));
        if (wait.isEmpty()) return everywhere;
        Charge once = new Charge(counter(GUESS, "newcomer", name, network.orElse("")), rules.ofANewcomer());
        if (attempts.charge(List.of(once)).isPresent()) throw tooMany(wait.get());
        return once;
    }

    private GrantKey pair(String name, Optional<String> network) {
        return counter(GUESS, "name and network", name, network.orElse(""));
    }

    private Optional<Subject.OfUser> checked(String username, String password, List<Charge> charges) {
        PasswordCheck passwords = check.orElseThrow(() -> new IllegalStateException("no one can check a password"));
        // No store can be asked for a text that has no encoding.
        boolean possible = username.length() <= LONGEST_NAME
                && StandardCharsets.UTF_8.newEncoder().canEncode(username);
        Supplier<Optional<Subject.OfUser>> look =
                () -> turns.slowly(() -> passwords.check(possible ? username : "", password));
        return lookedAt(charges, look).filter(found -> possible);
    }

    /** What could not be looked at is not paid for. */
    private <T> T lookedAt(List<Charge> charges, Supplier<T> look) {
        try {
            return look.get();
        } catch (StoreException e) {
            refund(charges);
            throw e;
        } catch (Refused e) {
            if (e.refusal().code().equals(ErrorCode.TEMPORARILY_UNAVAILABLE)) refund(charges);
            throw e;
        }
    }

    /** Only who knew the password is told. */
    private User active(Subject.OfUser subject) {
        User user = found(subject);
        if (user.active()) return user;
        throw Refusal.of(ErrorCode.ACCESS_DENIED, "the user is disabled").thrown();
    }

    @Override
    public User standing(Subject subject) {
        User user = found(subject);
        if (!user.active()) throw wrong("the user is disabled");
        return user;
    }

    /** Whether there is such a person, and active. */
    boolean stands(Subject subject) {
        return looked(subject).filter(User::active).isPresent();
    }

    private User found(Subject subject) {
        return looked(subject).orElseThrow(() -> wrong("the user is gone"));
    }

    private Optional<User> looked(Subject subject) {
        return Optional.of(subject)
                .filter(Subject.OfUser.class::isInstance)
                .flatMap(person -> users.flatMap(store -> store.find((Subject.OfUser) person)));
    }

    @Override
    public Challenge challenge(Authorization pending, User user) {
        Challenges.Begun begun = challenges.begin(pending);
        List<MfaFactor> usable = usable(user);
        if (usable.isEmpty()) throw new IllegalStateException("a person has only factors that need an OtpSender");
        List<Claims> types =
                usable.stream().map(factor -> Claims.of("type", factor.type())).toList();
        String grants = String.join(
                " ",
                usable.stream()
                        .map(EnginePeople::grant)
                        .map(GrantType::value)
                        .distinct()
                        .toList());
        Claims told = Claims.of("mfa_token", begun.token())
                .with("mfa_requirements", Claims.of("challenge", types))
                .with("supported_challenge_types", grants);
        return new Challenge(told, begun.change());
    }

    /** Without a sender no code can be sent. */
    List<MfaFactor> usable(User user) {
        return user.factors().stream()
                .filter(factor -> sender.isPresent() || !(factor instanceof MfaFactor.SentCode))
                .toList();
    }

    private static GrantType grant(MfaFactor factor) {
        if (factor instanceof Totp) return GrantType.MFA_OTP;
        return factor instanceof MfaFactor.SentCode ? GrantType.MFA_OOB : GrantType.MFA_RECOVERY_CODE;
    }

    @Override
    public Proven otp(User user, String challenge, String code) {
        return proven(user, challenge, "otp", List.of("otp"), () -> factors.otp(user, code));
    }

    @Override
    public Proven sentCode(User user, String challenge, Optional<Sent> sent, String code) {
        List<String> types = List.of("email", "sms");
        return proven(user, challenge, "binding_code", types, () -> factors.sentCode(user, sent, code));
    }

    @Override
    public Proven recoveryCode(User user, String challenge, String code) {
        List<String> types = List.of("recovery-code");
        return proven(user, challenge, "recovery_code", types, () -> factors.recoveryCode(user, code));
    }

    /**
     * Paid before it is looked at, by the challenge and by the person across challenges. A right code gives back what the person
     * paid for it, and no more: or each honest sign-in would buy whoever knows the password another round of guesses.
     */
    private Proven proven(
            User user, String challenge, String parameter, List<String> types, Supplier<Optional<Proven>> look) {
        if (user.factors().stream().noneMatch(factor -> types.contains(factor.type()))) throw unsupported();
        Charge byChallenge = new Charge(counter(GUESS, "challenge", challenge), rules.atOneChallenge());
        Charge byPerson = new Charge(counter(GUESS, parameter, user.subject().value()), rules.atOnePersonsCodes());
        if (attempts.charge(List.of(byChallenge)).isPresent()) {
            throw wrong("the attempts of the challenge are used up", "mfa_token");
        }
        Optional<Duration> wait = attempts.charge(List.of(byPerson));
        if (wait.isPresent()) {
            refund(List.of(byChallenge));
            throw tooMany(wait.get());
        }
        Proven right = lookedAt(List.of(byChallenge, byPerson), look)
                .orElseThrow(() -> wrong("the code is wrong or was used", parameter));
        refund(List.of(byPerson));
        return right;
    }

    private static Refused unsupported() {
        return Refusal.of(ErrorCode.UNSUPPORTED_CHALLENGE_TYPE, "the person has no such factor")
                .saying("no second factor of this type")
                .thrown();
    }

    @Override
    public Sent newCode(User user, String challenge, String type) {
        MfaFactor.SentCode factor = usable(user).stream()
                .filter(f -> f.type().equals(type))
                .filter(MfaFactor.SentCode.class::isInstance)
                .map(MfaFactor.SentCode.class::cast)
                .findFirst()
                .orElseThrow(EnginePeople::unsupported);
        charge(List.of(
                new Charge(counter(SENDING, "challenge", challenge), rules.sendings()),
                new Charge(counter(SENDING, "person", user.subject().value()), rules.sendingsToOnePerson())));
        return new Sent(factor, String.format(Locale.ROOT, "%06d", memory.randomBelow(1_000_000)));
    }

    @Override
    public void send(User user, Sent sent, Duration lifetime) {
        OtpSender by = sender.orElseThrow(() -> new IllegalStateException("no one can send a code"));
        try {
            by.send(user, sent.factor(), sent.code(), lifetime);
        } catch (RuntimeException e) {
            throw new Unsent(e);
        }
    }

    /** A code could not be sent. */
    static final class Unsent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Unsent(RuntimeException cause) {
            super("a code could not be sent", cause);
        }
    }

    @Override
    public Device remember(Authorization granted, User user) {
        String token = memory.newHandle();
        Claims details = Claims.of("credentials", credentials(user));
        // Of the person, and not of this sign-in: it outlives the session.
        Authorization remembered =
                Authorization.ofUser(granted.client(), user.subject()).build();
        return new Device(token, memory.remember(Kind.DEVICE, token, remembered, details, rules.device()));
    }

    @Override
    public boolean knows(String token, String client, User user) {
        return memory.find(memory.key(Kind.DEVICE, token))
                .filter(Held::usable)
                .filter(device -> device.authorization().client().equals(client))
                .filter(device -> device.authorization().subject().equals(user.subject()))
                .filter(device -> isOf(device, user))
                .isPresent();
    }

    /** Neither password nor factors are others than when it was remembered. */
    private boolean isOf(Held device, User user) {
        return device.details().string("credentials").equals(Optional.of(credentials(user)));
    }

    private boolean belongsTo(String deviceToken, String name) {
        Optional<Held> device =
                memory.find(memory.key(Kind.DEVICE, deviceToken)).filter(Held::usable);
        return device.map(found -> found.authorization().subject())
                .filter(Subject.OfUser.class::isInstance)
                .flatMap(person -> users.flatMap(store -> store.find((Subject.OfUser) person)))
                .filter(user -> user.username().map(User::canonical).equals(Optional.of(name)))
                .filter(user -> isOf(device.get(), user))
                .isPresent();
    }

    /** Changes with password and factors, and tells nothing of them: it is kept encrypted besides. */
    private String credentials(User user) {
        StringBuilder all =
                new StringBuilder(user.password().map(Secret::stored).orElse(""));
        user.factors().forEach(factor -> all.append('\n').append(factor.fingerprint()));
        return memory.key(Kind.DEVICE, all.toString()).hash();
    }

    private void charge(List<Charge> charges) {
        Optional<Duration> wait = attempts.charge(charges);
        if (wait.isPresent()) throw tooMany(wait.get());
    }

    private static Refused tooMany(Duration wait) {
        return Refusal.of(ErrorCode.TOO_MANY_ATTEMPTS, "too many attempts")
                .saying("too many attempts")
                .retryAfter(wait)
                .thrown();
    }

    private void refund(List<Charge> charges) {
        attempts.refund(charges.stream().map(Charge::key).toList());
    }

    private GrantKey counter(Kind kind, String... parts) {
        return memory.key(kind, String.join("\n", parts));
    }

    private static Refused wrong(String reason) {
        return Refusal.of(ErrorCode.INVALID_GRANT, reason).thrown();
    }

    private static Refused wrong(String reason, String parameter) {
        return Refusal.of(ErrorCode.INVALID_GRANT, reason).about(parameter).thrown();
    }
}
