// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.collector.Collector;
import dev.segue.config.Settings;
import dev.segue.console.Console;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.runtime.Application;
import dev.segue.runtime.Monitoring;
import dev.segue.runtime.operate.FileContents;
import dev.segue.runtime.operate.SavedDefinitions;
import dev.segue.runtime.settings.Collecting;
import dev.segue.runtime.settings.InvalidSettings;
import dev.segue.serde.event.InvalidSchemas;
import dev.segue.value.CountText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the processor against a Kafka cluster until SIGTERM or Ctrl-C; then it commits and ends within ten"
                    + " seconds.",
            "Creates missing topics, and starts only if every definition is valid."
        },
        footer = {"", "Example: segue run --config segue.yaml"})
final class RunCommand implements Callable<Integer> {
    private static final Duration SLOW_START = Duration.ofMinutes(1);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions service = new ServiceOptions();

    @Mixin
    private SegmentsOptions segments = new SegmentsOptions();

    @Option(
            names = "--watch",
            description = {
                "Publishes the definitions as the next revision whenever one of their files is saved, created or deleted.",
                "Problems are printed as 'segue check' prints them; then nothing is published. Use it with one instance"
                        + " only: others would evaluate what was saved here."
            })
    private boolean watch;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Settings settings = settings();
        Monitoring monitoring = new Monitoring(settings);
        // Before they are loaded, so that a save during the start is seen.
        FileContents files = FileContents.read(settings.segments().directories());
        Application application = load(settings, monitoring);
        // Streams must be closed to leave the group at once and keep its state directory.
        ServiceOptions.onSignal(application::stop);
        try (monitoring;
                application;
                SavedDefinitions saved = saved(files, settings, application)) {
            service.printHealth(monitoring.open(application));
            application.start();
            try (Collector collector =
                            settings.collector().enabled() ? service.openCollector(settings, monitoring) : null;
                    Console console = settings.console().enabled() ? service.openConsole(settings) : null) {
                service.printCollector(collector);
                service.printConsole(console);
                runUntilStopped(settings, application, saved);
            }
        }
        return 0;
    }

    private void runUntilStopped(Settings settings, Application application, SavedDefinitions saved)
            throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (watch) {
            saved.start();
            out.println("publishes the definitions whenever one is saved in "
                    + settings.segments().directories().stream()
                            .map(Path::toString)
                            .collect(Collectors.joining(", ")));
        }
        while (!application.awaitRunning(SLOW_START)) {
            application.throwIfFailed();
            out.println("still waiting for partitions or restoring state");
        }
        out.println("running with " + CountText.of(application.segments().size(), "definition") + ": "
                + String.join(", ", application.segments()));
        application.awaitStopped();
    }

    private SavedDefinitions saved(FileContents files, Settings settings, Application application) {
        return SavedDefinitions.publishing(
                files,
                settings,
                application.vocabulary(),
                Clock.systemUTC(),
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
    }

    private Settings settings() {
        Settings settings = service.settings(Collecting.IF_ENABLED);
        return settings.withSegments(segments.over(settings.segments()));
    }

    private static Application load(Settings settings, Monitoring monitoring) throws IOException {
        try {
            if (settings.collector().enabled()) {
                Collector.requireMapping(settings);
            }
            return Application.load(settings, Clock.systemUTC(), monitoring.meters());
        } catch (InvalidSettings | InvalidSchemas | InvalidDefinitions invalid) {
            throw new UserError(String.valueOf(invalid.getMessage()));
        }
    }
}
