package dev.mintmark.auth.servlet;

import java.util.List;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.IntrospectionUtils;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** Tomcat 10.1 or 11, whichever is on the class path. */
class TomcatTest extends ContainerContract {
    @Override
    Set<String> refusedByItself() {
        return Set.of("/auth%2Ftoken", "/auth/%zz", "/auth/token\\");
    }

    @Override
    Running start(boolean virtualThreads, List<WebApp> apps) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir("target/tomcat");
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("useVirtualThreads", Boolean.toString(virtualThreads));
        apps.forEach(app -> deploy(tomcat, app));
        tomcat.start();
        return new Running(tomcat.getConnector().getLocalPort(), () -> {
            tomcat.stop();
            tomcat.destroy();
        });
    }

    private static void deploy(Tomcat tomcat, WebApp app) {
        Context context = tomcat.addContext(app.context(), null);
        withoutLeakSearches(context);
        app.servlets().forEach((mapping, servlet) -> {
            Wrapper wrapper = Tomcat.addServlet(context, mapping, servlet);
            wrapper.setAsyncSupported(app.async());
            wrapper.addMapping(mapping);
        });
        app.filters().forEach((mapping, filter) -> {
            FilterDef definition = new FilterDef();
            definition.setFilterName(mapping);
            definition.setFilter(filter);
            definition.setAsyncSupported(Boolean.toString(app.async()));
            context.addFilterDef(definition);
            FilterMap map = new FilterMap();
            map.setFilterName(mapping);
            map.addURLPattern(mapping);
            context.addFilterMap(map);
        });
    }

    /** They look into the JDK, which the JDK forbids, and each says so at every stop. Tomcat 11 has fewer. */
    private static void withoutLeakSearches(Context context) {
        for (String search : List.of("RmiTargets", "ThreadLocals", "ObjectStreamClassCaches")) {
            IntrospectionUtils.setProperty(context, "clearReferences" + search, "false");
        }
    }
}
