// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.demo.broker.EmbeddedBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code backtest} over the events topic of a real broker. */
class BacktestIT {
    private static final int EVENTS = 2000;
    private static final Instant START = Instant.parse("2025-03-28T10:00:00Z");

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;
    private static Admin admin;
    private static Path events;
    private static Path before;
    private static Path after;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        admin.createTopics(List.of(
                        new NewTopic("behavior-events", 5, (short) 1),
                        new NewTopic("linked.behavior-events", 5, (short) 1),
                        new NewTopic("empty.behavior-events", 2, (short) 1)))
                .all()
                .get();
        before = definitions("old", 3);
        after = definitions("new", 2);
        events = directory.resolve("events.jsonl");
        Files.write(events, randomEvents(List.of("page_viewed", "product_viewed", "product_viewed")));
        CommandRun produced = CommandRun.of(
                "produce",
                "--events",
                events.toString(),
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--schemas-dir",
                directory.resolve("registry").toString());
        assertThat(produced.code()).as(produced.err()).isZero();
        sendGarbage();
    }

    @AfterAll
    static void stopBroker() {
        admin.close();
        broker.close();
    }

    private static Path definitions(String set, int views) throws Exception {
        Path place = Files.createDirectories(directory.resolve(set));
        Files.writeString(place.resolve("all.yaml"), """
                segment: curious
                when: product_viewed.within('1d').count() >= %d
                ---
                trait: latest-page
                value: page_viewed.latest().url
                ---
                group: usage
                first:
                  heavy: product_viewed.within('2d').count() >= %d
                  light: product_viewed.within('2d').count() >= 1
                """.formatted(views, 2 * views));
        return place;
    }

    private static List<String> randomEvents(List<String> types) {
        Random random = new Random(7);
        List<String> lines = new ArrayList<>();
        Instant now = START;
        for (int number = 0; number < EVENTS; number++) {
            now = now.plusSeconds(random.nextInt(400));
            String type = types.get(random.nextInt(types.size()));
            String field = switch (type) {
                case "page_viewed" -> "\"url\":\"u" + random.nextInt(5);
                case "customer_identified" -> "\"anonymous_id\":\"c" + random.nextInt(150);
                default -> "\"product_id\":\"p";
            };
            lines.add("{\"type\":\"" + type + "\",\"customer_id\":\"c" + random.nextInt(150) + "\",\"event_id\":\"e"
                    + number + "\",\"occurred_at\":\"" + now + "\"," + field + "\"}");
        }
        return lines;
    }

    /** One committed record that is no event, and events of a transaction that was rolled back. */
    private static void sendGarbage() throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "backtest-it"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            for (boolean committed : List.of(true, false)) {
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(
                                "behavior-events", "ann", "no event".getBytes(StandardCharsets.UTF_8)))
                        .get();
                if (committed) {
                    producer.commitTransaction();
                } else {
                    producer.abortTransaction();
                }
            }
        }
    }

    private static Path settings(String file, String more) throws Exception {
        return Files.writeString(
                directory.resolve(file),
                """
                bootstrap_servers: %s
                zone: Europe/Berlin
                registry: {directory: %s}
                """.formatted(broker.bootstrapServers(), directory.resolve("registry")) + more);
    }

    private static CommandRun backtest(String... more) {
        List<String> args = new ArrayList<>(
                List.of("backtest", after.toString(), "--against", before.toString(), "--format", "json"));
        args.addAll(Arrays.asList(more));
        return CommandRun.of(args.toArray(String[]::new));
    }

    @Test
    void topicYieldsTheReportOfTheFile() throws Exception {
        Path settings = settings("segue.yaml", "");
        for (List<String> window : List.of(
                List.<String>of(),
                List.of("--to", "+3h"),
                List.of("--from", "2025-03-30T10:00:00Z", "--to", "2025-04-01T10:00:00Z"))) {
            List<String> ofTopic = new ArrayList<>(List.of("--config", settings.toString()));
            ofTopic.addAll(window);
            CommandRun topic = backtest(ofTopic.toArray(String[]::new));
            assertThat(topic.code()).as(topic.err()).isZero();
            assertThat(topic.err()).contains("1 record refused: not-avro-framed");
            List<String> ofFile = new ArrayList<>(List.of("--events", events.toString(), "--zone", "Europe/Berlin"));
            ofFile.addAll(window);
            CommandRun file = backtest(ofFile.toArray(String[]::new));
            assertThat(file.code()).as(file.err()).isZero();
            assertThat(withoutRefused(topic)).isEqualTo(withoutRefused(file));
            assertThat(topic.out()).contains("\"not-avro-framed\" : 1");
        }
    }

    @Test
    void idsInSeveralPartitionsAreOnePerson() throws Exception {
        Path settings = settings("linked.yaml", "topics: {prefix: linked.}\n");
        Path linked = directory.resolve("linked.jsonl");
        Files.write(
                linked,
                randomEvents(List.of("page_viewed", "product_viewed", "product_viewed", "customer_identified")));
        CommandRun produced = CommandRun.of(
                "produce",
                "--events",
                linked.toString(),
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--topic",
                "linked.behavior-events",
                "--schemas-dir",
                directory.resolve("registry").toString());
        assertThat(produced.code()).as(produced.err()).isZero();
        CommandRun topic = backtest("--config", settings.toString());
        assertThat(topic.code()).as(topic.err()).isZero();
        assertThat(topic.err()).contains("are read once more, in order of time");
        CommandRun file = backtest("--events", linked.toString(), "--zone", "Europe/Berlin");
        assertThat(file.code()).as(file.err()).isZero();
        assertThat(withoutRefused(topic)).isEqualTo(withoutRefused(file));
    }

    private static JsonNode withoutRefused(CommandRun run) throws Exception {
        JsonNode report = new ObjectMapper().readTree(run.out());
        ((ObjectNode) report.get("input")).remove("refused");
        return report;
    }

    @Test
    void writesNothingAndCommitsNothing() throws Exception {
        assertThat(backtest("--config", settings("segue.yaml", "").toString()).code())
                .isZero();
        assertThat(admin.listGroups().all().get()).isEmpty();
        assertThat(admin.listTopics().names().get())
                .containsExactlyInAnyOrder("behavior-events", "linked.behavior-events", "empty.behavior-events");
    }

    @Test
    void refusesTopicsWithoutEvents() throws Exception {
        CommandRun empty = backtest(
                "--config", settings("empty.yaml", "topics: {prefix: empty.}\n").toString());
        assertThat(empty.code()).isEqualTo(2);
        assertThat(empty.errLines())
                .singleElement()
                .asString()
                .startsWith("Topic empty.behavior-events at 127.0.0.1")
                .endsWith(" has no events.");
        CommandRun absent = backtest(
                "--config",
                settings("absent.yaml", "topics: {prefix: absent.}\n").toString());
        assertThat(absent.code()).isEqualTo(1);
        assertThat(absent.err()).startsWith("failed: There is no topic absent.behavior-events at ");
    }

    @Test
    void commandOfTheDocumentationRuns() throws Exception {
        Path page = directory.resolve("report.html");
        String command = BacktestDocTest.commands(Files.readString(BacktestDocTest.DOCUMENT))
                .get(1)
                .replace("segue.yaml", settings("documented.yaml", "").toString())
                .replace("report.html", page.toString());
        CommandRun run = CommandRun.of(command.split(" ", -1));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("segment cart-abandoned, changed: ")
                .contains("unchanged, with members at the end:");
        assertThat(page).exists();
    }
}
