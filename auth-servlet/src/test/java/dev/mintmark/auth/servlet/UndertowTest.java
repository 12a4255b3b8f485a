package dev.mintmark.auth.servlet;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.handlers.PathHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceHandle;
import jakarta.servlet.DispatcherType;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

class UndertowTest extends ContainerContract {
    @Override
    Set<String> refusedByItself() {
        return Set.of("/auth/%zz", "/auth/token\\");
    }

    @Override
    Running start(boolean virtualThreads, List<WebApp> apps) throws Exception {
        PathHandler paths = Handlers.path();
        for (WebApp app : apps) deploy(paths, virtualThreads, app);
        Undertow undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(paths)
                .build();
        undertow.start();
        InetSocketAddress address =
                (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
        return new Running(address.getPort(), undertow::stop);
    }

    private static void deploy(PathHandler paths, boolean virtualThreads, WebApp app) throws Exception {
        DeploymentInfo info = Servlets.deployment()
                .setClassLoader(UndertowTest.class.getClassLoader())
                .setDeploymentName(app.context())
                .setContextPath(app.context().isEmpty() ? "/" : app.context());
        if (virtualThreads) info.setExecutor(virtualThreads());
        app.servlets()
                .forEach((mapping, servlet) -> info.addServlet(
                        Servlets.servlet(mapping, AuthServlet.class, () -> new ImmediateInstanceHandle<>(servlet))
                                .setAsyncSupported(app.async())
                                .addMapping(mapping)));
        app.filters()
                .forEach((mapping, filter) -> info.addFilter(
                                Servlets.filter(mapping, filter.getClass(), () -> new ImmediateInstanceHandle<>(filter))
                                        .setAsyncSupported(app.async()))
                        .addFilterUrlMapping(mapping, mapping, DispatcherType.REQUEST));
        DeploymentManager manager = Servlets.newContainer().addDeployment(info);
        manager.deploy();
        paths.addPrefixPath(info.getContextPath(), manager.start());
    }

    private static Executor virtualThreads() throws ReflectiveOperationException {
        return (Executor)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }
}
