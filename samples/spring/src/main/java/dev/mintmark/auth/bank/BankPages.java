package dev.mintmark.auth.bank;

import static org.springframework.web.util.HtmlUtils.htmlEscape;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.annotation.RegisteredOAuth2AuthorizedClient;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/** The client: what people see of the API. */
@Controller
class BankPages {
    private final RestClient api;

    BankPages(@Value("${bank.url}") String bank) {
        this.api = RestClient.create(bank + "/api");
    }

    @GetMapping(path = "/", produces = "text/html")
    @ResponseBody
    String account(
            @AuthenticationPrincipal OidcUser person,
            @RegisteredOAuth2AuthorizedClient("mintmark") OAuth2AuthorizedClient tokens,
            CsrfToken csrf) {
        Map<?, ?> account = Objects.requireNonNull(api.get()
                .uri("/balance")
                .headers(with -> with.setBearerAuth(tokens.getAccessToken().getTokenValue()))
                .retrieve()
                .body(Map.class));
        return """
                <!doctype html><html lang="en"><title>The Bank</title>
                <p id="who">%s</p>
                <p>You have <b id="balance">%s</b>.</p>
                <form method="post" action="/transfer"><input type="hidden" name="%3$s" value="%4$s"><button>Send ten to Bob</button></form>
                <form method="post" action="/logout"><input type="hidden" name="%3$s" value="%4$s"><button>Sign out</button></form>
                """.formatted(
                        htmlEscape(Objects.requireNonNullElse(person.getFullName(), person.getSubject())),
                        account.get("balance"),
                        csrf.getParameterName(),
                        csrf.getToken());
    }

    /** Does it; or first sends the person to prove more, who then comes back and tries again. */
    @PostMapping("/transfer")
    String transfer(@RegisteredOAuth2AuthorizedClient("mintmark") OAuth2AuthorizedClient tokens) {
        try {
            api.post()
                    .uri("/transfer")
                    .headers(with -> with.setBearerAuth(tokens.getAccessToken().getTokenValue()))
                    .retrieve()
                    .toBodilessEntity();
            return "redirect:/";
        } catch (HttpClientErrorException.Unauthorized refused) {
            return "redirect:" + StepUpRequests.link(challenge(refused)).orElseThrow(() -> refused);
        }
    }

    private static String challenge(HttpClientErrorException refused) {
        HttpHeaders headers = Objects.requireNonNullElse(refused.getResponseHeaders(), HttpHeaders.EMPTY);
        @Nullable String challenge = headers.getFirst(HttpHeaders.WWW_AUTHENTICATE);
        return Objects.requireNonNullElse(challenge, "");
    }

    /** Where people are sent when they are signed out everywhere. */
    @GetMapping(path = "/goodbye", produces = "text/html")
    @ResponseBody
    String goodbye() {
        return """
                <!doctype html><html lang="en"><title>The Bank</title>
                <p id="who">Nobody is signed in.</p>
                <p><a href="/">Sign in</a></p>
                """;
    }
}
