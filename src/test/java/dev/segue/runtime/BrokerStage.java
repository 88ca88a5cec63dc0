// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.ProcessingSettings;
import dev.segue.config.SegmentSettings;
import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.config.TopicSettings;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.TriggerDecision;
import dev.segue.plan.Plan;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.output.ChangeCodec;
import dev.segue.serde.output.TriggerDecisionCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import dev.segue.story.SmallShopSchemas;
import dev.segue.story.Stage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The whole application against a broker, with one partition so that records are processed in order. Reports changes,
 * decisions of triggers and duplicates; messages of failures and refusals are not published.
 */
final class BrokerStage implements Stage {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final byte[] SENTINEL = {7};

    private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.parse("2025-01-01T00:00:00Z"));
    private final Path directory;
    private final Settings settings;
    private final EventSchemas schemas;
    private final DirectorySchemaRegistry registry;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> outputs;
    private Application application;
    private long sent;
    private long read;
    private long outputsBefore;
    private long duplicatesTold;

    /** @param name of the application, and prefix of its topics */
    BrokerStage(String bootstrapServers, String name, Path directory, String... definitions) throws Exception {
        this.directory = directory;
        SmallShopSchemas.write(
                Files.createDirectories(directory.resolve("schemas").resolve("events")));
        define(definitions);
        TopicSettings topics =
                new TopicSettings(TopicNames.prefixed(name + "."), 1, 1, Duration.ofDays(3650), Duration.ofDays(30));
        settings = Settings.defaults()
                .withApplicationId(name)
                .withBootstrapServers(bootstrapServers)
                .withPlaces(
                        directory.resolve("schemas"),
                        SegmentSettings.in(directory.resolve("segments")),
                        directory.resolve("registry"))
                .withTopics(topics)
                .withProcessing(ProcessingSettings.defaults().withStateDirectory(directory.resolve("state")));
        schemas = EventSchemas.read(settings.schemas().resolve("events"));
        registry = new DirectorySchemaRegistry(settings.registryDirectory());
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
        application = start();
        outputs = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = List.of(
                new TopicPartition(topics.names().changes(), 0),
                new TopicPartition(topics.names().activations(), 0));
        outputs.assign(partitions);
        outputs.seekToBeginning(partitions);
    }

    private void define(String... definitions) throws Exception {
        Path segments = Files.createDirectories(directory.resolve("segments"));
        Files.writeString(segments.resolve("story.yaml"), String.join("\n---\n", definitions));
    }

    private Application start() throws Exception {
        Application started = Application.load(settings, clock::get);
        started.start();
        assertThat(started.awaitRunning(PATIENCE)).isTrue();
        sent = 0;
        duplicatesTold = 0;
        waitFor(() -> started.counts().ticks() > 0);
        return started;
    }

    @Override
    public void event(Event event, Instant received, Instant now) throws Exception {
        byte[] key = event.customerId().getBytes(StandardCharsets.UTF_8);
        send(key, new EventEncoder(schemas, registry).encode(event), received);
        awaitDone(received);
    }

    /** The conductor writes each instant once. */
    @Override
    public void timeIs(Instant instant) throws Exception {
        long ticks = application.counts().ticks();
        clock.set(instant);
        waitFor(() -> application.counts().ticks() > ticks);
        awaitDone(instant);
    }

    /** A record is counted when it is processed, so all records before it are done then. */
    private void awaitDone(Instant received) throws Exception {
        send(SENTINEL, SENTINEL, received);
        waitFor(() -> application.counts().events() >= sent);
    }

    private void send(byte[] key, byte[] value, Instant received) throws Exception {
        String topic = settings.topics().names().behaviorEvents();
        producer.send(new ProducerRecord<>(topic, null, received.toEpochMilli(), key, value))
                .get();
        sent++;
    }

    @Override
    public void restart() throws Exception {
        outputsBefore += published();
        application.close();
        application = start();
    }

    @Override
    public void becomes(Plan plan) {
        throw new UnsupportedOperationException("the application reads its definitions from files");
    }

    @Override
    public Told told() throws Exception {
        long all = outputsBefore + published();
        TopicNames topics = settings.topics().names();
        ChangeCodec changeCodec = new ChangeCodec(registry, topics.changes());
        TriggerDecisionCodec decisionCodec = new TriggerDecisionCodec(registry, topics.activations());
        List<Change> changes = new ArrayList<>();
        List<TriggerDecision> decisions = new ArrayList<>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (read < all && System.nanoTime() < end) {
            for (ConsumerRecord<byte[], byte[]> record : outputs.poll(Duration.ofMillis(50))) {
                if (record.topic().equals(topics.changes())) {
                    changes.add(changeCodec.decode(record.value()));
                } else {
                    decisions.add(decisionCodec.decode(record.value()));
                }
                read++;
            }
        }
        assertThat(read).as("changes and decisions read").isEqualTo(all);
        long duplicates = application.counts().duplicates() - duplicatesTold;
        duplicatesTold += duplicates;
        return new Told(changes, decisions, List.of(), duplicates, List.of());
    }

    private long published() {
        return application.counts().changes() + application.counts().decisions();
    }

    @Override
    public void close() {
        application.close();
        producer.close();
        outputs.close();
    }

    private static void waitFor(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited " + PATIENCE).isLessThan(end);
            Thread.sleep(5);
        }
    }
}
