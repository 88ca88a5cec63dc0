// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo;

import dev.segue.collector.Collector;
import dev.segue.config.CollectorSettings;
import dev.segue.config.ConsoleSettings;
import dev.segue.config.Settings;
import dev.segue.config.WriteKey;
import dev.segue.console.Console;
import dev.segue.demo.broker.Ports;
import dev.segue.demo.web.DemoPort;
import dev.segue.demo.web.ShopTracking;
import dev.segue.demo.web.VisitorRecords;
import dev.segue.event.Change;
import dev.segue.event.TriggerDecision;
import dev.segue.runtime.HttpListener;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.settings.InvalidSettings;
import dev.segue.serde.event.InvalidSchemas;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The demo over HTTP: schema registry and shop page on one port, the collector on another. */
final class ShopFront implements AutoCloseable {
    /** Not a secret: the demo listens on this machine only. */
    static final String WRITE_KEY = "demo-write-key";

    private final DemoSettings demo;
    private final VisitorRecords<Change> changes;
    private final VisitorRecords<TriggerDecision> decisions;
    private final AtomicReference<@Nullable ShopTracking> tracking;
    private final DemoPort port;

    private ShopFront(
            DemoSettings demo,
            VisitorRecords<Change> changes,
            VisitorRecords<TriggerDecision> decisions,
            AtomicReference<@Nullable ShopTracking> tracking,
            DemoPort port) {
        this.demo = demo;
        this.changes = changes;
        this.decisions = decisions;
        this.tracking = tracking;
        this.port = port;
    }

    /**
     * Opens the port of registry and page; the page is not available before the collector, whose port must be free.
     *
     * @param registry where the demo keeps its schemas
     * @throws CannotStart if a port is in use
     */
    static ShopFront open(DemoSettings demo, Path registry) {
        HttpListener.requireFree(
                new HttpListener.Place(Ports.LOOPBACK, demo.collectorPort(), "the demo", "with --collector-port"));
        HttpListener.requireFree(
                new HttpListener.Place(Ports.LOOPBACK, demo.consolePort(), "the demo", "with --console-port"));
        VisitorRecords<Change> changes = new VisitorRecords<>(Change::customerId);
        VisitorRecords<TriggerDecision> decisions = new VisitorRecords<>(TriggerDecision::customerId);
        AtomicReference<@Nullable ShopTracking> tracking = new AtomicReference<>();
        DemoPort port = DemoPort.forDemo(
                demo.httpPort(), new DirectorySchemaRegistry(registry), tracking::get, changes, decisions);
        return new ShopFront(demo, changes, decisions, tracking, port);
    }

    /**
     * Opens the collector, which the caller closes. It receives messages at the shop's time: with the real one, an abandoned cart would lie
     * weeks in the future of the processor's clock. While the shoppers' past is added, the clock is before the opening;
     * messages that arrive then are those of its first moment.
     *
     * @param opens when the shop opens
     * @param processor its topics must exist
     * @throws CannotStart if the port is in use
     */
    Collector openCollector(Settings processor, ShopClock clock, Instant opens) {
        InstantSource open = () -> clock.instant().isBefore(opens) ? opens : clock.instant();
        String page = port.address().toString();
        WriteKey key = new WriteKey(
                "shop-page",
                WRITE_KEY,
                "observed",
                Set.of(page, page.replace("127.0.0.1", "localhost")),
                WriteKey.USUAL_RATE);
        Settings settings = processor
                .withCollector(CollectorSettings.defaults()
                        .withPort(demo.collectorPort())
                        .withMapping(demo.mapping())
                        .withKeys(List.of(key)))
                // So that every client can read the events, too.
                .withKafka(Map.of("producer.compression.type", "gzip"));
        try {
            Collector collector = Collector.open(settings, open, new SimpleMeterRegistry());
            tracking.set(new ShopTracking(collector.address(), WRITE_KEY, open, demo.speed()));
            return collector;
        } catch (InvalidSchemas | InvalidSettings invalid) {
            throw new CannotStart(String.valueOf(invalid.getMessage()), invalid);
        }
    }

    /**
     * Opens the web console, which the caller closes. It dates by the shop's time.
     *
     * @throws CannotStart if the port is in use
     */
    Console openConsole(Settings processor, ShopClock clock) {
        try {
            return Console.open(processor.withConsole(ConsoleSettings.defaults().withPort(demo.consolePort())), clock);
        } catch (InvalidSchemas invalid) {
            throw new CannotStart(String.valueOf(invalid.getMessage()), invalid);
        }
    }

    /** Passes changes to the page. */
    void show(Collection<Change> some) {
        changes.add(some);
    }

    /** Passes decisions of triggers to the page. */
    void showDecisions(Collection<TriggerDecision> some) {
        decisions.add(some);
    }

    /** The address of the registry; the page is below it. */
    URI registry() {
        return port.address();
    }

    URI page() {
        return port.address().resolve("/shop");
    }

    @Override
    public void close() {
        port.close();
    }
}
