package dev.mintmark.auth.testkit;

import dev.mintmark.auth.AuthorizationServerBuilder;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A JUnit Jupiter extension that gives each test a {@link FakeTokenServer} as a parameter. In a static
 * {@code @RegisterExtension} field one server serves the class, in an instance field each test has its own. It keeps no state
 * of its own, so tests may run in parallel.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final FakeTokenServerExtension TOKENS = new FakeTokenServerExtension(server -> server.clients(...));
 *
 * @Test
 * void my_client_gets_a_token(FakeTokenServer tokens) { ... }
 * }</pre>
 */
public final class FakeTokenServerExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(FakeTokenServerExtension.class);

    private final Consumer<AuthorizationServerBuilder> setUp;

    /**
     * An extension.
     *
     * @param setUp sets each server up
     */
    public FakeTokenServerExtension(Consumer<AuthorizationServerBuilder> setUp) {
        this.setUp = setUp;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        // A child context sees its parents' store: a server of the class is used, not doubled.
        if (context.getStore(NAMESPACE).get(this) == null) start(context);
    }

    private void start(ExtensionContext context) {
        context.getStore(NAMESPACE).put(this, FakeTokenServer.start(setUp));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        stop(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop(context);
    }

    /** A context gives up what it holds itself, and nothing of its parents'. */
    private void stop(ExtensionContext context) {
        FakeTokenServer own = context.getStore(NAMESPACE).remove(this, FakeTokenServer.class);
        if (own != null) own.close();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == FakeTokenServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE).get(this, FakeTokenServer.class);
    }
}
