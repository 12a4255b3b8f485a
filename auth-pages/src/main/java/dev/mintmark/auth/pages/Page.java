package dev.mintmark.auth.pages;

import dev.mintmark.auth.wire.WireResponse;
import gg.jte.TemplateOutput;
import gg.jte.html.HtmlInterceptor;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A template's text with the headers every page has.
 *
 * <p>Templates are called as the classes they were compiled to, not by name: jte's own engine would look for them with the class
 * loader of whichever thread comes first.
 */
final class Page {
    private static final HtmlInterceptor UNTOUCHED = new HtmlInterceptor() {
        @Override
        public void onHtmlTagOpened(String name, Map<String, Object> attributes, TemplateOutput output) {}

        @Override
        public void onHtmlTagClosed(String name, TemplateOutput output) {}
    };

    private Page() {}

    static WireResponse of(ContentPolicy policy, BiConsumer<HtmlTemplateOutput, HtmlInterceptor> template) {
        StringOutput html = new StringOutput();
        template.accept(new OwaspHtmlTemplateOutput(html), UNTOUCHED);
        return WireResponse.of(200)
                .withHeader("Content-Type", "text/html; charset=utf-8")
                .withHeader("Content-Security-Policy", policy.toString())
                // Not no-referrer: browsers would then send "Origin: null" with our own forms.
                .withHeader("Referrer-Policy", "same-origin")
                .withHeader("X-Content-Type-Options", "nosniff")
                .withHeader("X-Frame-Options", "DENY")
                .withHeader("Cache-Control", "no-store")
                .withBody(html.toString());
    }
}
