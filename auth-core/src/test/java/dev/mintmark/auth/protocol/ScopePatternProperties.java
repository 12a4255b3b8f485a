package dev.mintmark.auth.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ScopePatternProperties {
    /** A segment as the pattern writes it, as a scope fills it, and what the claim must be. */
    record Segment(String inPattern, String inScope, String name, Object value) {}

    /** Segments and the dividers between them. */
    record Filled(List<Segment> segments, List<Character> dividers) {
        String pattern() {
            return join(segments.stream().map(Segment::inPattern).toList());
        }

        String scope() {
            return join(segments.stream().map(Segment::inScope).toList());
        }

        private String join(List<String> texts) {
            StringBuilder out = new StringBuilder(texts.get(0));
            for (int i = 1; i < texts.size(); i++) out.append(dividers.get(i)).append(texts.get(i));
            return out.toString();
        }
    }

    @Property(seed = "20260101", tries = 1000)
    void a_filled_pattern_gives_its_values_back(@ForAll("filled") Filled filled) {
        Claims.Builder expected = Claims.builder();
        for (Segment segment : filled.segments()) {
            if (!segment.name().isEmpty()) expected.put(segment.name(), segment.value());
        }

        assertThat(ScopePattern.parse(filled.pattern()).match(new Scope(filled.scope())))
                .hasValue(expected.build());
    }

    @Property(seed = "20260101", tries = 1000)
    void no_parameter_takes_more_than_its_segment(
            @ForAll("filled") Filled filled, @ForAll("divider") char divider, @ForAll("plain") String more) {
        ScopePattern pattern = ScopePattern.parse(filled.pattern());

        for (Segment segment : filled.segments()) {
            List<Segment> grown = new ArrayList<>(filled.segments());
            grown.set(
                    grown.indexOf(segment),
                    new Segment(segment.inPattern(), segment.inScope() + divider + more, segment.name(), ""));
            assertThat(pattern.match(new Scope(new Filled(grown, filled.dividers()).scope())))
                    .isEmpty();
        }
    }

    @Property(seed = "20260101", tries = 500)
    void a_pattern_reads_as_it_was_written(@ForAll("filled") Filled filled) {
        ScopePattern pattern = ScopePattern.parse(filled.pattern());

        assertThat(ScopePattern.parse(pattern.toString())).isEqualTo(pattern);
        assertThat(pattern).hasToString(filled.pattern());
    }

    @Provide
    Arbitrary<Filled> filled() {
        return Combinators.combine(
                        segment().list().ofMinSize(1).ofMaxSize(6),
                        divider().list().ofSize(6))
                .as((segments, dividers) -> {
                    List<Segment> numbered = new ArrayList<>();
                    for (Segment s : segments) {
                        String name = s.name().isEmpty() ? "" : "p" + numbered.size();
                        numbered.add(new Segment(s.inPattern().replace("NAME", name), s.inScope(), name, s.value()));
                    }
                    return new Filled(numbered, dividers);
                });
    }

    private Arbitrary<Segment> segment() {
        return Arbitraries.oneOf(
                plain().map(text -> new Segment(text, text, "", "")),
                plain().map(text -> new Segment("*", text, "", "")),
                plain().map(text -> new Segment("{NAME}", text, "NAME", text)),
                plain().map(text -> new Segment("{NAME:string}", text, "NAME", text)),
                Arbitraries.longs()
                        .between(-999_999_999_999_999_999L, 999_999_999_999_999_999L)
                        .map(n -> new Segment("{NAME:int}", Long.toString(n), "NAME", n)),
                Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                        .as((high, low) -> new UUID(high, low).toString())
                        .map(text -> new Segment("{NAME:uuid}", text, "NAME", text)));
    }

    @Provide
    Arbitrary<Character> divider() {
        return Arbitraries.of('.', ':', '/');
    }

    @Provide
    Arbitrary<String> plain() {
        return Arbitraries.strings()
                .withCharRange('!', '~')
                .excludeChars('"', '\\', '.', ':', '/', '*', '{', '}')
                .ofMinLength(1)
                .ofMaxLength(8);
    }
}
