package dev.mintmark.auth.standalone;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
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

    private final Environment environment;
    private final Faults faults;

    private YamlFile(Environment environment, Faults faults) {
        this.environment = environment;
        this.faults = faults;
    }

    /** The value at the top; nothing if the text is no YAML, or empty. */
    static Optional<Value> read(String text, Environment environment, Faults faults) {
        try {
            LoadSettings settings =
                    LoadSettings.builder().setAllowDuplicateKeys(true).build();
            Optional<Node> top = new Compose(settings).composeString(text);
            if (top.isEmpty()) faults.add(1, "", "is empty");
            return top.map(node -> new YamlFile(environment, faults).value(node, "", line(node), 0));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            faults.add(line, "", "is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            faults.add(1, "", "is not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private Value value(Node node, String path, int line, int depth) {
        if (depth == DEEPEST) {
            faults.add(line, path, "is too deep");
            return Value.scalar(line, path, faults, "", true);
        }
        if (node instanceof MappingNode map) return Value.map(line, path, faults, members(map, path, depth));
        if (node instanceof SequenceNode list) return Value.list(line, path, faults, items(list, path, depth));
        ScalarNode scalar = (ScalarNode) node;
        String text = environment.replace(scalar.getValue(), words -> faults.add(line, path, words));
        return Value.scalar(line, path, faults, text, scalar.getScalarStyle() == ScalarStyle.PLAIN);
    }

    private List<Value> items(SequenceNode list, String path, int depth) {
        List<Value> items = new ArrayList<>();
        for (Node item : list.getValue())
            items.add(value(item, path + "[" + items.size() + "]", line(item), depth + 1));
        return items;
    }

    private Map<String, Value> members(MappingNode map, String path, int depth) {
        Map<String, Value> members = new LinkedHashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            int line = line(tuple.getKeyNode());
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

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}
