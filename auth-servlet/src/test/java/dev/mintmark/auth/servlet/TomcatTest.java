package dev.mintmark.auth.servlet;

import dev.mintmark.auth.testkit.BindingContract;
import dev.mintmark.auth.wire.WireHandler;
import java.net.URI;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;

class TomcatTest extends BindingContract {
    private Tomcat tomcat;

    @Override
    protected URI serve(WireHandler handler) throws Exception {
        tomcat = new Tomcat();
        tomcat.setBaseDir("target/tomcat");
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(0);
        Context context = tomcat.addContext("", null);
        if (context instanceof StandardContext standard) withoutLeakSearches(standard);
        Tomcat.addServlet(context, "auth", new AuthServlet(handler)).addMapping("/*");
        tomcat.getConnector();
        tomcat.start();
        return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort());
    }

    /** They look into the JDK, which the JDK forbids, and each says so at every stop. */
    private static void withoutLeakSearches(StandardContext context) {
        context.setClearReferencesRmiTargets(false);
        context.setClearReferencesThreadLocals(false);
        context.setClearReferencesObjectStreamClassCaches(false);
    }

    @Override
    protected void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }
}
