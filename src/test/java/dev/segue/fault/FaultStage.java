package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.Settings;
import dev.segue.event.Event;
import dev.segue.runtime.SettingsReader;
import dev.segue.serde.DirectorySchemaRegistry;
import dev.segue.serde.EventEncoder;
import dev.segue.serde.EventSchemas;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker and processors as processes of their own, and a log of events that grows under the test's hand. */
final class FaultStage implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(2);
    static final String NAME = "faulty";
    private static final List<String> SEGMENTS = List.of(
            "cart-abandoned",
            "checkout-abandoned",
            "one-time-buyer",
            "loyal-customer",
            "curious-prospect",
            "coupon-customer",
            "usage-level",
            "keen-on-product",
            "favourite-category");

    private final Path directory;
    private final int port;
    private final EventSchemas schemas;
    private final List<Sent> sent = new ArrayList<>();
    private final Admin admin;
    private ChildJvm broker;
    private String furtherSettings = "";

    FaultStage(Path directory) throws Exception {
        this.directory = directory;
        this.port = freePort();
        this.schemas = EventSchemas.read(Path.of("schemas", "events"));
        Path segments = Files.createDirectories(directory.resolve("segments"));
        for (String segment : SEGMENTS) {
            Files.copy(Path.of("segments", segment + ".yaml"), segments.resolve(segment + ".yaml"));
        }
        startBroker();
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts the broker where it was before, with what it had stored, and waits until it takes requests. */
    void startBroker() throws Exception {
        broker = ChildJvm.start(
                directory,
                List.of("-Xmx384m"),
                BrokerProcess.class,
                Integer.toString(port),
                directory.resolve("broker").toString());
        await("the broker is up", () -> {
            broker.requireAlive();
            return broker.said().contains(BrokerProcess.UP);
        });
    }

    void killBroker() {
        broker.kill();
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    Path directory() {
        return directory;
    }

    EventSchemas schemas() {
        return schemas;
    }

    /** Every record that was put into the topic of events, in its order. */
    List<Sent> sent() {
        return sent;
    }

    List<String> definitions() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String segment : SEGMENTS) {
            texts.add(Files.readString(directory.resolve("segments").resolve(segment + ".yaml")));
        }
        return texts;
    }

    /** Adds lines to the settings of all processors that are started from here on. */
    void furtherSettings(String yaml) {
        furtherSettings = yaml;
    }

    /** What one instance is told; {@code instance} names its state directory. */
    String settingsText(String instance, String bootstrapServers) {
        return """
                application_id: %s
                bootstrap_servers: %s
                schemas: schemas
                segments: {directories: [%s]}
                registry: {directory: %s}
                topics: {prefix: %s., partitions: 4, replication_factor: 1, retention: 3650d, control_retention: 30d}
                kafka:
                  # Small steps, so that a fault strikes in the middle of a run.
                  main.consumer.max.poll.records: 50
                  main.consumer.interceptor.classes: dev.segue.fault.SlowReading
                  # A member that is back need not wait for the session of the one that was killed.
                  main.consumer.group.instance.id: %s
                  main.consumer.session.timeout.ms: 6000
                """.formatted(
                                NAME,
                                bootstrapServers,
                                directory.resolve("segments"),
                                directory.resolve("registry"),
                                NAME,
                                instance)
                + furtherSettings
                + (furtherSettings.contains("processing:")
                        ? ""
                        : "processing: {state_directory: " + directory.resolve("state-" + instance) + "}\n");
    }

    Settings settings() throws Exception {
        return SettingsReader.read("settings", settingsText("a", bootstrapServers()), name -> null);
    }

    /** Starts a processor whose clock shows 1970, so that no event, however late, lies before its first tick. */
    ChildJvm startProcessor() throws Exception {
        return startProcessor("a", bootstrapServers());
    }

    ChildJvm startProcessor(String instance, String bootstrapServers) throws Exception {
        Path file = Files.writeString(
                directory.resolve("settings-" + instance + ".yaml"), settingsText(instance, bootstrapServers));
        return ChildJvm.start(
                directory,
                ProcessorProcess.class,
                file.toString(),
                Instant.ofEpochMilli(1).toString());
    }

    /** Events as records; each is received when the latest so far happened. */
    List<Sent> records(List<Event> events) throws Exception {
        EventEncoder encoder =
                new EventEncoder(schemas, new DirectorySchemaRegistry(settings().registryDirectory()));
        List<Sent> records = new ArrayList<>();
        long received = 0;
        for (Event event : events) {
            received = Math.max(received, event.time());
            records.add(Sent.good(event.customerId(), encoder.encode(event), received));
        }
        return records;
    }

    void publish(List<Sent> records) throws Exception {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                bootstrapServers(),
                "max.request.size",
                12_000_000,
                "buffer.memory",
                64_000_000L,
                "max.in.flight.requests.per.connection",
                1);
        String topic = settings().topics().names().behaviorEvents();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> taken = new ArrayList<>();
            for (Sent record : records) {
                taken.add(producer.send(
                        new ProducerRecord<>(topic, null, record.timestamp(), record.key(), record.value())));
                sent.add(record);
            }
            for (Future<RecordMetadata> one : taken) {
                one.get();
            }
        }
    }

    /** Lets records into the topic of events that are larger than a broker takes by default. */
    void allowRecords(int bytes) throws Exception {
        ConfigResource topic = new ConfigResource(
                ConfigResource.Type.TOPIC, settings().topics().names().behaviorEvents());
        ConfigEntry entry = new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
        admin.incrementalAlterConfigs(Map.of(topic, List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    /** How many records the processors are done with for good; -1 before the first commit. */
    long committed() throws Exception {
        String topic = settings().topics().names().behaviorEvents();
        var offsets = admin.listConsumerGroupOffsets(NAME)
                .partitionsToOffsetAndMetadata()
                .get();
        return offsets.isEmpty()
                ? -1
                : offsets.entrySet().stream()
                        .filter(partition -> partition.getKey().topic().equals(topic))
                        .mapToLong(partition -> partition.getValue().offset())
                        .sum();
    }

    void awaitCommitted(ChildJvm processor, long records) throws Exception {
        await(records + " records are done", () -> {
            processor.requireAlive();
            return committed() >= records;
        });
    }

    /** A fault that strikes after the end proves nothing. */
    void requireNotFinished(String when) throws Exception {
        assertThat(committed()).as("the run is not finished " + when).isLessThan(sent.size());
    }

    static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime())
                    .as("waited " + PATIENCE + " until " + what)
                    .isLessThan(end);
            Thread.sleep(20);
        }
    }

    /** Lets everything be done, lets time pass for a year, and compares all that was told with what had to be. */
    Checker.Report finish(ChildJvm... processors) throws Exception {
        awaitCommitted(processors[0], sent.size());
        long last = sent.stream()
                .mapToLong(Sent::timestamp)
                .filter(time -> time < 4e12)
                .max()
                .orElseThrow();
        Instant end = Instant.ofEpochMilli(last).plus(Duration.ofDays(365));
        for (ChildJvm processor : processors) {
            processor.write(end.toString());
        }
        Checker checker = new Checker(this, end);
        await("all is told", () -> {
            for (ChildJvm processor : processors) {
                processor.requireAlive();
            }
            return checker.allTold();
        });
        return checker.check();
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
    }
}
