package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.SegmentSettings;
import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.config.TopicSettings;
import dev.segue.demo.EmbeddedBroker;
import dev.segue.event.Change;
import dev.segue.runtime.Application;
import dev.segue.serde.BadRecord;
import dev.segue.serde.ChangeCodec;
import dev.segue.serde.DirectorySchemaRegistry;
import dev.segue.serde.EventBuilder;
import dev.segue.serde.EventEncoder;
import dev.segue.serde.EventSchemas;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault 31: a hundred thousand deadlines at one instant, while others want an answer now. */
@Tag("faults")
class ManyDeadlinesIT {
    private static final int CROWD = Integer.getInteger("segue.crowd", 100_000);
    private static final int LIVE = 300;
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Instant NOW = Instant.parse("2025-11-01T10:00:00Z");
    private static final Instant DUE = NOW.plus(Duration.ofHours(1));

    @TempDir
    Path directory;

    private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
    private final Map<String, Long> sentAt = new ConcurrentHashMap<>();
    private final Map<String, Long> toldAfter = new ConcurrentHashMap<>();
    private final Map<String, Instant> crowd = new ConcurrentHashMap<>();
    private final AtomicInteger twice = new AtomicInteger();
    private EventEncoder encoder;
    private EventBuilder builder;
    private KafkaProducer<byte[], byte[]> producer;
    private volatile boolean over;

    @Test
    void allAreToldWithTheExactInstantAndOthersMeanwhile() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            Settings settings = settings(broker);
            EventSchemas schemas = EventSchemas.read(settings.schemas().resolve("events"));
            DirectorySchemaRegistry registry = new DirectorySchemaRegistry(settings.registryDirectory());
            encoder = new EventEncoder(schemas, registry);
            builder = new EventBuilder(schemas.vocabulary());
            producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 1),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            try (Application application = Application.load(settings, clock::get)) {
                application.start();
                assertThat(application.awaitRunning(PATIENCE)).isTrue();
                for (int number = 0; number < CROWD; number++) {
                    send("crowd-" + number, "product_viewed", NOW);
                }
                await(() -> application.counts().applied() == CROWD);
                Thread reader = new Thread(() -> read(broker, registry));
                reader.start();
                live("before", NOW);

                clock.set(DUE.plusSeconds(1));
                long start = System.nanoTime();
                send("live-during-first", "checkout_started", DUE.plusSeconds(1));
                live("during", DUE.plusSeconds(1));
                int left = CROWD - crowd.size();
                await(() -> crowd.size() == CROWD);
                long millis = (System.nanoTime() - start) / 1_000_000;
                await(() -> toldAfter.keySet().containsAll(sentAt.keySet()));
                over = true;
                reader.join();
                System.out.println("many deadlines: " + CROWD + " told within " + millis + " ms, " + left
                        + " of them after the last live event; " + latency("before") + "; " + latency("during"));
                assertThat(crowd.values()).as("instants").containsOnly(DUE);
                assertThat(twice).as("told twice").hasValue(0);
            } finally {
                over = true;
                producer.close();
            }
        }
    }

    private Settings settings(EmbeddedBroker broker) throws Exception {
        Path segments = Files.createDirectory(directory.resolve("segments"));
        Files.writeString(segments.resolve("quiet.yaml"), """
                segment: quiet
                when: product_viewed.count() > 0 && product_viewed.within('1h').count() == 0
                """);
        Files.writeString(segments.resolve("live.yaml"), "segment: live\nwhen: checkout_started.count() > 0\n");
        Settings usual = Settings.defaults();
        return usual.withApplicationId("crowd")
                .withBootstrapServers(broker.bootstrapServers())
                .withPlaces(Path.of("schemas"), SegmentSettings.in(segments), directory.resolve("registry"))
                .withTopics(new TopicSettings(
                        TopicNames.prefixed("crowd."), PARTITIONS, 1, Duration.ofDays(3650), Duration.ofDays(30)))
                .withProcessing(usual.processing().withStateDirectory(directory.resolve("state")));
    }

    /** One new customer every ten milliseconds. */
    private void live(String when, Instant now) throws Exception {
        for (int number = 0; number < LIVE; number++) {
            String customer = "live-" + when + "-" + number;
            sentAt.put(customer, System.nanoTime());
            send(customer, "checkout_started", now);
            Thread.sleep(10);
        }
    }

    private void send(String customer, String type, Instant at) throws Exception {
        byte[] value = encoder.encode(builder.build(
                Map.of("type", type, "customer_id", customer, "event_id", customer, "occurred_at", at.toString())));
        byte[] key = customer.getBytes(StandardCharsets.UTF_8);
        var unused = producer.send(new ProducerRecord<>("crowd.behavior-events", null, at.toEpochMilli(), key, value));
    }

    private void read(EmbeddedBroker broker, DirectorySchemaRegistry registry) {
        String topic = "crowd.segment-changes";
        ChangeCodec codec = new ChangeCodec(registry, topic);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                partitions.add(new TopicPartition(topic, partition));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!over) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(10))) {
                    take(codec.decode(record.value()), System.nanoTime());
                }
            }
        } catch (BadRecord unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private void take(Change change, long now) {
        String customer = change.customerId();
        Long sent = sentAt.get(customer);
        if (change.segment().equals("quiet")) {
            if (crowd.put(customer, change.effectiveAt()) != null) {
                twice.incrementAndGet();
            }
        } else if (sent != null && toldAfter.put(customer, now - sent) != null) {
            twice.incrementAndGet();
        }
    }

    private String latency(String when) {
        long[] sorted = toldAfter.entrySet().stream()
                .filter(told -> told.getKey().startsWith("live-" + when))
                .mapToLong(told -> told.getValue() / 1_000_000)
                .sorted()
                .toArray();
        return "live " + when + ": median " + sorted[sorted.length / 2] + " ms, 99 % within "
                + sorted[sorted.length * 99 / 100] + " ms, longest " + sorted[sorted.length - 1] + " ms";
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("waited " + PATIENCE).isLessThan(end);
            Thread.sleep(10);
        }
    }
}
