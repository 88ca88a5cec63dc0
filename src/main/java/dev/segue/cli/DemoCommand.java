// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.config.CollectorSettings;
import dev.segue.config.SegmentSettings;
import dev.segue.config.Settings;
import dev.segue.config.WidthSettings;
import dev.segue.demo.Demo;
import dev.segue.demo.DemoSettings;
import dev.segue.demo.broker.BrokerLibraries;
import dev.segue.demo.broker.BrokerNotStarted;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.value.DurationText;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Runs everything in one process: a Kafka broker, the processor, and a simulated shop in fast motion.",
            "Prints segment changes as they happen and, at the end, a table of the segments.",
            "While it runs, every definition that is saved is published and evaluated at once."
        },
        footer = {"", "Example: segue demo --for 60s --speed 600"})
final class DemoCommand implements Callable<Integer> {
    private static final long STOPPING_SECONDS = 30;
    private static final int USUAL_WIDTH = 100;
    private static final int LEAST_WIDTH = 80;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "How long to run, such as 60s or 5m. Default: until Ctrl-C.")
    private @Nullable String runFor;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "" + DemoSettings.USUAL_SPEED,
            description = "How many times faster the shop's time runs, 1 to 100000. Default: ${DEFAULT-VALUE}.")
    private int speed;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same seed gives the same shop. Default: a random seed.")
    private @Nullable Long seed;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Keeps all data there, so that the next run continues. Default: a temporary directory.")
    private @Nullable Path dataDirectory;

    @Option(names = "--port", paramLabel = "P", description = "The broker's port. Default: a free one.")
    private int port;

    @Option(
            names = "--http-port",
            paramLabel = "P",
            description = "The port of the shop page and the schema registry. Default: a free one.")
    private int httpPort;

    @Option(
            names = "--collector-port",
            paramLabel = "P",
            description = "The port of the collector, for trackers. Default: a free one.")
    private int collectorPort;

    @Option(
            names = "--console-port",
            paramLabel = "P",
            description = "The port of the web console. Default: a free one.")
    private int consolePort;

    @Mixin
    private SegmentsOptions segments = new SegmentsOptions();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings of the processor, such as segue.yaml: its segments with their overrides, and its"
                    + " schemas, apply here, too; the demo uses its own broker and topics.")
    private @Nullable Path config;

    @Override
    public Integer call() throws InterruptedException {
        if (!BrokerLibraries.arePresent()) {
            throw new UserError("The demo starts a Kafka broker, which is not part of this installation; run"
                    + " './segue demo' in a clone of the repository instead.");
        }
        PrintWriter out = spec.commandLine().getOut();
        Demo demo = new Demo(settings(), out);
        CountDownLatch ended = new CountDownLatch(1);
        AtomicInteger exitCode = new AtomicInteger(1);
        Thread onInterrupt = new Thread(() -> stopAndLeave(demo, ended, exitCode, out), "demo-stop");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try {
            demo.run();
            exitCode.set(0);
            return 0;
        } catch (BrokerNotStarted | CannotStart mistake) {
            throw new UserError(String.valueOf(mistake.getMessage()));
        } finally {
            ended.countDown();
            forget(onInterrupt);
        }
    }

    private DemoSettings settings() {
        Settings named = config == null ? null : SettingsFile.read(config);
        try {
            return new DemoSettings(
                    duration(),
                    speed,
                    seed,
                    dataDirectory,
                    port,
                    httpPort,
                    collectorPort,
                    consolePort,
                    named == null ? schemas() : named.schemas(),
                    named == null ? mapping() : named.collector().mapping(),
                    segments(named),
                    width(),
                    CommandLine.Help.Ansi.AUTO.enabled());
        } catch (IllegalArgumentException mistake) {
            throw new UserError(String.valueOf(mistake.getMessage()));
        }
    }

    private @Nullable Duration duration() {
        try {
            return runFor == null ? null : DurationText.read(runFor);
        } catch (IllegalArgumentException mistake) {
            throw UserError.of("--for", mistake);
        }
    }

    /**
     * In a new shop, many segments are still empty: warnings about them are disabled unless the settings were named.
     */
    private SegmentSettings segments(@Nullable Settings named) {
        if (named != null) {
            return segments.over(named.segments());
        }
        SegmentSettings usual = segments.arePlaced()
                ? SegmentSettings.defaults()
                : SegmentSettings.in(InstalledFiles.definitions().toArray(Path[]::new));
        return segments.over(usual.withWidth(WidthSettings.never()));
    }

    private static Path schemas() {
        Path here = Path.of("schemas");
        Path installed = InstalledFiles.installed("schemas");
        return Files.isDirectory(here.resolve("events")) || installed == null ? here : installed;
    }

    private static Path mapping() {
        Path here = CollectorSettings.defaults().mapping();
        Path installed = InstalledFiles.installed(here.toString());
        return Files.exists(here) || installed == null ? here : installed;
    }

    /** A requested stop is not a failure, so it must not end with the signal's exit code. */
    private static void stopAndLeave(Demo demo, CountDownLatch ended, AtomicInteger exitCode, PrintWriter out) {
        demo.stop();
        try {
            if (ended.await(STOPPING_SECONDS, TimeUnit.SECONDS)) {
                out.flush();
                Runtime.getRuntime().halt(exitCode.get());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread onInterrupt) {
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException alreadyStopping) {
            // The hook is already running and waits for this thread.
        }
    }

    private static int width() {
        String columns = System.getenv("COLUMNS");
        return columns != null && columns.matches("\\d{1,4}")
                ? Math.max(LEAST_WIDTH, Integer.parseInt(columns))
                : USUAL_WIDTH;
    }
}
