package dev.mintmark.auth.standalone;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** A file as understood, written again: variables replaced, what was left out at the top filled in, secrets masked. */
final class MaskedYaml {
    private static final String MASK = "********";

    /** Keys whose values, or whatever is below them, nobody is to see. */
    private static final Pattern SECRET = Pattern.compile(
            "(.*_)?(secret|password|secret_hash|password_hash|recovery_codes|api_key|salt)", Pattern.CASE_INSENSITIVE);

    /** The same where names are free: among claims, and whatever else a user has. */
    private static final Pattern LIKE_SECRET =
            Pattern.compile(".*(secret|password|token|key|recovery_codes).*", Pattern.CASE_INSENSITIVE);

    private MaskedYaml() {}

    static String of(Configuration configuration, String host, int port) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("host", host);
        out.put("port", port);
        out.put("storage", "memory");
        configuration.file().members().forEach((key, value) -> {
            if (!out.containsKey(key)) value.json().ifPresent(json -> out.put(key, masked(key, json, SECRET)));
        });
        DumpSettings settings =
                DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
        return new Dump(settings).dumpToString(out);
    }

    private static Object masked(String key, Object value, Pattern secret) {
        if (value instanceof List<?> list)
            return list.stream()
                    .map(item -> masked(key, item, key.equals("users") ? LIKE_SECRET : secret))
                    .toList();
        if (secret.matcher(key).matches()) return MASK;
        if (!(value instanceof Map<?, ?> map)) return value;
        // A server's claims begin with the kind of token, which is no secret though it is called one.
        if (key.equals("claims") && !secret.equals(LIKE_SECRET)) {
            return members(map, (name, member) -> masked("", member, LIKE_SECRET));
        }
        return members(map, (name, member) -> masked(name, member, secret));
    }

    private static Map<String, Object> members(Map<?, ?> map, BiFunction<String, Object, Object> masked) {
        Map<String, Object> out = new LinkedHashMap<>();
        map.forEach((name, member) -> out.put(String.valueOf(name), masked.apply(String.valueOf(name), member)));
        return out;
    }
}
