package dev.mintmark.auth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeTest {
    private static final String ISSUER = "https://issuer.example";
    private static final Instant NOW = Instant.parse("2031-05-06T07:08:09Z");
    private static final Lineage OWNER = Lineage.of(ISSUER, NOW).withClient("app");

    private static Change.Write insert(String handle) {
        return Change.Write.insert(GrantKey.of(ISSUER, Kind.CODE, handle), OWNER, NOW, new byte[0]);
    }

    private static Stored found(String handle) {
        return new Stored(insert(handle).withVersion(7), NOW, false, NOW);
    }

    @Test
    void a_row_is_written_once_in_a_change() {
        Change both = Change.of(insert("a")).and(Change.of(insert("b")));
        Change again = Change.of(Change.Write.update(found("a"), OWNER, NOW, new byte[0]));
        assertThatThrownBy(() -> both.and(again)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> again.and(both)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> both.and(both)).isInstanceOf(IllegalArgumentException.class);
        assertThat(both.and(Change.none()).writes()).hasSize(2);
    }

    @Test
    void the_same_handle_of_another_kind_is_another_row() {
        GrantKey family = GrantKey.of(ISSUER, Kind.FAMILY, "a");
        Change both = Change.of(insert("a")).and(Change.of(Change.Write.insert(family, OWNER, NOW, new byte[0])));
        assertThat(both.writes()).hasSize(2);
    }

    @Test
    void a_row_belongs_to_the_issuer_of_its_key() {
        Lineage another = Lineage.of("https://another.example", NOW);
        GrantKey key = GrantKey.of(ISSUER, Kind.CODE, "a");
        assertThatThrownBy(() -> Change.Write.insert(key, another, NOW, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Change.Write.update(found("a"), another, NOW, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_update_knows_to_whom_the_row_belonged() {
        Lineage next = OWNER.withSubject(Optional.of("alice"));
        Change.Write update = Change.Write.update(found("a"), next, NOW, new byte[0]);
        assertThat(update.before()).containsSame(OWNER);
        assertThat(update.spending().before()).containsSame(OWNER);
        assertThat(update.lineage()).isSameAs(next);
        assertThat(update.version()).isEqualTo(7);
        assertThat(insert("a").before()).isEmpty();
        // What a store keeps and hands out is a row, not a step from one to the next.
        assertThat(update.withVersion(8).before()).isEmpty();
    }
}
