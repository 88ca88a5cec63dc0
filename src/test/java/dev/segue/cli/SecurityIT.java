// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.cli.RecordingAuthorizer.Used;
import dev.segue.config.RegistrySettings;
import dev.segue.config.Settings;
import dev.segue.event.Event;
import dev.segue.runtime.Application;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.settings.SettingsReader;
import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import dev.segue.story.TestCertificate;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.internals.SecurityUtils;
import org.apache.kafka.tools.AclCommand;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fault 29, against a broker with TLS, passwords and access lists: the permissions in docs/operations.md are
 * sufficient, and each is necessary.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecurityIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PASSWORD = "xyzzy-password";
    private static final String REGISTRY_PASSWORD = "xyzzy-registry";
    private static final String SALT = "xyzzy-salt";
    private static final int CUSTOMERS = 8;
    private static final AclBindingFilter OF_USER = new AclBindingFilter(
            ResourcePatternFilter.ANY,
            new AccessControlEntryFilter("User:" + SecureBroker.USER, null, AclOperation.ANY, AclPermissionType.ANY));

    @TempDir
    static Path directory;

    private static SecureBroker broker;
    private static KafkaProducer<byte[], byte[]> producer;
    private static EventSchemas schemas;
    private static Path secrets;
    private static Path stranger;
    private static int number;

    @BeforeAll
    static void start() throws Exception {
        secrets = Files.createDirectory(directory.resolve("secrets"));
        broker = new SecureBroker(directory, PASSWORD);
        Properties administrator = new Properties();
        administrator.putAll(broker.administrator());
        try (var out = Files.newBufferedWriter(directory.resolve("admin.properties"))) {
            administrator.store(out, null);
        }
        stranger = TestCertificate.of(directory, "stranger");
        producer = new KafkaProducer<>(broker.administrator(), new ByteArraySerializer(), new ByteArraySerializer());
        Files.copy(broker.certificate(), secrets.resolve("kafka-ca.pem"));
        // With a line end, as editors write it.
        Files.writeString(secrets.resolve("kafka-password"), PASSWORD + "\n");
        schemas = EventSchemas.read(Path.of("schemas", "events"));
        Path segments = Files.createDirectory(directory.resolve("segments"));
        Files.writeString(segments.resolve("seen.yaml"), "segment: seen\nwhen: product_viewed.count() > 0\n");
        Files.writeString(
                segments.resolve("compared.yaml"),
                "segment: compared\nwhen: product_viewed.count().percentile() >= 90.0\npopulation: {minimum: 1000}\n");
        Files.writeString(
                segments.resolve("greeting.yaml"),
                "channel: email\nconsent: 'true'\n---\ntrigger: greeting\non: seen\nchannel: email\n");
        Files.writeString(
                segments.resolve("failing.yaml"), "segment: failing\nwhen: 1 / (product_viewed.count() - 1) > 0\n");
    }

    @AfterAll
    static void stop() {
        producer.close();
        broker.close();
    }

    @Test
    @Order(1)
    void reportsFailedAuthenticationInOneSentence() throws Exception {
        Path wrong = secrets.resolve("wrong-password");
        Files.writeString(wrong, "xyzzy-wrong");
        refusesAtOnce(
                settingsText().replace(secrets.resolve("kafka-password").toString(), wrong.toString()),
                "does not accept the credentials under 'kafka'");
        refusesAtOnce(
                settingsText().replace(secrets.resolve("kafka-ca.pem").toString(), stranger.toString()),
                "no trusted TLS connection",
                "Check ssl.truststore.location");
        refusesAtOnce(
                settingsText().replace(secrets.resolve("kafka-ca.pem").toString(), "/nowhere/ca.pem"),
                "The settings under 'kafka' cannot be used",
                "/nowhere/ca.pem");
        refusesAtOnce(
                settingsText().replace("SASL_SSL", "PLAINTEXT").replace("start_patience: 20s", "start_patience: 1s"),
                "No Kafka broker answered",
                "security.protocol");
    }

    private void refusesAtOnce(String settings, String... parts) throws Exception {
        Path file = Files.writeString(directory.resolve("refused.yaml"), settings);
        CommandRun run = CommandRun.of("run", "--config", file.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errLines())
                .as(run.err())
                .singleElement()
                .asString()
                .contains(parts)
                .doesNotContain("xyzzy");
        System.out.println("security: " + run.err().strip());
    }

    @Test
    @Order(2)
    void namesAllMissingRights() throws Exception {
        try (Application application = load()) {
            assertThatThrownBy(application::start)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContainingAll(
                            "Read on topic behavior-events",
                            "Write on topic segment-changes",
                            "Write on topic segue-customers-changelog",
                            "Read on group segue",
                            "Write on every transactional id that begins with segue-")
                    .hasMessageEndingWith("The section 'Rights' of docs/operations.md lists all required rights.");
        }
    }

    @Test
    @Order(3)
    void rightsOfRunbookAreSufficient() throws Exception {
        for (String command : grants()) {
            AclCommand.main(command.split(" "));
        }
        await("the rights are there", () -> !granted().isEmpty());
        try (Application application = started()) {
            send(0, CUSTOMERS);
            sendGarbage(5);
            await("all is done", () -> application.counts().events() == CUSTOMERS + 5);
        }
        assertThat(read("segment-changes")).hasSize(CUSTOMERS);
        assertThat(read("segment-memberships")).hasSize(CUSTOMERS);
        assertThat(read("customer-profiles")).hasSizeGreaterThanOrEqualTo(CUSTOMERS);
        assertThat(read("dead-letters")).hasSize(5);
        delete(directory.resolve("state"));
        try (Application application = started()) {
            send(CUSTOMERS - 1, CUSTOMERS + 1);
            await("all is done", () -> application.counts().events() == 2);
        }
        assertThat(read("segment-changes"))
                .as("whoever was in before is still in, and has a second event now: state was read back")
                .hasSize(CUSTOMERS + 2);
        try (Application application = started()) {
            // The second event ends the session of the first.
            send(
                    CUSTOMERS + 1,
                    CUSTOMERS + 2,
                    System.currentTimeMillis() - Duration.ofHours(2).toMillis());
            send(CUSTOMERS + 1, CUSTOMERS + 2);
            await("the session is written", () -> !read("customer-sessions").isEmpty());
            await("customers are counted", () -> !read("segue-population").isEmpty());
            await("counts are written", () -> !read("segue-statistics").isEmpty());
            application.throwIfFailed();
        }
    }

    /** Determined by the operations that the broker saw, not by those that the start checks. */
    @Test
    @Order(4)
    void everyRightOfRunbookIsUsed() throws Exception {
        assertThat(granted()).hasSizeGreaterThan(20);
        assertThat(granted())
                .filteredOn(right -> RecordingAuthorizer.used().stream().noneMatch(used -> covers(right, used)))
                .as("rights that nobody has used")
                .isEmpty();
    }

    private static boolean covers(AclBinding right, Used used) {
        boolean named = right.pattern().patternType() == PatternType.PREFIXED
                ? used.name().startsWith(right.pattern().name())
                : used.name().equals(right.pattern().name());
        return named
                && right.pattern().resourceType() == used.type()
                && right.entry().operation() == used.operation();
    }

    @Test
    @Order(5)
    void namesEachRevokedRightAtStart() throws Exception {
        List<AclBinding> all = new ArrayList<>(granted());
        // A missing permission to create is detected only if a topic is missing.
        all.sort(Comparator.comparing(right -> right.entry().operation() == AclOperation.CREATE));
        for (AclBinding right : all) {
            String resource = right.pattern().name();
            boolean create = right.entry().operation() == AclOperation.CREATE;
            if (create) {
                broker.admin().deleteTopics(List.of(resource)).all().get();
            }
            revoke(right);
            String name = SecurityUtils.operationName(right.entry().operation());
            try (Application application = load()) {
                assertThatThrownBy(application::start)
                        .as(right.toString())
                        .isInstanceOf(CannotStart.class)
                        .hasMessageContaining("Rights are missing")
                        .message()
                        .containsPattern(": " + name + " on [a-z ]*" + Pattern.quote(resource) + "\\. Grant");
            }
            grant(right);
        }
        System.out.println("security: " + all.size() + " rights, each named when it was missing");
    }

    @Test
    @Order(6)
    void stopsAndNamesRightRevokedWhileRunning() throws Exception {
        AclBinding right = granted().stream()
                .filter(one -> one.pattern().name().equals("segment-changes")
                        && one.entry().operation() == AclOperation.WRITE)
                .findFirst()
                .orElseThrow();
        try (Application application = started()) {
            revoke(right);
            send(100, 110);
            await("it stops", () -> {
                try {
                    application.throwIfFailed();
                    return false;
                } catch (CannotStart stopped) {
                    System.out.println("security: " + stopped.getMessage());
                    assertThat(stopped).hasMessageContainingAll("Stopped: a right is missing", "segment-changes");
                    return true;
                }
            });
        } finally {
            grant(right);
        }
    }

    /** The additional permissions of the other commands, as listed in docs/operations.md. */
    @Test
    @Order(8)
    void otherCommandsNeedDocumentedRights() throws Exception {
        Path file = Files.writeString(directory.resolve("segue.yaml"), settingsText());
        for (String[] command : List.of(
                new String[] {"dead-letters"},
                new String[] {"erase", "zebra-customer-1"},
                new String[] {"redrive"},
                new String[] {"reset", "--yes"})) {
            List<String> arguments = new ArrayList<>(List.of(command));
            arguments.addAll(List.of("--config", file.toString()));
            List<AclBinding> before = List.copyOf(granted());
            for (String grant : grants(command[0])) {
                CommandRun refused = CommandRun.of(arguments.toArray(String[]::new));
                assertThat(refused.code()).as(command[0] + " without a right").isEqualTo(1);
                assertThat(refused.err()).contains("a right is missing").doesNotContain("\tat ");
                AclCommand.main(grant.split(" "));
                await("the right is there", () -> granted().size() > before.size());
            }
            CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
            assertThat(run.code()).as(command[0] + ": " + run.err()).isZero();
        }
    }

    private static List<String> grants(String command) throws Exception {
        return Files.readString(Path.of("docs", "operations.md"))
                .lines()
                .dropWhile(line -> !line.equals("# " + command))
                .skip(1)
                .takeWhile(line -> line.startsWith("grant "))
                .map(line -> common() + line.substring("grant ".length()))
                .toList();
    }

    /** Kafka's own log from INFO on is scanned too, because it contains all its settings. */
    @Test
    @Order(7)
    void logsNeitherSecretsNorCustomers() throws Exception {
        String printed;
        String log;
        try (CapturedLog captured = new CapturedLog()) {
            printed = settings()
                    .withRegistry(RegistrySettings.of(URI.create("http://127.0.0.1:1"))
                            .withCredentials("segue", REGISTRY_PASSWORD))
                    .toString();
            try (Application application = started()) {
                send(200, 230);
                sendGarbage(5);
                await("all is done", () -> application.counts().deadLettered() == 5);
            }
            reportsFailedAuthenticationInOneSentence();
            log = captured.text();
        }
        assertThat(log).as("the log was read").contains("sasl.jaas.config = [hidden]", "INFO", "dev.segue");
        assertThat(log.lines().filter(line -> line.contains("xyzzy"))).isEmpty();
        assertThat(log.lines().filter(line -> line.contains("zebra"))).isEmpty();
        assertThat(printed)
                .contains("sasl.jaas.config", "salt=***", "password=***")
                .doesNotContain("xyzzy");
    }

    /**
     * The lines of docs/operations.md that grant the permissions of {@code segue run}, as arguments of kafka-acls.sh.
     */
    private static List<String> grants() throws Exception {
        Matcher documented = Pattern.compile("(?ms)^grant\\(\\) \\{(.*?)^```")
                .matcher(Files.readString(Path.of("docs", "operations.md")));
        assertThat(documented.find()).isTrue();
        List<String> grants = documented
                .group(1)
                .lines()
                .filter(line -> line.startsWith("grant --"))
                .map(line -> common() + line.substring("grant ".length()))
                .toList();
        assertThat(grants).isNotEmpty();
        return grants;
    }

    private static String common() {
        return "--bootstrap-server " + broker.bootstrapServers() + " --command-config "
                + directory.resolve("admin.properties") + " --add --allow-principal User:" + SecureBroker.USER + " ";
    }

    private static Collection<AclBinding> granted() throws Exception {
        return broker.admin().describeAcls(OF_USER).values().get();
    }

    private static void revoke(AclBinding right) throws Exception {
        broker.admin().deleteAcls(List.of(right.toFilter())).all().get();
        await("it is gone", () -> !granted().contains(right));
    }

    private static void grant(AclBinding right) throws Exception {
        broker.admin().createAcls(List.of(right)).all().get();
        await("it is there", () -> granted().contains(right));
    }

    /** The security settings shown in the documentation. */
    private static String settingsText() throws Exception {
        Matcher documented = Pattern.compile("(?ms)^```yaml\n(kafka:\n.*?)^```")
                .matcher(Files.readString(Path.of("docs", "operations.md")));
        assertThat(documented.find()).isTrue();
        return documented.group(1).replace("/run/secrets", secrets.toString())
                + """
                bootstrap_servers: %s
                schemas: schemas
                segments: {directories: [%s]}
                registry: {directory: %s}
                http: {enabled: false}
                erasure: {salt: %s}
                topics: {partitions: 2, replication_factor: 1}
                processing: {state_directory: %s, start_patience: 20s}
                statistics: {interval: 1s}
                """.formatted(
                                broker.bootstrapServers(),
                                directory.resolve("segments"),
                                directory.resolve("registry"),
                                SALT,
                                directory.resolve("state"));
    }

    private static Settings settings() throws Exception {
        return SettingsReader.read("settings", settingsText(), name -> null);
    }

    private static Application load() throws Exception {
        return Application.load(settings(), Instant::now);
    }

    private static Application started() throws Exception {
        Application application = load();
        application.start();
        if (!application.awaitRunning(PATIENCE)) {
            application.throwIfFailed();
        }
        return application;
    }

    private static void send(int from, int to) throws Exception {
        send(from, to, System.currentTimeMillis());
    }

    private static void send(int from, int to, long at) throws Exception {
        EventBuilder builder = new EventBuilder(schemas.vocabulary());
        EventEncoder encoder = new EventEncoder(schemas, new DirectorySchemaRegistry(directory.resolve("registry")));
        for (int customer = from; customer < to; customer++) {
            Map<String, Object> values = new HashMap<>();
            values.put("type", "product_viewed");
            values.put("customer_id", "zebra-customer-" + customer);
            values.put("event_id", "zebra-event-" + number++);
            values.put("occurred_at", at);
            values.put("product_id", "zebra-product");
            values.put("anonymous_id", "zebra-device-" + customer);
            Event event = builder.build(values);
            send(event.customerId(), encoder.encode(event));
        }
    }

    private static void sendGarbage(int records) throws Exception {
        for (int record = 0; record < records; record++) {
            send("zebra-customer-" + record, "zebra-garbage".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void send(String key, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>("behavior-events", key.getBytes(StandardCharsets.UTF_8), value))
                .get();
    }

    /** All records committed to the topic. */
    private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        Map<String, Object> config = new HashMap<>(broker.administrator());
        config.put("isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(read::add);
            }
        }
        return read;
    }

    private static void delete(Path root) throws Exception {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime())
                    .as("waited " + PATIENCE + " until " + what)
                    .isLessThan(end);
            Thread.sleep(20);
        }
    }
}
