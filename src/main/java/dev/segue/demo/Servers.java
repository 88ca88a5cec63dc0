// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo;

import dev.segue.config.SegmentSettings.Publish;
import dev.segue.config.Settings;
import dev.segue.config.StatisticsSettings;
import dev.segue.config.TopicSettings;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.demo.broker.BrokerNotStarted;
import dev.segue.demo.broker.EmbeddedBroker;
import dev.segue.demo.broker.Ports;
import dev.segue.runtime.Application;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.settings.InvalidSettings;
import dev.segue.serde.event.InvalidSchemas;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The broker and, connected to it, the processor with the shop's clock. */
public record Servers(EmbeddedBroker broker, Application application, Settings settings) implements AutoCloseable {
    private static final int PARTITIONS = 4;
    /** The shop's records have old timestamps and must not be deleted for that reason. */
    private static final Duration EVENTS_KEPT = Duration.ofDays(3650);

    private static final Duration TICKS_KEPT = Duration.ofDays(30);
    /** Statistics begin so long before the shop opens. */
    private static final Duration COUNTED = Duration.ofDays(1);

    private static final int PORT_ATTEMPTS = 3;

    /**
     * Checks the definitions, then starts the broker and the processor.
     *
     * @param opens when the shop opens
     * @throws CannotStart with every problem of all definitions; nothing was started then
     * @throws BrokerNotStarted if the port is taken or the directory cannot be used
     */
    static Servers start(DemoSettings demo, Path directory, ShopClock clock, Instant opens)
            throws BrokerNotStarted, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            int port = demo.port() == 0 ? Ports.free() : demo.port();
            Settings settings = settings(demo, directory, port, opens);
            Application application = load(settings, clock);
            try {
                return start(application, settings, port, directory);
            } catch (BrokerNotStarted failure) {
                // The processor needs the port before the broker binds it, so a free port may be taken by then.
                if (demo.port() != 0 || attempt == PORT_ATTEMPTS) {
                    throw failure;
                }
            }
        }
    }

    private static Application load(Settings settings, ShopClock clock) {
        try {
            return Application.load(settings, clock);
        } catch (InvalidSettings | InvalidSchemas | InvalidDefinitions | IOException problem) {
            throw new CannotStart(String.valueOf(problem.getMessage()), problem);
        }
    }

    private static Servers start(Application application, Settings settings, int port, Path directory)
            throws BrokerNotStarted, InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.start(port, directory.resolve("broker"));
        boolean started = false;
        try {
            application.start();
            started = true;
            return new Servers(broker, application, settings);
        } finally {
            if (!started) {
                application.close();
                broker.close();
            }
        }
    }

    private static Settings settings(DemoSettings demo, Path directory, int port, Instant opens) {
        Settings defaults = Settings.defaults()
                // Not the 9600 hours of the shoppers' past.
                .withStatistics(StatisticsSettings.defaults().withSince(opens.minus(COUNTED)));
        TopicSettings topics = new TopicSettings(defaults.topics().names(), PARTITIONS, 1, EVENTS_KEPT, TICKS_KEPT);
        return defaults.withApplicationId("segue-demo")
                .withBootstrapServers(Ports.LOOPBACK + ":" + port)
                .withPlaces(demo.schemas(), demo.segments().withPublish(Publish.AT_START), registry(directory))
                .withTopics(topics)
                // Kafka Streams does not leave its group when it stops. With a static member id, the next run on the
                // same directory takes its place at once; without, it would wait until the old session expires.
                .withKafka(Map.of("group.instance.id", "demo"))
                .withProcessing(defaults.processing().withStateDirectory(directory.resolve("state")));
    }

    /** The schemas of a demo with this directory. */
    static Path registry(Path directory) {
        return directory.resolve("registry");
    }

    @Override
    public void close() {
        try {
            application.close();
        } finally {
            broker.close();
        }
    }
}
