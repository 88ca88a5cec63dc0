// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.collector.Collector;
import dev.segue.config.Settings;
import dev.segue.runtime.Health;
import dev.segue.runtime.Monitoring;
import dev.segue.runtime.settings.Collecting;
import dev.segue.runtime.settings.InvalidSettings;
import dev.segue.serde.event.InvalidSchemas;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "collect",
        mixinStandardHelpOptions = true,
        description = {
            "Takes messages of Segment's and RudderStack's SDKs over HTTP and writes them to Kafka as events, until SIGTERM"
                    + " or Ctrl-C.",
            "The write keys, the port and the limits are the section 'collector' of the settings."
        },
        footer = {"", "Example: segue collect --config segue.yaml"})
final class CollectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "Settings; segue.yaml in the repository explains each of them.")
    private Path config;

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = SettingsFile.read(config, Collecting.ALWAYS);
        PrintWriter out = spec.commandLine().getOut();
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Thread onSignal = new Thread(() -> stopAndWait(stopped, closed), "segue-stop");
        try (Monitoring monitoring = new Monitoring(settings);
                Collector collector = Collector.open(settings, Clock.systemUTC(), monitoring.meters())) {
            Runtime.getRuntime().addShutdownHook(onSignal);
            monitoring
                    .openBeside(List.of(() -> check(collector)))
                    .ifPresent(address ->
                            out.println("health and metrics at " + address + "/health/ready, " + address + "/metrics"));
            out.println("collecting at " + collector.address());
            stopped.await();
        } catch (InvalidSchemas | InvalidSettings invalid) {
            throw new UserError(String.valueOf(invalid.getMessage()));
        } finally {
            closed.countDown();
        }
        return 0;
    }

    private static Health.Check check(Collector collector) {
        return collector.isAvailable()
                ? new Health.Check("collector", true, "takes messages")
                : new Health.Check("collector", false, "refuses messages: Kafka has just failed to store some");
    }

    private static void stopAndWait(CountDownLatch stopped, CountDownLatch closed) {
        stopped.countDown();
        try {
            closed.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
