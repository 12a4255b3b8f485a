package dev.mintmark.auth.bank;

import java.net.URI;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A bank: an OAuth 2 client towards its people, a resource server towards their clients. Its file is application.yaml. */
@SpringBootApplication(proxyBeanMethods = false)
class Bank {
    /** Spring asks the issuer for its metadata while it starts: the issuer must be there. */
    static ConfigurableApplicationContext start(int port, URI issuer) {
        return SpringApplication.run(Bank.class, "--server.port=" + port, "--mintmark.issuer=" + issuer);
    }
}
