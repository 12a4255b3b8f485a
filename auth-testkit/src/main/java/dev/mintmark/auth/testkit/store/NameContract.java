package dev.mintmark.auth.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mintmark.auth.store.Change;
import dev.mintmark.auth.store.GrantKey;
import dev.mintmark.auth.store.Kind;
import dev.mintmark.auth.store.Lineage;
import dev.mintmark.auth.store.Selector;
import dev.mintmark.auth.store.Stored;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Names: issuers never meet, one sort of name is not another, and text is the same only if every character is. */
abstract class NameContract extends HousekeepingContract {
    /** Another, of the same length. */
    private static final String OTHER = "https://issues.example";

    @Test
    void issuers_share_a_store_and_never_meet() {
        GrantKey here = GrantKey.of(ISSUER, Kind.CODE, "handle");
        GrantKey there = GrantKey.of(OTHER, Kind.CODE, "handle");
        write(Change.Write.insert(here, lineage(ISSUER, start, ""), start.plus(DAY), bytes("here")));
        assertTrue(store.find(there).isEmpty());
        write(Change.Write.insert(there, lineage(OTHER, start, ""), start.plus(DAY), bytes("there")));
        write(update(found(here)));
        assertEquals(2, found(here).version());
        assertEquals(1, found(there).version());
    }

    @Test
    void a_list_has_the_rows_of_one_issuer() {
        GrantKey here = GrantKey.of(ISSUER, Kind.CODE, "handle");
        GrantKey there = GrantKey.of(OTHER, Kind.CODE, "handle");
        write(
                Change.Write.insert(here, lineage(ISSUER, start, ""), start.plus(DAY), bytes("here")),
                Change.Write.insert(there, lineage(OTHER, start, ""), start.plus(DAY), bytes("there")));
        for (Selector selector : lineage().selectors()) {
            Selector other = new Selector(OTHER, selector.by(), selector.value());
            assertEquals(List.of(here), keys(selector));
            assertEquals(List.of(there), keys(other));
        }
    }

    @Test
    void a_revocation_of_one_issuer_leaves_the_others_alone() {
        GrantKey here = GrantKey.of(ISSUER, Kind.CODE, "handle");
        GrantKey there = GrantKey.of(OTHER, Kind.CODE, "handle");
        write(
                Change.Write.insert(here, lineage(ISSUER, start, ""), start.plus(DAY), bytes("here")),
                Change.Write.insert(there, lineage(OTHER, start, ""), start.plus(DAY), bytes("there")));
        for (Selector selector : lineage().selectors()) store.revoke(selector, start, start.plus(DAY));
        assertTrue(found(here).revoked());
        assertFalse(found(there).revoked());
        assertFalse(store.revoked(lineage(OTHER, start, "")));
        write(update(found(there)));
    }

    @Test
    void a_value_names_one_sort_of_thing_only() {
        for (Selector.By by : Selector.By.values()) {
            String value = "same " + by;
            for (Selector.By other : Selector.By.values()) {
                write(insert(value + other, only(by(other, value), start)));
            }
            store.revoke(by(by, value), start, start.plus(DAY));
            for (Selector.By other : Selector.By.values()) {
                assertEquals(by == other, found(value + other).revoked());
                assertEquals(by == other, store.revoked(only(by(other, value), start)));
                assertEquals(List.of(key(value + other)), keys(by(other, value)));
            }
        }
    }

    @Test
    void text_is_kept_and_compared_character_by_character() {
        String[] names = {
            "alice",
            "Alice",
            "alice ",
            " alice",
            "alic\u00e9",
            "alice\u0301",
            "\uff41lice",
            "stra\u00dfe",
            "strasse",
            "\u0130",
            "i",
            "I",
            "\u0131",
            "' OR ''='",
            "\"quoted\"",
            "back\\slash",
            "%",
            "_",
            "?",
            ":name",
            "$1",
            "{ts '1'}",
            "a\tb\nc\rd",
            "\u0001\u007f",
            "\u200b\u202e\ufeff",
            "\u4f60\u597d",
            "\ud83e\ude99",
            "\ud83e\ude99 ",
            "null",
            "long".repeat(60) + "abc",
            "long".repeat(60) + "abd"
        };
        for (String name : names) {
            Lineage lineage = lineage("https://" + name, start, name);
            GrantKey key = GrantKey.of("https://" + name, Kind.CODE, name);
            Change.Write row = Change.Write.insert(key, lineage, start.plus(DAY), bytes(name));
            write(row);
            assertEquals(Facts.after(row), Facts.of(found(key)));
            // Under one issuer too, so that nothing but the value tells them apart.
            write(insert(name, lineage(ISSUER, start, name)));
        }
        for (String name : names) {
            for (Selector selector : lineage(ISSUER, start, name).selectors()) {
                assertEquals(List.of(key(name)), keys(selector), selector::toString);
            }
            GrantKey key = GrantKey.of("https://" + name, Kind.CODE, name);
            assertEquals(List.of(key), keys(new Selector("https://" + name, Selector.By.SUBJECT, "subject" + name)));
        }
        for (int i = 0; i < names.length; i++) {
            store.revoke(by(Selector.By.SUBJECT, "subject" + names[i]), start, start.plus(DAY));
            for (int j = 0; j < names.length; j++) {
                assertEquals(j <= i, found(names[j]).revoked(), names[j]);
            }
        }
    }

    @Test
    void a_name_may_have_255_characters_of_any_script() {
        String longest = "\u20ac".repeat(255);
        String almost = "\u20ac".repeat(254) + "\u20ad";
        for (String name : List.of(longest, almost)) {
            Lineage lineage = Lineage.of(name, start)
                    .withClient(name)
                    .withSubject(Optional.of(name))
                    .withSession(Optional.of(name))
                    .withFamily(Optional.of(name))
                    .withToken(Optional.of(name));
            GrantKey key = GrantKey.of(name, Kind.CODE, "handle");
            Change.Write row = Change.Write.insert(key, lineage, start.plus(DAY), bytes("row"));
            write(row);
            assertEquals(Facts.after(row), Facts.of(found(key)));
            for (Selector selector : lineage.selectors()) {
                assertEquals(List.of(key), keys(selector));
                store.revoke(selector, start, start.plus(DAY));
            }
            assertTrue(found(key).revoked());
        }
    }

    private List<GrantKey> keys(Selector selector) {
        return listed(selector, 10).stream().map(Stored::key).toList();
    }
}
