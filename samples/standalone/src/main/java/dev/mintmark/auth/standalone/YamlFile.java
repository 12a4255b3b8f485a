package dev.mintmark.auth.standalone;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** From YAML to values that know their lines, the environment's variables replaced. */
final class YamlFile {
    /** Deeper than any honest file; an alias that contains itself has no end. */
    private static final int DEEPEST = 32;

    /** Deeper than this a file is not even read to its end, as what reads it calls itself for every level. */
    private static final int BOTTOM = 200;

    private static final int MOST_VALUES = 100_000;
    private static final String TOO_MANY = "has more than 100000 values";
    private static final int MOST_ALIASES = 10;

    /** Where a problem begins to repeat what stands in the file, which may be half a secret. */
    private static final Pattern REPEATED = Pattern.compile(
            "(alias|tag handle|escape character|valid version|UTF-8|anchor|spaces):? .*|, but found:? [^'<].*",
            Pattern.DOTALL);

    private final Environment environment;
    private final Faults faults;
    private int values;
    private boolean givenUp;

    private YamlFile(Environment environment, Faults faults) {
        this.environment = environment;
        this.faults = faults;
    }

    /** The value at the top; nothing if the text is no YAML, or empty. */
    static Optional<Value> read(String text, Environment environment, Faults faults) {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setAllowDuplicateKeys(true)
                    .setMaxAliasesForCollections(MOST_ALIASES)
                    .build();
            if (!bearable(new Parse(settings).parseString(text), faults)) return Optional.empty();
            Optional<Node> top = new Compose(settings).composeString(text);
            if (top.isEmpty()) faults.add(1, "", "is empty");
            YamlFile file = new YamlFile(environment, faults);
            return top.map(node -> file.value(node, "", line(node.getStartMark()), 0))
                    .filter(read -> !file.givenUp);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            faults.add(
                    line, "", "is not YAML: " + REPEATED.matcher(e.getProblem()).replaceFirst("$1"));
        } catch (YamlEngineException e) {
            faults.add(1, "", "is not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    /** Whether a text has neither too many values nor too deep ones; aliases are not followed yet. */
    private static boolean bearable(Iterable<Event> events, Faults faults) {
        int depth = 0;
        int values = 0;
        for (Event event : events) {
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> {
                    depth++;
                    values++;
                }
                case MappingEnd, SequenceEnd -> depth--;
                case Scalar, Alias -> values++;
                default -> {}
            }
            if (depth > BOTTOM) faults.add(line(event.getStartMark()), "", "is too deep");
            if (values > MOST_VALUES) faults.add(line(event.getStartMark()), "", TOO_MANY);
            if (depth > BOTTOM || values > MOST_VALUES) return false;
        }
        return true;
    }

    private Value value(Node node, String path, int line, int depth) {
        if (!givenUp && (depth == DEEPEST || ++values > MOST_VALUES)) {
            faults.add(line, path, depth == DEEPEST ? "is too deep" : TOO_MANY);
            givenUp = true;
        }
        if (givenUp) return Value.scalar(line, path, faults, "", true);
        if (node instanceof MappingNode map) return Value.map(line, path, faults, members(map, path, depth));
        if (node instanceof SequenceNode list) return Value.list(line, path, faults, items(list, path, depth));
        ScalarNode scalar = (ScalarNode) node;
        int before = faults.count();
        String text = environment.replace(scalar.getValue(), words -> faults.add(line, path, words));
        if (faults.count() > before) return Value.unknown(line, path, faults);
        return Value.scalar(line, path, faults, text, scalar.getScalarStyle() == ScalarStyle.PLAIN);
    }

    private List<Value> items(SequenceNode list, String path, int depth) {
        List<Value> items = new ArrayList<>();
        for (Node item : list.getValue())
            items.add(value(item, path + "[" + items.size() + "]", line(item.getStartMark()), depth + 1));
        return items;
    }

    private Map<String, Value> members(MappingNode map, String path, int depth) {
        Map<String, Value> members = new LinkedHashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            int line = line(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                faults.add(line, path, "has a key that is not text");
                continue;
            }
            String below = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
            Value value = value(tuple.getValueNode(), below, line, depth + 1);
            if (members.putIfAbsent(key.getValue(), value) != null) value.fault("stands twice");
        }
        return members;
    }

    private static int line(Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(0) + 1;
    }
}
