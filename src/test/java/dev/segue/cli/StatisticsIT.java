// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.demo.broker.EmbeddedBroker;
import dev.segue.serde.output.StatisticCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import dev.segue.statistics.Measure;
import dev.segue.statistics.Statistic;
import dev.segue.statistics.StatisticKind;
import dev.segue.statistics.Subject;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code statistics} with a real broker. */
class StatisticsIT {
    private static final Instant DAY = Instant.parse("2025-11-02T00:00:00Z");

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;
    private static DirectorySchemaRegistry registry;

    @BeforeAll
    static void fillTopic() throws Exception {
        broker = EmbeddedBroker.start();
        registry = new DirectorySchemaRegistry(directory.resolve("registry"));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(
                            new NewTopic("segue-statistics", 2, (short) 1),
                            new NewTopic("empty.segue-statistics", 2, (short) 1)))
                    .all()
                    .get();
        }
        WindowCounts cart = new WindowCounts();
        cart.add(Measure.VIEWS, 12_345);
        cart.add(Measure.BOUNCES, 2);
        WindowCounts flour = new WindowCounts();
        flour.add(Measure.VIEWED, 3);
        flour.add(Measure.ORDERED, 2_750_000);
        flour.add(Measure.ORDERS, 2);
        flour.add(Measure.RETURNED, 1_000_000);
        WindowCounts gone = new WindowCounts();
        gone.add(Measure.STARTED, 1);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            send(producer, day(StatisticKind.PAGE, "/cart", cart), true);
            send(producer, day(StatisticKind.PRODUCT, "flour", flour), true);
            send(producer, day(StatisticKind.FORM, "newsletter", gone), true);
            send(producer, day(StatisticKind.FORM, "newsletter", gone), false);
            WindowCounts reminder = new WindowCounts();
            reminder.add(Measure.TREATMENT_SENT, 12);
            reminder.add(Measure.TREATMENT_GOAL, 3);
            reminder.add(Measure.DECIDED_WAITING, 17);
            send(producer, day(StatisticKind.TRIGGER, "cart-reminder", reminder), true);
        }
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private static Statistic day(StatisticKind kind, String name, WindowCounts counts) {
        return new Statistic(WindowSize.DAY, DAY.toEpochMilli(), new Subject(kind, name), counts);
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, Statistic statistic, boolean isKept)
            throws Exception {
        byte[] value = new StatisticCodec(registry, "segue-statistics").encode(statistic);
        producer.send(new ProducerRecord<>("segue-statistics", StatisticCodec.key(statistic), isKept ? value : null))
                .get();
    }

    private static CommandRun statistics(String prefix, String... further) throws Exception {
        return statisticsWith("registry", prefix, further);
    }

    private static CommandRun statisticsWith(String registryUsed, String prefix, String... further) throws Exception {
        return run("statistics", registryUsed, prefix, further);
    }

    private static CommandRun outcomes(String prefix, String... further) throws Exception {
        return run("outcomes", "registry", prefix, further);
    }

    private static CommandRun run(String command, String registryUsed, String prefix, String... further)
            throws Exception {
        Path settings = Files.writeString(directory.resolve("settings.yaml"), """
                bootstrap_servers: %s
                schemas: schemas
                registry: {directory: %s}
                topics: {prefix: "%s"}
                """.formatted(
                        broker.bootstrapServers(), directory.resolve(registryUsed), prefix));
        List<String> args = new ArrayList<>(List.of(command, "--config", settings.toString()));
        args.addAll(List.of(further));
        return CommandRun.of(args.toArray(String[]::new));
    }

    @Test
    void printsCountsAsATable() throws Exception {
        CommandRun run = statistics("", "pages");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("days from 2025-11-02 to 2025-11-02")
                .containsPattern("/cart +12,345 +0 +0 +0 +2 ");
    }

    @Test
    void printsUnitsAndOrders() throws Exception {
        assertThat(statistics("", "products").out())
                .containsPattern("product +viewed +added +ordered +orders +returned +trend")
                .containsPattern("flour +3 +0 +2\\.75 +2 +1 +-");
        assertThat(statistics("", "products", "--format", "json").out())
                .isEqualTo("{\"kind\":\"product\",\"name\":\"flour\",\"window\":\"day\","
                        + "\"start\":\"2025-11-02T00:00:00.000Z\",\"viewed\":3,\"added\":0,\"ordered\":2.75,\"orders\":2,"
                        + "\"returned\":1}\n");
    }

    @Test
    void windowThatHasEndedIsNotThere() throws Exception {
        CommandRun run = statistics("", "forms", "--format", "json");
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("There are no statistics of forms in segue-statistics yet.");
    }

    @Test
    void emptyTopicIsSaid() throws Exception {
        CommandRun run = statistics("empty.");
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains(
                        "There are no statistics of segments in empty.segue-statistics yet. A running processor writes");
    }

    @Test
    void missingTopicIsSaid() throws Exception {
        CommandRun run = statistics("other.");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("There is no topic other.segue-statistics")
                .contains("'segue run' creates it");
    }

    @Test
    void anotherRegistryIsNamedAsTheCause() throws Exception {
        CommandRun run = statisticsWith("another", "", "pages");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("segue-statistics has a record that is not a statistic")
                .contains("If the processor uses another schema registry, set that one under 'registry'");
    }

    @Test
    void wrongNameIsRefusedWithTheNearest() throws Exception {
        CommandRun run = statistics("", "pages", "--name", "/crat");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("a page '/crat' by day. Did you mean '/cart'?");
    }

    @Test
    void timeWithoutStatisticsIsSaid() throws Exception {
        assertThat(statistics("", "pages", "--from", "2025-11-02").out()).contains("/cart");
        CommandRun run = statistics("", "pages", "--from", "2025-11-03");
        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("no statistics of pages from 2025-11-03 on; the last day is 2025-11-02.");
    }

    @Test
    void wrongOptionsAreRefused() throws Exception {
        assertThat(statistics("", "--from", "yesterday").err())
                .contains("--from: 'yesterday' is neither a date like 2025-11-01 nor a timestamp like");
        assertThat(statistics("", "pages", "--limit", "0").err()).contains("--limit must be 1 or more, not 0.");
        assertThat(statistics("", "page").err()).contains("expected one of [SEGMENTS, PAGES, FORMS,", "but was 'page'");
    }

    @Test
    void printsOutcomesOfTriggers() throws Exception {
        assertThat(outcomes("").out())
                .containsPattern("cart-reminder +12 +3 +25\\.0 % ")
                .doesNotContain("WAITING");
        assertThat(outcomes("", "cart-reminder").out()).containsPattern("WAITING +17\n");
        assertThat(outcomes("", "--format", "json").out())
                .startsWith("{\"trigger\":\"cart-reminder\",\"treatment\":{\"sent\":12,\"goals\":3,");
    }

    @Test
    void missingOutcomesAreSaid() throws Exception {
        assertThat(outcomes("empty.").err())
                .contains("There are no outcomes of triggers in empty.segue-statistics yet.");
        assertThat(outcomes("", "--from", "2025-11-03").err()).contains("There are no outcomes from 2025-11-03 on.");
        CommandRun run = outcomes("", "cart-remainder");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("no outcomes of a trigger 'cart-remainder'. Did you mean 'cart-reminder'?");
    }
}
