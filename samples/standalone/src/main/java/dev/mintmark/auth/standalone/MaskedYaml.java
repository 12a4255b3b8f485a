package dev.mintmark.auth.standalone;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** A file as understood, written again: variables replaced, what was left out at the top filled in, secrets masked. */
final class MaskedYaml {
    private static final String MASK = "********";

    /** Keys whose values, or whatever is below them, nobody is to see. */
    private static final Pattern SECRET =
            Pattern.compile("(.*_)?(secret|password|secret_hash|password_hash|recovery_codes)");

    private MaskedYaml() {}

    static String of(Configuration configuration, String host, int port) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("host", host);
        out.put("port", port);
        out.put("storage", "memory");
        configuration.file().members().forEach((key, value) -> {
            if (!out.containsKey(key)) value.json().ifPresent(json -> out.put(key, masked(key, json)));
        });
        DumpSettings settings =
                DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
        return new Dump(settings).dumpToString(out);
    }

    private static Object masked(String key, Object value) {
        if (value instanceof List<?> list)
            return list.stream().map(item -> masked(key, item)).toList();
        if (SECRET.matcher(key).matches()) return MASK;
        if (!(value instanceof Map<?, ?> map)) return value;
        Map<String, Object> out = new LinkedHashMap<>();
        map.forEach((name, member) -> out.put(String.valueOf(name), masked(String.valueOf(name), member)));
        return out;
    }
}
