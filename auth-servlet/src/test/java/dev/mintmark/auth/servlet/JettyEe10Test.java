package dev.mintmark.auth.servlet;

import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

class JettyEe10Test extends ContainerContract {
    @Override
    Set<String> refusedByItself() {
        return Set.of(
                "/auth%2Ftoken",
                "/auth/%2e/token",
                "/auth/x/%2e%2e/token",
                "/auth/..;/auth/token",
                "/auth//token",
                "//auth/token",
                "/auth/%zz",
                "/auth/token\\");
    }

    @Override
    Running start(boolean virtualThreads, List<WebApp> apps) throws Exception {
        Server jetty = new Server(virtualThreads ? new VirtualThreadPool() : new QueuedThreadPool());
        ServerConnector connector = new ServerConnector(jetty);
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        ContextHandlerCollection contexts = new ContextHandlerCollection();
        apps.forEach(app -> contexts.addHandler(context(app)));
        jetty.setHandler(contexts);
        jetty.start();
        return new Running(connector.getLocalPort(), jetty::stop);
    }

    private static ServletContextHandler context(WebApp app) {
        ServletContextHandler context = new ServletContextHandler(app.context().isEmpty() ? "/" : app.context());
        app.servlets().forEach((mapping, servlet) -> {
            ServletHolder holder = new ServletHolder(servlet);
            holder.setAsyncSupported(app.async());
            context.addServlet(holder, mapping);
        });
        app.filters().forEach((mapping, filter) -> {
            FilterHolder holder = new FilterHolder(filter);
            holder.setAsyncSupported(app.async());
            context.addFilter(holder, mapping, EnumSet.of(DispatcherType.REQUEST));
        });
        return context;
    }
}
