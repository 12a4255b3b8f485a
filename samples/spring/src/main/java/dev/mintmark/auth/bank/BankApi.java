package dev.mintmark.auth.bank;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The resource server: everyone has a hundred, and gives it away by tens. */
@RestController
@RequestMapping("/api")
class BankApi {
    private final Map<String, Integer> accounts = new ConcurrentHashMap<>();

    @GetMapping("/balance")
    Map<String, Integer> balance(@AuthenticationPrincipal Jwt token) {
        return Map.of("balance", accounts.getOrDefault(token.getSubject(), 100));
    }

    @PostMapping("/transfer")
    Map<String, Integer> transfer(@AuthenticationPrincipal Jwt token) {
        return Map.of("balance", accounts.merge(token.getSubject(), 90, (before, first) -> before - 10));
    }
}
