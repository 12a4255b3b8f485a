package dev.mintmark.auth.pages;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Looks into pages. */
final class Markup {
    private Markup() {}

    static Map<String, String> hidden(Element form) {
        Map<String, String> fields = new LinkedHashMap<>();
        form.select("input[type=hidden]").forEach(field -> fields.put(field.attr("name"), field.attr("value")));
        return fields;
    }

    static Element only(Element in, String selector) {
        List<Element> found = in.select(selector);
        if (found.size() != 1) throw new AssertionError(found.size() + " of " + selector + " in " + in);
        return found.get(0);
    }

    /** The text of the label that belongs to a field. */
    static String label(Document page, String field) {
        return only(page, "label[for=" + only(page, field).id() + "]").text();
    }
}
