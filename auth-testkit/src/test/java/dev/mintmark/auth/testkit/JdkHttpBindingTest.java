package dev.mintmark.auth.testkit;

import dev.mintmark.auth.wire.WireHandler;
import java.net.URI;

class JdkHttpBindingTest extends BindingContract {
    private JdkHttpBinding binding;

    @Override
    protected URI serve(WireHandler handler) {
        binding = JdkHttpBinding.listen(0).serve(handler);
        return binding.uri();
    }

    @Override
    protected void stop() {
        binding.close();
    }
}
