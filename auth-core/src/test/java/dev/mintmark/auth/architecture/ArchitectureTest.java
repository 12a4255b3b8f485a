package dev.mintmark.auth.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of the house, checked on the class files. */
class ArchitectureTest {
    private static final String ROOT = "dev.mintmark.auth";
    private static final JavaClasses CLASSES =
            new ClassFileImporter(List.of(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)).importPackages(ROOT);

    /** Whom each room may know besides itself. The root may know all of them; a profile, which stands outside, may too. */
    private static final Map<String, Set<String>> MAY_KNOW = Map.of(
            "protocol", Set.of(),
            "store", Set.of("protocol"),
            "token", Set.of("protocol"),
            "wire", Set.of("protocol"),
            "client", Set.of("protocol"),
            "keys", Set.of("protocol", "store"),
            "user", Set.of("protocol", "store"),
            "prompt", Set.of("protocol", "wire"),
            "grant", Set.of("protocol", "store", "user"));

    /** What the class path of an embedder gets from auth-core, by artifact. */
    private static final Set<String> RUNTIME_JARS = Set.of(
            "oauth2-oidc-sdk",
            "nimbus-jose-jwt",
            "lang-tag",
            "content-type",
            "json-smart",
            "accessors-smart",
            "asm",
            "jcip-annotations",
            "bcprov-jdk18on");

    /** What only the build and the tests see. */
    private static final Set<String> TEST_JARS = Set.of(
            "jspecify",
            "junit-jupiter",
            "junit-jupiter-api",
            "junit-jupiter-params",
            "junit-jupiter-engine",
            "junit-platform-commons",
            "junit-platform-engine",
            "junit-platform-launcher",
            "opentest4j",
            "apiguardian-api",
            "jqwik",
            "jqwik-api",
            "jqwik-web",
            "jqwik-time",
            "jqwik-engine",
            "assertj-core",
            "byte-buddy",
            "archunit",
            "slf4j-api",
            "h2");

    private static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1).split("\\.", -1)[0];
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
    }

    @Test
    void arrows_between_rooms_run_one_way() {
        List<String> wrong = new ArrayList<>();
        for (JavaClass type : CLASSES) {
            String from = room(type);
            if (from.equals("profile")) continue;
            Set<String> allowed = from.isEmpty() ? MAY_KNOW.keySet() : MAY_KNOW.get(from);
            if (allowed == null) {
                wrong.add("no rule for the room of " + type.getName());
                continue;
            }
            type.getDirectDependenciesFromSelf().stream()
                    .filter(d -> isOurs(d.getTargetClass().getBaseComponentType()))
                    .filter(d -> {
                        String to = room(d.getTargetClass().getBaseComponentType());
                        return !to.equals(from) && !allowed.contains(to);
                    })
                    .forEach(d -> wrong.add(d.getDescription()));
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void there_are_no_cycles_between_packages() {
        Map<String, Set<String>> arrows = new TreeMap<>();
        for (JavaClass type : CLASSES) {
            Set<String> targets = arrows.computeIfAbsent(type.getPackageName(), p -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(d -> d.getTargetClass().getBaseComponentType())
                    .filter(ArchitectureTest::isOurs)
                    .map(JavaClass::getPackageName)
                    .filter(p -> !p.equals(type.getPackageName()))
                    .forEach(targets::add);
        }
        // Whoever depends on nothing that is left goes; what remains goes round in circles.
        boolean gone;
        do {
            gone = arrows.entrySet().removeIf(e -> e.getValue().stream().noneMatch(arrows::containsKey));
        } while (gone);

        assertThat(arrows).isEmpty();
    }

    @Test
    void the_core_knows_no_servlet_no_sql_and_no_old_dates() {
        assertThat(dependencies(target -> target.startsWith("jakarta.")
                        || target.startsWith("javax.servlet.")
                        || target.startsWith("java.sql.")
                        || target.startsWith("javax.sql.")
                        || target.equals("java.util.Date")
                        || target.equals("java.util.Calendar")
                        || target.equals("java.lang.ThreadLocal")
                        || target.equals("java.lang.InheritableThreadLocal")))
                .isEmpty();
    }

    @Test
    void nimbus_and_bouncy_castle_stay_out_of_public_signatures() {
        List<String> wrong = new ArrayList<>();
        for (JavaClass type : CLASSES) {
            if (!isPublic(type) || room(type).equals("keys")) continue;
            check(type.getName(), Stream.concat(type.getInterfaces().stream(), type.getSuperclass().stream()), wrong);
            for (JavaCodeUnit unit : type.getCodeUnits()) {
                if (!isOpen(unit.getModifiers())) continue;
                Stream<JavaType> thrown =
                        unit.getThrowsClause().getTypes().stream().map(JavaType.class::cast);
                check(
                        unit.getFullName(),
                        Stream.of(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream(), thrown)
                                .flatMap(s -> s),
                        wrong);
            }
            for (JavaField field : type.getFields()) {
                if (isOpen(field.getModifiers())) check(field.getFullName(), Stream.of(field.getType()), wrong);
            }
        }

        assertThat(wrong).isEmpty();
    }

    private static void check(String where, Stream<JavaType> types, List<String> wrong) {
        types.flatMap(t -> t.getAllInvolvedRawTypes().stream())
                .map(t -> t.getBaseComponentType().getName())
                .filter(n ->
                        n.startsWith("com.nimbusds.") || n.startsWith("org.bouncycastle.") || n.contains(".servlet."))
                .filter(n -> !n.equals("com.nimbusds.jose.jwk.JWK") && !n.equals("com.nimbusds.jose.jwk.JWKSet"))
                .forEach(n -> wrong.add(where + " shows " + n));
    }

    @Test
    void names_say_what_a_thing_is() {
        assertThat(
                        CLASSES.stream()
                                .map(JavaClass::getSimpleName)
                                .filter(
                                        name -> name.matches(
                                                "(Default|Abstract|Base)[A-Z].*|.*(Impl|Base|Manager|Helper|Helpers|Util|Utils|Service|Processor)")))
                .isEmpty();
    }

    @Test
    void nothing_static_changes() {
        List<String> wrong = new ArrayList<>();
        for (JavaClass type : CLASSES) {
            for (JavaField field : type.getFields()) {
                if (!field.getModifiers().contains(JavaModifier.STATIC)) continue;
                String raw = field.getRawType().getName();
                boolean isChanging = !field.getModifiers().contains(JavaModifier.FINAL)
                        || raw.startsWith("java.util.concurrent.")
                        || field.getRawType().isAssignableTo(java.util.Random.class)
                        || (field.getRawType().isAssignableTo(Collection.class)
                                && !Set.of("java.util.List", "java.util.Set").contains(raw))
                        || (field.getRawType().isAssignableTo(Map.class) && !raw.equals("java.util.Map"));
                // javac's own table for a switch over an enum
                if (isChanging && !field.getModifiers().contains(JavaModifier.SYNTHETIC))
                    wrong.add(field.getFullName());
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void time_and_chance_come_from_the_builder_alone() {
        Set<String> calls = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            Stream.concat(type.getCodeUnitCallsFromSelf().stream(), type.getCodeUnitReferencesFromSelf().stream())
                    .filter(call -> isTimeOrChance(call.getTarget()))
                    .forEach(call -> calls.add(type.getName() + " -> "
                            + call.getTarget().getOwner().getName() + "."
                            + call.getTarget().getName()));
        }

        assertThat(calls)
                .containsExactlyInAnyOrder(
                        ROOT + ".AuthorizationServerBuilder -> java.security.SecureRandom.<init>",
                        ROOT + ".AuthorizationServerBuilder -> java.time.Clock.systemUTC",
                        // The default for tests and trials, where the embedder hands in no clock.
                        ROOT + ".store.InMemoryGrantStore -> java.time.Clock.systemUTC");
    }

    private static boolean isTimeOrChance(CodeUnitAccessTarget target) {
        String owner = target.getOwner().getName();
        String name = target.getName();
        boolean isClock = name.startsWith("system") || name.startsWith("tick");
        boolean isNow = owner.startsWith("java.time.") && name.equals("now");
        return isNow
                || (owner.equals("java.time.Clock") && isClock)
                || (owner.equals("java.lang.System") && (name.equals("currentTimeMillis") || name.equals("nanoTime")))
                || (owner.equals("java.lang.Math") && name.equals("random"))
                || (owner.equals("java.util.UUID") && name.equals("randomUUID"))
                || owner.equals("java.util.concurrent.ThreadLocalRandom")
                || (target.getOwner().isAssignableTo(java.util.Random.class)
                        && (name.equals("<init>") || name.startsWith("getInstance")));
    }

    @Test
    void nothing_starts_a_thread_or_prints() {
        assertThat(dependencies(target -> target.equals("java.lang.Thread")
                        || target.equals("java.util.concurrent.Executors")
                        || target.equals("java.util.concurrent.CompletableFuture")
                        || target.equals("java.util.Timer")
                        || target.equals("java.io.PrintStream")))
                // Whoever waits for a turn passes an interruption on.
                .filteredOn(use -> !use.contains("Turns.holding("))
                // The one exception: clients are told of logouts from threads that close() ends.
                .filteredOn(use -> !use.contains("auth.BackChannel."))
                .isEmpty();
    }

    @Test
    void the_public_types_are_those_that_were_reviewed() throws Exception {
        List<String> reviewed;
        try (InputStream in = ArchitectureTest.class.getResourceAsStream("/public-types.txt")) {
            assertThat(in).as("src/test/resources/public-types.txt").isNotNull();
            reviewed = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        Set<String> found = CLASSES.stream()
                .filter(ArchitectureTest::isPublic)
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> unreviewed = new TreeSet<>(found);
        reviewed.forEach(unreviewed::remove);
        Set<String> gone = new TreeSet<>(reviewed);
        gone.removeAll(found);

        assertThat(unreviewed).as("public, but not in public-types.txt").isEmpty();
        assertThat(gone).as("in public-types.txt, but not public").isEmpty();
        assertThat(reviewed).as("public-types.txt").isSorted().doesNotHaveDuplicates();
    }

    @Test
    void every_package_is_null_marked() throws Exception {
        Set<String> packages =
                CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
        for (String name : packages) {
            assertThat(CLASSES.getPackage(name).isAnnotatedWith(NullMarked.class))
                    .as(name)
                    .isTrue();
        }

        assertThat(packages).contains(ROOT, ROOT + ".protocol", ROOT + ".wire");
    }

    @Test
    void the_class_path_has_no_jar_that_was_not_reviewed() {
        Set<String> jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).getFileName())
                .map(file -> file == null ? "" : file.toString())
                .filter(file -> file.endsWith(".jar"))
                .map(file -> file.replaceFirst("-[0-9].*", ""))
                .filter(file -> !file.startsWith("surefire"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> unknown = new HashSet<>(jars);
        unknown.removeAll(TEST_JARS);
        unknown.removeAll(RUNTIME_JARS);

        assertThat(unknown)
                .as("jars of unknown standing: of the runtime or of the tests?")
                .isEmpty();
        assertThat(jars).containsAll(RUNTIME_JARS);
        assertThat(RUNTIME_JARS).hasSizeLessThan(10);
    }

    private static Set<String> dependencies(Predicate<String> onTarget) {
        return CLASSES.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(d ->
                        onTarget.test(d.getTargetClass().getBaseComponentType().getName()))
                .map(d -> d.getDescription())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Public, and so is whatever it stands in. */
    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && !type.isAnonymousClass()
                && type.getEnclosingClass().map(ArchitectureTest::isPublic).orElse(true);
    }

    private static boolean isOpen(Set<JavaModifier> modifiers) {
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC);
    }
}
