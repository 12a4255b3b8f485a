package dev.mintmark.auth.pages;

import static dev.mintmark.auth.pages.Markup.hidden;
import static dev.mintmark.auth.pages.Markup.label;
import static dev.mintmark.auth.pages.Markup.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintmark.auth.pages.Asked.Enrolment;
import dev.mintmark.auth.pages.Asked.Form;
import io.nayuki.qrcodegen.QrCode;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnrolmentPageTest {
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-(\\d+)z");

    private final Document page = Asked.page(Asked.enrolment());

    @Test
    void it_asks_for_a_code_of_the_new_authenticator() {
        assertThat(page.body().attr("data-page")).isEqualTo("enrolment");
        Element form = only(page, "form");
        assertThat(hidden(form)).isEqualTo(Asked.HIDDEN);
        only(form, "input[name=otp][autocomplete=one-time-code][inputmode=numeric][required]");
        assertThat(label(page, "input[name=otp]")).isEqualTo("Code that the app shows");
        only(form, "button[type=submit]");
    }

    @Test
    void the_picture_is_the_qr_code_of_the_uri() {
        Element svg = only(page, "svg[role=img]");
        QrCode code = QrCode.encodeText(Asked.enrolment().uri(), QrCode.Ecc.MEDIUM);
        boolean[][] drawn = new boolean[code.size][code.size];
        for (MatchResult run :
                RUN.matcher(svg.select("path").get(1).attr("d")).results().toList()) {
            int x = Integer.parseInt(run.group(1)) - 4;
            int y = Integer.parseInt(run.group(2)) - 4;
            assertThat(run.group(4)).isEqualTo(run.group(3));
            Arrays.fill(drawn[y], x, x + Integer.parseInt(run.group(3)), true);
        }

        assertThat(svg.attr("aria-label")).isEqualTo("QR code with the key for your authenticator app");
        assertThat(svg.attr("viewBox")).isEqualTo("0 0 " + (code.size + 8) + " " + (code.size + 8));
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) assertThat(drawn[y][x]).isEqualTo(code.getModule(x, y));
        }
    }

    @Test
    void the_picture_is_dark_on_light_in_the_dark_too() {
        assertThat(page.select("svg path").eachAttr("fill")).containsExactly("#ffffff", "#000000");
        assertThat(page.html()).doesNotContain("data:");
    }

    @Test
    void the_key_can_be_typed() {
        assertThat(only(page, ".key code").wholeText()).isEqualTo("JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP");
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "ABC, ABC", "ABCD, ABCD", "ABCDE, ABCD E", "ABCDEFGH, ABCD EFGH"})
    void keys_are_written_in_groups_of_four(String key, String written) {
        assertThat(QrPicture.inGroups(key)).isEqualTo(written);
    }

    @Test
    void what_no_picture_can_hold_is_left_to_the_key() {
        Document plain = Asked.page(new Enrolment(Form.plain(), "otpauth://totp/" + "x".repeat(3000), "ABCD"));

        assertThat(plain.select("svg")).isEmpty();
        assertThat(plain.text()).contains("ABCD");
    }

    @Test
    void a_wrong_code_is_said_and_the_field_has_the_cursor() {
        Enrolment asked = Asked.enrolment();
        Document wrong =
                Asked.page(new Enrolment(Form.plain().with(Asked.problem("invalid_grant")), asked.uri(), asked.key()));

        assertThat(only(wrong, "[role=alert]").text())
                .isEqualTo("The code is wrong. Please enter the one that the app shows now.");
        only(wrong, "input[name=otp][aria-invalid=true][aria-describedby=problem][autofocus]");
        assertThat(page.select("[autofocus]")).isEmpty();
    }
}
