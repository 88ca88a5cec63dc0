// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.collector.Collector;
import dev.segue.config.Settings;
import dev.segue.console.Console;
import dev.segue.runtime.Monitoring;
import dev.segue.runtime.settings.Collecting;
import dev.segue.runtime.settings.InvalidSettings;
import dev.segue.serde.event.InvalidSchemas;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands share that run until SIGTERM or Ctrl-C. */
final class ServiceOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "Settings; segue.yaml in the repository explains each of them.")
    private Path config;

    /** @throws UserError if the file is absent, or with every problem of it */
    Settings settings(Collecting collecting) {
        return SettingsFile.read(config, collecting);
    }

    void printHealth(Optional<URI> address) {
        address.ifPresent(at -> out().println("health and metrics at " + at + "/health/ready, " + at + "/metrics"));
    }

    /**
     * Opens the collector. A signal closes it.
     *
     * @throws UserError with every problem of the schemas or of the mapping
     */
    Collector openCollector(Settings settings, Monitoring monitoring) {
        try {
            Collector collector = Collector.open(settings, Clock.systemUTC(), monitoring.meters());
            onSignal(() -> {
                collector.close();
                return true;
            });
            return collector;
        } catch (InvalidSchemas | InvalidSettings invalid) {
            throw new UserError(String.valueOf(invalid.getMessage()));
        }
    }

    /**
     * Opens the console. A signal closes it.
     *
     * @throws UserError with every problem of the schemas
     */
    Console openConsole(Settings settings) {
        try {
            Console console = Console.open(settings, Clock.systemUTC());
            onSignal(() -> {
                console.close();
                return true;
            });
            return console;
        } catch (InvalidSchemas invalid) {
            throw new UserError(String.valueOf(invalid.getMessage()));
        }
    }

    /** @param console null if none was opened */
    void printConsole(@Nullable Console console) {
        if (console != null) {
            out().println("console at " + console.address() + "/");
        }
    }

    /** @param collector null if none was opened */
    void printCollector(@Nullable Collector collector) {
        if (collector != null) {
            out().println("collecting at " + collector.address());
        }
    }

    /**
     * Stops a service when the JVM ends, which waits for that and for nothing else. The services of a process stop at the
     * same time.
     *
     * @param stop returns false if the service could not finish its work: the sender of the signal then sees exit code 1
     */
    static void onSignal(BooleanSupplier stop) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopOrFail(stop), "segue-stop"));
    }

    private static void stopOrFail(BooleanSupplier stop) {
        if (!stop.getAsBoolean()) {
            Runtime.getRuntime().halt(1);
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
