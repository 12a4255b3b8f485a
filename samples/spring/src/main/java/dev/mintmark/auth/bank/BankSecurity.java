package dev.mintmark.auth.bank;

import static org.springframework.security.authorization.AuthorizationManagers.allOf;
import static org.springframework.security.config.Customizer.withDefaults;
import static org.springframework.security.oauth2.core.authorization.OAuth2AuthorizationManagers.hasScope;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.session.HttpSessionEventPublisher;

/** Who may do what: Spring Security as it comes, and {@link StepUp}. */
@Configuration(proxyBeanMethods = false)
class BankSecurity {
    /** The resource server. */
    @Bean
    @Order(1)
    SecurityFilterChain api(HttpSecurity http) {
        StepUp recentTwoFactors = new StepUp("2", Duration.ofMinutes(5));
        return http.securityMatcher("/api/**")
                .authorizeHttpRequests(to -> to.requestMatchers("/api/balance")
                        .access(hasScope("balance"))
                        .requestMatchers("/api/transfer")
                        .access(allOf(hasScope("transfer"), recentTwoFactors))
                        .anyRequest()
                        .denyAll())
                .oauth2ResourceServer(server -> server.jwt(withDefaults()).accessDeniedHandler(recentTwoFactors))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    /** RFC 9068 section 4: tokens of the type at+jwt and no others. Spring Boot's own decoder refuses just these. */
    @Bean
    JwtDecoder accessTokens(
            @Value("${spring.security.oauth2.resourceserver.jwt.issuer-uri}") String issuer,
            @Value("${spring.security.oauth2.resourceserver.jwt.audiences}") String audience) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withIssuerLocation(issuer).build();
        decoder.setJwtValidator(JwtValidators.createAtJwtValidator()
                .issuer(issuer)
                .audience(audience)
                .build());
        return decoder;
    }

    /** The client. */
    @Bean
    SecurityFilterChain pages(HttpSecurity http, ClientRegistrationRepository clients) {
        OidcClientInitiatedLogoutSuccessHandler there = new OidcClientInitiatedLogoutSuccessHandler(clients);
        there.setPostLogoutRedirectUri("{baseUrl}/goodbye");
        return http.authorizeHttpRequests(to ->
                        to.requestMatchers("/goodbye").permitAll().anyRequest().authenticated())
                .oauth2Login(login -> login.authorizationEndpoint(
                                at -> at.authorizationRequestResolver(new StepUpRequests(clients)))
                        .defaultSuccessUrl("/", true))
                .logout(here -> here.logoutSuccessHandler(there))
                .oidcLogout(told -> told.backChannel(withDefaults()))
                .build();
    }

    /** Tokens of a session. By default Spring keeps them for a person, and a step-up in one browser would be one in all. */
    @Bean
    OAuth2AuthorizedClientRepository tokens() {
        return new HttpSessionOAuth2AuthorizedClientRepository();
    }

    /** Of these events back-channel logout learns which sessions have ended; without them it keeps a record of all. */
    @Bean
    HttpSessionEventPublisher sessionEvents() {
        return new HttpSessionEventPublisher();
    }
}
