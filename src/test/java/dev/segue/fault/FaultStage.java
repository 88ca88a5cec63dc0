// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.event.Event;
import dev.segue.runtime.settings.SettingsReader;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A broker and processors as processes of their own, and a log of events that the test extends. */
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
    private final List<String> segmentNames;
    private final int brokerPort;
    private final int port;
    private final EventSchemas schemas;
    private final List<Sent> sent = new ArrayList<>();
    private final Admin admin;
    private ChildJvm broker;
    private final Map<String, Object> kafka = new LinkedHashMap<>();
    private final GroupProgress progress;
    private String log = "WARN";
    private final Map<String, Object> processing = new LinkedHashMap<>();

    FaultStage(Path directory) throws Exception {
        this(directory, SEGMENTS, freePort(), null);
    }

    private FaultStage(Path directory, List<String> segmentNames, int brokerPort, @Nullable TcpProxy proxy)
            throws Exception {
        this.directory = directory;
        this.segmentNames = segmentNames;
        this.brokerPort = brokerPort;
        this.port = proxy == null ? brokerPort : proxy.port();
        this.schemas = EventSchemas.read(Path.of("schemas", "events"));
        // Small batches, so that a fault strikes in the middle of a run.
        kafka.put("main.consumer.max.poll.records", 50);
        Path segments = Files.createDirectories(directory.resolve("segments"));
        for (String segment : segmentNames) {
            Files.copy(Path.of("segments", segment + ".yaml"), segments.resolve(segment + ".yaml"));
        }
        startBroker();
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
        progress = new GroupProgress(admin, NAME, settings().topics().names().behaviorEvents());
    }

    /** With all shipped segments but those that compare customers: when they are counted is up to the machine. */
    static FaultStage withCatalogue(Path directory) throws Exception {
        try (Stream<Path> files = Files.list(Path.of("segments"))) {
            return new FaultStage(
                    directory,
                    files.filter(FaultStage::isOfOneCustomer)
                            .map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml"))
                            .map(name -> name.replace(".yaml", ""))
                            .sorted()
                            .toList(),
                    freePort(),
                    null);
        }
    }

    private static boolean isOfOneCustomer(Path file) {
        try {
            return !Files.readString(file).contains(".percentile()");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** With no definitions; the test writes files into {@link #segments}. */
    static FaultStage withoutSegments(Path directory) throws Exception {
        return new FaultStage(directory, List.of(), freePort(), null);
    }

    /** With a proxy between the broker and all clients, including the test's own. */
    static FaultStage behind(TcpProxy proxy, Path directory) throws Exception {
        return new FaultStage(directory, SEGMENTS, proxy.target(), proxy);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts the broker at the same place with its stored data, and waits until it accepts requests. */
    void startBroker() throws Exception {
        broker = ChildJvm.start(
                directory,
                List.of("-Xmx384m"),
                BrokerProcess.class,
                Integer.toString(brokerPort),
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

    /** Every record written to the topic of events, in order. */
    List<Sent> sent() {
        return sent;
    }

    /** The directory of the definitions of all instances that have none of their own. */
    Path segments() {
        return directory.resolve("segments");
    }

    /** The directory of an instance's definitions, which the test may create. */
    Path segments(String instance) {
        Path own = directory.resolve("segments-" + instance);
        return Files.isDirectory(own) ? own : segments();
    }

    List<String> definitions() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String segment : segmentNames) {
            texts.add(Files.readString(directory.resolve("segments").resolve(segment + ".yaml")));
        }
        return texts;
    }

    /** Sets a key under {@code processing} for all processors started from now on. */
    void processing(String setting, Object value) {
        processing.put(setting, value);
    }

    /** Sets from which level on the processors started from now on log. */
    void log(String level) {
        log = level;
    }

    /** Sets a Kafka property for all processors started from now on. */
    void kafka(String property, Object value) {
        kafka.put(property, value);
    }

    /** The settings of one instance; {@code instance} determines its state directory. */
    String settingsText(String instance, String bootstrapServers) {
        StringBuilder further = new StringBuilder();
        kafka.forEach((property, value) -> further.append("  %s: %s%n".formatted(property, value)));
        return """
                application_id: %s
                bootstrap_servers: %s
                schemas: schemas
                segments: {directories: [%s]}
                registry: {directory: %s}
                topics: {prefix: %s., partitions: 4, replication_factor: 1, retention: 3650d, control_retention: 30d}
                processing: {state_directory: %s%s}
                statistics: {keep_hours: 3650d, keep_days: 3650d}
                http: {port: 0}
                kafka:
                  main.consumer.interceptor.classes: dev.segue.fault.SlowReading
                  # A member that is back need not wait for the session of the one that was killed.
                  main.consumer.group.instance.id: %s
                  main.consumer.session.timeout.ms: 6000
                """.formatted(
                                NAME,
                                bootstrapServers,
                                segments(instance),
                                directory.resolve("registry"),
                                NAME,
                                state(instance),
                                processing.entrySet().stream()
                                        .map(setting -> ", " + setting.getKey() + ": " + setting.getValue())
                                        .collect(Collectors.joining()),
                                instance)
                + further;
    }

    /** The directory of an instance's local state. */
    Path state(String instance) {
        return directory.resolve("state-" + instance);
    }

    Settings settings() throws Exception {
        return SettingsReader.read("settings", settingsText("a", bootstrapServers()), name -> null);
    }

    /** Starts a processor whose clock shows 1970, so that no event, however late, precedes its first tick. */
    ChildJvm startProcessor() throws Exception {
        return startProcessor("a");
    }

    ChildJvm startProcessor(String instance) throws Exception {
        return startProcessor(instance, bootstrapServers());
    }

    ChildJvm startProcessor(String instance, String bootstrapServers) throws Exception {
        return startProcessor(instance, bootstrapServers, Instant.ofEpochMilli(1));
    }

    /** @param clock the time that the processor's clock shows until it is changed */
    ChildJvm startProcessor(String instance, String bootstrapServers, Instant clock) throws Exception {
        Path file = Files.writeString(
                directory.resolve("settings-" + instance + ".yaml"), settingsText(instance, bootstrapServers));
        return ChildJvm.start(
                directory,
                List.of("-Xmx256m", "-Dsegue.log=" + log),
                ProcessorProcess.class,
                file.toString(),
                clock.toString());
    }

    /** Turns events into records; each record's timestamp is the time of the latest event so far. */
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

    /** Writes the records to the topic of events; returns the place of each. */
    List<RecordMetadata> publish(List<Sent> records) throws Exception {
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
            List<RecordMetadata> places = new ArrayList<>();
            for (Future<RecordMetadata> one : taken) {
                places.add(one.get());
            }
            return places;
        }
    }

    /** Allows larger records in the topic of events than a broker accepts by default. */
    void allowRecords(int bytes) throws Exception {
        configure(
                settings().topics().names().behaviorEvents(),
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(bytes));
    }

    /** Allows a trace older than any of our settings would: brokers delete by the records' own timestamps. */
    void keepForEver() throws Exception {
        TopicNames names = settings().topics().names();
        for (String topic : List.of(names.behaviorEvents(), names.control(), names.changes())) {
            configure(topic, TopicConfig.RETENTION_MS_CONFIG, "-1");
        }
    }

    void configure(String topic, String key, String value) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
    }

    void deleteTopic(String topic) throws Exception {
        admin.deleteTopics(List.of(topic)).all().get();
    }

    /** The committed progress of the processors, and the assignment of partitions. */
    GroupProgress progress() {
        return progress;
    }

    /** The number of records that the processors have committed; -1 before the first commit. */
    long committed() throws Exception {
        return progress.total();
    }

    /** Waits until the task of every partition has committed, so that none begins with definitions published later. */
    void awaitBegun(ChildJvm processor) throws Exception {
        TopicNames names = settings().topics().names();
        int partitions = settings().topics().partitions();
        await("every task has begun", () -> {
            processor.requireAlive();
            return progress.committed(names.control()).size() == partitions;
        });
    }

    void awaitCommitted(ChildJvm processor, long records) throws Exception {
        try {
            await(records + " records are done", () -> {
                processor.requireAlive();
                return committed() >= records;
            });
        } catch (AssertionError tooLong) {
            throw new AssertionError(tooLong.getMessage() + "; the processor said: " + processor.said(), tooLong);
        }
    }

    /** Waits until instances a and b have half of the partitions each. */
    void awaitShared() throws Exception {
        await(
                "the work is shared",
                () -> progress.partitionsOf("a").size() == 2
                        && progress.partitionsOf("b").size() == 2);
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

    /** Waits until everything is processed, advances time by a year, and compares all output with the expected one. */
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
