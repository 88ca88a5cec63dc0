// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.config.ProcessingSettings;
import dev.segue.config.RegistrySettings;
import dev.segue.config.SegmentSettings;
import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.config.TopicSettings;
import dev.segue.definition.DefinitionSet;
import dev.segue.definition.DefinitionSource;
import dev.segue.demo.broker.EmbeddedBroker;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.operate.PublishedDefinitions;
import dev.segue.serde.output.Control;
import dev.segue.serde.output.ControlCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class ApplicationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 4;

    private static EmbeddedBroker broker;

    @TempDir
    Path directory;

    private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.parse("2025-11-01T10:00:00Z"));

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void createsTopicsAsConfigured(TestInfo test) throws Exception {
        Settings settings = settings(test);
        try (Application application = started(settings)) {
            assertThat(application.segments()).contains("cart-abandoned");
        }
        TopicNames names = settings.topics().names();
        assertThat(partitions(settings))
                .containsAllEntriesOf(Map.of(
                        names.behaviorEvents(), PARTITIONS,
                        names.control(), PARTITIONS,
                        names.definitions(), 1,
                        names.changes(), PARTITIONS,
                        names.memberships(), PARTITIONS,
                        names.profiles(), PARTITIONS,
                        names.deadLetters(), PARTITIONS));
        assertThat(property(names.memberships(), "cleanup.policy")).isEqualTo("compact");
        assertThat(property(names.profiles(), "cleanup.policy")).isEqualTo("compact");
        assertThat(property(names.definitions(), "cleanup.policy")).isEqualTo("compact");
        assertThat(property(names.changes(), "cleanup.policy")).isEqualTo("delete");
        for (String read : List.of(names.changes(), names.memberships(), names.profiles(), names.deadLetters())) {
            assertThat(property(read, "compression.type")).isEqualTo("gzip");
            assertThat(property(read, "compression.gzip.level")).isEqualTo("1");
        }
        assertThat(property(names.behaviorEvents(), "compression.type")).isEqualTo("producer");
        assertThat(property(names.behaviorEvents(), "message.timestamp.after.max.ms"))
                .isEqualTo("300000");
        assertThat(property(names.control(), "message.timestamp.after.max.ms")).isEqualTo("300000");
    }

    @Test
    void writesTicksOfInjectedClockToEveryPartition(TestInfo test) throws Exception {
        Settings settings = settings(test);
        try (Application application = started(settings)) {
            Instant next = clock.get().plusSeconds(3600);
            waitFor(() -> application.counts().ticks() >= PARTITIONS);
            clock.set(next);
            Set<Integer> told = new HashSet<>();
            ControlCodec codec = new ControlCodec(
                    registry(settings), settings.topics().names().control());
            try (KafkaConsumer<byte[], byte[]> reader =
                    reader(settings.topics().names().control())) {
                long end = System.nanoTime() + PATIENCE.toNanos();
                while (told.size() < PARTITIONS && System.nanoTime() < end) {
                    for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(100))) {
                        if (codec.decode(record.value()) instanceof Control.Tick tick) {
                            assertThat(record.timestamp()).isEqualTo(tick.at());
                            if (tick.at() == next.toEpochMilli()) {
                                told.add(record.partition());
                            }
                        }
                    }
                }
            }
            assertThat(told).containsExactlyInAnyOrder(0, 1, 2, 3);
        }
    }

    @Test
    void badRecordsBecomeDeadLettersOnceAcrossRestart(TestInfo test) throws Exception {
        Settings settings = settings(test);
        try (Application application = started(settings)) {
            sendGarbage(settings, 0, 500);
            waitFor(() -> application.counts().deadLettered() > 0);
        }
        sendGarbage(settings, 500, 1000);
        try (Application application = started(settings)) {
            List<String> origins = new ArrayList<>();
            try (KafkaConsumer<byte[], byte[]> reader =
                    reader(settings.topics().names().deadLetters())) {
                long end = System.nanoTime() + PATIENCE.toNanos();
                while (origins.size() < 1000 && System.nanoTime() < end) {
                    reader.poll(Duration.ofMillis(200)).forEach(record -> origins.add(origin(record)));
                }
                reader.poll(Duration.ofMillis(500)).forEach(record -> origins.add(origin(record)));
            }
            assertThat(origins).hasSize(1000).doesNotHaveDuplicates();
            assertThat(application.counts().deadLettered())
                    .isEqualTo(application.counts().events());
        }
    }

    @Test
    void existingTopicsDetermineNumberOfPartitions(TestInfo test) throws Exception {
        Settings settings = settings(test);
        create(new NewTopic(settings.topics().names().behaviorEvents(), 3, (short) 1));
        try (Application application = started(settings)) {
            assertThat(application.counts().events()).isZero();
        }
        assertThat(partitions(settings)).containsEntry(settings.topics().names().changes(), 3);
    }

    @Test
    void namesTopicsWithDifferentPartitionCounts(TestInfo test) throws Exception {
        Settings settings = settings(test);
        TopicNames names = settings.topics().names();
        create(new NewTopic(names.behaviorEvents(), 3, (short) 1));
        create(new NewTopic(names.changes(), 5, (short) 1));
        refuses(
                settings,
                "the same number of partitions",
                names.behaviorEvents() + " has 3",
                names.changes() + " has 5");
        assertThat(partitions(settings)).as("nothing was half done").doesNotContainKey(names.profiles());
    }

    @Test
    void refusesDefinitionsTopicWithTwoPartitions(TestInfo test) throws Exception {
        Settings settings = settings(test);
        create(new NewTopic(settings.topics().names().definitions(), 2, (short) 1)
                .configs(Map.of("cleanup.policy", "compact")));
        refuses(settings, settings.topics().names().definitions() + " must have 1 partition, but has 2");
    }

    @Test
    void refusesWrongCleanupPolicyWithRemedy(TestInfo test) throws Exception {
        Settings settings = settings(test);
        TopicNames names = settings.topics().names();
        create(new NewTopic(names.memberships(), PARTITIONS, (short) 1));
        create(new NewTopic(names.changes(), PARTITIONS, (short) 1).configs(Map.of("cleanup.policy", "compact")));
        refuses(
                settings,
                names.memberships() + " must have cleanup.policy=compact, but has delete",
                names.changes() + " must have cleanup.policy=delete, but has compact",
                "kafka-configs.sh --alter --topic " + names.changes());
    }

    @Test
    void reportsMissingBrokerAfterPatience(TestInfo test) throws Exception {
        Settings settings = settings(test)
                .withBootstrapServers("127.0.0.1:1")
                .withProcessing(settings(test).processing().withStartPatience(Duration.ofSeconds(1)));
        refuses(settings, "No Kafka broker answered at 127.0.0.1:1 within 1 s");
    }

    @Test
    void reportsUnreachableRegistryBeforeStart(TestInfo test) throws Exception {
        RegistrySettings away =
                RegistrySettings.of(URI.create("http://127.0.0.1:1")).withRetries(2, Duration.ZERO);
        refuses(settings(test).withRegistry(away), "http://127.0.0.1:1");
    }

    @Test
    void oneOfTwoInstancesTakesOver(TestInfo test) throws Exception {
        Settings settings = settings(test);
        Settings second = settings.withProcessing(
                settings.processing().withStateDirectory(directory.resolve("state-of-the-second")));
        try (Application survivor = started(second)) {
            try (Application leaver = started(settings)) {
                sendGarbage(settings, 0, 400);
                waitFor(() -> survivor.counts().events() + leaver.counts().events() >= 400);
            }
            sendGarbage(settings, 400, 800);
            List<String> origins = new ArrayList<>();
            try (KafkaConsumer<byte[], byte[]> reader =
                    reader(settings.topics().names().deadLetters())) {
                long end = System.nanoTime() + PATIENCE.toNanos();
                while (origins.size() < 800 && System.nanoTime() < end) {
                    reader.poll(Duration.ofMillis(200)).forEach(record -> origins.add(origin(record)));
                }
                reader.poll(Duration.ofMillis(500)).forEach(record -> origins.add(origin(record)));
            }
            assertThat(origins).hasSize(800).doesNotHaveDuplicates();
        }
    }

    @Test
    void closingDuringStartPreventsStart(TestInfo test) throws Exception {
        Application application = Application.load(settings(test), clock::get);
        application.close();
        application.start();
        application.awaitStopped();
        assertThat(application.counts().ticks()).isZero();
    }

    @Test
    void aSetThatCannotBeReadIsReportedAndTheOneBeforeStays(TestInfo test) throws Exception {
        Settings settings = settings(test);
        try (Application application = started(settings)) {
            List<String> before = application.segments();
            PublishedDefinitions published = new PublishedDefinitions(settings);
            DefinitionSet good = published.read().sets().latest().orElseThrow();
            DefinitionSource foreign = new DefinitionSource(
                    "foreign", "abc", "foreign.yaml", "segment: foreign\nwhen: parcel_lost.count() > 0", Map.of());
            published.publish(
                    1,
                    log -> new DefinitionSet(
                            2, good.at().plusMillis(1), "somebody", null, good.options(), List.of(foreign)));
            waitFor(() -> application.checkDefinitions().degraded());
            assertThat(application.checkDefinitions().ok()).isTrue();
            assertThat(application.checkDefinitions().why())
                    .startsWith("revision 2 is not evaluated: foreign.yaml:2:7: unknown name 'parcel_lost'.");
            assertThat(application.segments()).isEqualTo(before);
            published.publish(2, log -> good.as(3, good.at().plusMillis(2), "somebody", 1L));
            waitFor(() -> application.checkDefinitions().why().equals("revision 3 is evaluated"));
            assertThat(application.checkDefinitions().degraded()).isFalse();
        }
    }

    private void refuses(Settings settings, String... parts) throws Exception {
        try (Application application = Application.load(settings, clock::get)) {
            assertThatThrownBy(application::start)
                    .isInstanceOf(CannotStart.class)
                    .message()
                    .contains(parts);
        }
    }

    private Application started(Settings settings) throws Exception {
        Application application = Application.load(settings, clock::get);
        application.start();
        assertThat(application.awaitRunning(PATIENCE)).isTrue();
        return application;
    }

    private Settings settings(TestInfo test) {
        String name = test.getTestMethod().orElseThrow().getName();
        TopicSettings topics = new TopicSettings(
                TopicNames.prefixed(name + "."), PARTITIONS, 1, Duration.ofDays(3650), Duration.ofDays(30));
        return Settings.defaults()
                .withApplicationId(name)
                .withBootstrapServers(broker.bootstrapServers())
                .withPlaces(Path.of("schemas"), SegmentSettings.defaults(), directory.resolve("registry"))
                .withTopics(topics)
                .withProcessing(ProcessingSettings.defaults().withStateDirectory(directory.resolve("state")));
    }

    private static DirectorySchemaRegistry registry(Settings settings) {
        return new DirectorySchemaRegistry(settings.registryDirectory());
    }

    private void sendGarbage(Settings settings, int from, int to) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int number = from; number < to; number++) {
                byte[] key = ("customer-" + number).getBytes(StandardCharsets.UTF_8);
                var unused = producer.send(new ProducerRecord<>(
                        settings.topics().names().behaviorEvents(),
                        null,
                        clock.get().toEpochMilli(),
                        key,
                        new byte[] {7}));
            }
        }
    }

    private static String origin(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private static KafkaConsumer<byte[], byte[]> reader(String topic) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest");
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static void create(NewTopic topic) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    private static Map<String, Integer> partitions(Settings settings) throws Exception {
        String prefix = settings.applicationId() + ".";
        try (Admin admin = admin()) {
            List<String> names = admin.listTopics().names().get().stream()
                    .filter(name -> name.startsWith(prefix))
                    .toList();
            Map<String, Integer> partitions = new TreeMap<>();
            for (TopicDescription topic :
                    admin.describeTopics(names).allTopicNames().get().values()) {
                partitions.put(topic.name(), topic.partitions().size());
            }
            return partitions;
        }
    }

    private static String property(String topic, String key) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = admin()) {
            return admin.describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .get(resource)
                    .get(key)
                    .value();
        }
    }

    private static void waitFor(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited " + PATIENCE).isLessThan(end);
            Thread.sleep(20);
        }
    }
}
