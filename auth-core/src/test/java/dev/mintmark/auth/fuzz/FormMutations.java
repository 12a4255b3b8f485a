package dev.mintmark.auth.fuzz;

import dev.mintmark.auth.protocol.Claims;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** One change to a form, or to a body that is none. */
final class FormMutations {
    private static final int LIMIT = 64 * 1024;

    private FormMutations() {}

    static Sent mutate(Sent sent, Material with) {
        String form = sent.body();
        return switch (with.below(12)) {
            case 0 -> sent.withBody(broken(sent.body(), with));
            case 1 ->
                sent.withBody(form + "&pad=" + "x".repeat(Math.max(0, LIMIT - form.length() - 6 + with.below(4))));
            case 2 -> sent.withBody(form + "&x=y".repeat(with.below(2000)));
            case 3 -> sent.withBody(many(form, with.below(120)));
            case 4 -> sent.withBody(form.replaceFirst("&", with.one(List.of(";", "&&&", "&=&", "&%26", "\n"))));
            case 5 -> asJson(sent);
            default ->
                sent.withBody(String.join("&", changed(new ArrayList<>(Arrays.asList(form.split("&", -1))), with)));
        };
    }

    private static List<String> changed(List<String> pairs, Material with) {
        int at = with.below(pairs.size());
        String pair = pairs.get(at);
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        switch (with.below(9)) {
            case 0 -> pairs.remove(at);
            case 1 -> pairs.add(pair);
            case 2 -> pairs.add(name + "=" + Mutations.encoded(with.value()));
            case 3 -> pairs.set(at, Mutations.encoded(with.name()) + "=" + value);
            case 4 -> pairs.set(at, with.random.nextBoolean() ? name : name + "=");
            case 5 -> Collections.shuffle(pairs, with.random);
            case 6 -> pairs.set(at, name + "=" + Mutations.garbled(value, with));
            case 7 -> pairs.set(at, name + "=" + Mutations.encoded(with.value()));
            default -> added(pairs, with);
        }
        return pairs;
    }

    private static void added(List<String> pairs, Material with) {
        String name = with.name();
        pairs.add(Mutations.encoded(name) + "=" + Mutations.encoded(with.value()));
    }

    /** Bytes that no text has, put anywhere; or the end is missing. */
    private static String broken(String body, Material with) {
        String one = Character.toString(with.one(List.of(0, 0x0A, 0x0D, 0x7F, 0x80, 0xC0, 0xC3, 0xED, 0xFF)));
        if (body.isEmpty()) return one;
        int at = with.below(body.length());
        return with.below(4) == 0 ? body.substring(0, at) : body.substring(0, at) + one + body.substring(at + 1);
    }

    private static String many(String form, int count) {
        StringBuilder out = new StringBuilder(form);
        for (int i = 0; i < count; i++) out.append("&p").append(i).append('=').append(i);
        return out.toString();
    }

    private static Sent asJson(Sent sent) {
        Claims.Builder body = Claims.builder();
        for (String pair : sent.body().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            body.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
        return sent.with("Content-Type", "application/json")
                .withText(body.build().toJson());
    }
}
