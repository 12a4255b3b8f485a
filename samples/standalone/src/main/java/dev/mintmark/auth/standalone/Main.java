package dev.mintmark.auth.standalone;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** The program: reads a file, serves what it says, stops when it is told to. */
@Command(
        name = "standalone",
        description = "An OAuth 2 authorization server that reads one file. Without a file it serves a demonstration.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false)
public final class Main implements Callable<Integer> {
    private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";
    private static final int FAILED = 1;
    private static final int BAD_FILE = 2;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    @Option(names = "--config", paramLabel = "FILE", description = "The file, in YAML.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "Listen on this port instead of the file's; 0 takes a free one. Issuers stay as the file says.")
    private Optional<Integer> port = Optional.empty();

    @Option(names = "--host", paramLabel = "ADDR", description = "Listen on this address instead of the file's.")
    private Optional<String> host = Optional.empty();

    @Option(names = "--print-config", description = "Print the file as understood, secrets masked, and stop.")
    private boolean printConfig;

    private Main(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs until the process is told to stop.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        // One line an event, unless whoever runs the program has said otherwise.
        if (System.getProperty(LOG_FORMAT) == null) {
            System.setProperty(LOG_FORMAT, "%1$tFT%1$tT.%1$tL%1$tz %4$s %5$s%6$s%n");
        }
        int status = run(List.of(args), System.getenv(), System.out, System.err);
        if (status != 0) System.exit(status);
    }

    /** The program in this process: its exit status, once it has ended. */
    static int run(List<String> args, Map<String, String> environment, PrintStream out, PrintStream err) {
        CommandLine line = new CommandLine(new Main(environment, out, err));
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        return line.execute(args.toArray(String[]::new));
    }

    @Override
    public Integer call() throws InterruptedException {
        if (port.filter(p -> p < 0 || p > 65535).isPresent()) {
            err.println("--port must be from 0 to 65535");
            return BAD_FILE;
        }
        return config.isPresent() ? file(config.get()) : demonstration();
    }

    private int file(Path file) throws InterruptedException {
        Faults faults = new Faults(file.toString());
        Optional<Configuration> read;
        try {
            Path directory =
                    Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of(""));
            read = Configuration.read(Files.readString(file), directory, new Environment(environment), out, faults);
        } catch (IOException e) {
            err.println(file + ": " + Unreadable.because(file, e));
            return BAD_FILE;
        }
        if (read.isEmpty()) {
            faults.lines().forEach(err::println);
            return BAD_FILE;
        }
        faults.notes().forEach(note -> err.println("warning: " + note));
        Configuration configuration = read.get();
        String address = host.orElse(configuration.host());
        int number = port.orElse(configuration.port());
        if (printConfig) return print(configuration, address, number);
        try (StandaloneServer server = StandaloneServer.start(configuration, address, number)) {
            return serve(server, List.of());
        } catch (IOException e) {
            return failed(address, number, e);
        }
    }

    private int demonstration() throws InterruptedException {
        String address = host.orElse(Configuration.DEFAULT_HOST);
        int number = port.orElse(Configuration.DEFAULT_PORT);
        if (printConfig) return print(Demonstration.read(address, number, out), address, number);
        try (HttpListener listener = HttpListener.take(address, number, Optional.empty());
                StandaloneServer server =
                        StandaloneServer.serve(listener, Demonstration.read(address, listener.port(), out))) {
            if (!listener.address().isLoopbackAddress()) {
                err.println("warning: " + address + " is not a loopback address, and the demonstration's secrets are"
                        + " published: anyone who reaches it gets tokens; serve a file of your own with --config");
            }
            List<String> more = new ArrayList<>(Demonstration.requests(server.issuer()));
            more.addAll(Demonstration.signIn(server.issuer()));
            return serve(server, more);
        } catch (IOException e) {
            return failed(address, number, e);
        }
    }

    private int serve(StandaloneServer server, List<String> more) throws InterruptedException {
        Thread stop = new Thread(server::close, "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        out.println("ready " + server.issuer());
        server.elsewhere().ifPresent(at -> out.println("listening on " + at));
        more.forEach(out::println);
        out.flush();
        server.join();
        return 0;
    }

    private int print(Configuration configuration, String address, int number) {
        out.print(MaskedYaml.of(configuration, address, number));
        out.flush();
        return 0;
    }

    private int failed(String address, int number, IOException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        err.println("cannot listen on " + address + ":" + number + ": " + cause.getMessage());
        return FAILED;
    }

    /** What {@code --version} says; outside of a jar there is no version to tell. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"Mintmark " + (version == null ? "(development)" : version)};
        }
    }
}
