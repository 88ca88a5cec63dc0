// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.segue.config.ProcessingSettings;
import dev.segue.config.Settings;
import dev.segue.demo.broker.EmbeddedBroker;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.Fields;
import dev.segue.runtime.Application;
import dev.segue.serde.output.ChangeCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real server SDKs of Segment and RudderStack, from npm, against the collector, a broker and the processor: a visitor
 * browses, logs in and orders, and each act ends as the changes of one person.
 */
class SdkIT {
    private static final Path SOURCES = Path.of("src", "test", "node");
    private static final Path PLACE = Path.of("target", "node");
    private static final List<String> SDKS = List.of("segment", "rudder");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String DEFINITIONS = """
            segment: browser
            when: product_viewed.count() > 0
            ---
            segment: cart-holder
            when: cart.count() > 0
            ---
            segment: adds-again
            when: product_added.count() == 2
            ---
            segment: buys-what-was-viewed
            when: order_completed.count() > 0 && product_viewed.count() > 0
            """;

    private static List<Event> events;
    private static List<Change> changes;
    private static String refusal = "";

    @BeforeAll
    static void shopWithBoth(@TempDir Path directory) throws Exception {
        refusal = install();
        if (!refusal.isEmpty()) {
            return;
        }
        Files.writeString(Files.createDirectory(directory.resolve("segments")).resolve("sdk.yaml"), DEFINITIONS);
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                BrokerCollector stage = new BrokerCollector(broker.bootstrapServers(), "sdk", directory)) {
            shop(
                    stage,
                    stage.settings.withProcessing(
                            ProcessingSettings.defaults().withStateDirectory(directory.resolve("state"))));
            events = stage.events();
            changes = changes(stage);
        }
    }

    /** A person needs some time from one step to the next; here, each step is processed before the next one. */
    private static void shop(BrokerCollector stage, Settings settings) throws Exception {
        try (Application processor = Application.load(settings, InstantSource.system())) {
            processor.start();
            assertThat(processor.awaitRunning(PATIENCE)).isTrue();
            step(stage, "browse");
            for (String sdk : SDKS) {
                awaitMembership(stage, sdk + "-visitor|cart-holder");
            }
            step(stage, "identify");
            for (String sdk : SDKS) {
                awaitMembership(stage, sdk + "-ann|cart-holder");
            }
            step(stage, "buy");
            for (String sdk : SDKS) {
                awaitMembership(stage, sdk + "-ann|buys-what-was-viewed");
            }
            await("every event is processed", () -> processor.counts().events() >= recordsOf(stage));
        }
    }

    private static void step(BrokerCollector stage, String name) throws Exception {
        run(PLACE, "node", "shop.cjs", stage.collector.address().toString(), BrokerCollector.KEY, name);
    }

    private static int recordsOf(BrokerCollector stage) {
        return stage.records(stage.settings.topics().names().behaviorEvents()).size();
    }

    private static void awaitMembership(BrokerCollector stage, String key) throws Exception {
        String memberships = stage.settings.topics().names().memberships();
        await(
                key,
                () -> stage.records(memberships).stream()
                        .anyMatch(record -> new String(record.key(), StandardCharsets.UTF_8).equals(key)));
    }

    private static void await(String what, BooleanSupplier condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(100);
        }
    }

    private static List<Change> changes(BrokerCollector stage) throws Exception {
        String topic = stage.settings.topics().names().changes();
        ChangeCodec codec = new ChangeCodec(new DirectorySchemaRegistry(stage.settings.registryDirectory()), topic);
        List<Change> read = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : stage.records(topic)) {
            Change change = codec.decode(record.value());
            assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(change.customerId());
            read.add(change);
        }
        return read;
    }

    /** Empty, or why the SDKs are not here. */
    private static String install() throws Exception {
        Files.createDirectories(PLACE);
        for (String file : List.of("package.json", "package-lock.json", "shop.cjs")) {
            Files.copy(SOURCES.resolve(file), PLACE.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        try {
            run(PLACE, "node", "--version");
            run(PLACE, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            return "";
        } catch (IOException | AssertionError absent) {
            return "node and the SDKs of npm are not to be had here: " + absent.getMessage();
        }
    }

    private static void run(Path directory, String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue())
                    .as(Arrays.toString(command) + "\n" + output)
                    .isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @BeforeEach
    void needsSdks() {
        assumeThat(refusal).as(refusal).isEmpty();
    }

    private static List<Event> of(String customer) {
        return events.stream()
                .filter(event -> event.customerId().equals(customer))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"segment", "rudder"})
    void visitorsEventsAreInOrderUnderAnonymousId(String sdk) {
        List<Event> visitor = of(sdk + "-visitor");
        assertThat(visitor).extracting(event -> event.type().name()).containsExactly("product_viewed", "product_added");
        Fields added = visitor.get(1).fields();
        assertThat(added.get("product_id")).isEqualTo("tent");
        assertThat(added.get("price")).isEqualTo(new BigDecimal("249.0000"));
        assertThat(added.get("quantity")).isEqualTo(1.0);
        assertThat(added.get("anonymous_id")).isEqualTo(sdk + "-visitor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"segment", "rudder"})
    void customersEventsAreUnderUserId(String sdk) {
        List<Event> customer = of(sdk + "-ann");
        assertThat(customer)
                .extracting(event -> event.type().name())
                .containsExactly("customer_identified", "profile_updated", "product_added", "order_completed");
        assertThat(customer.get(0).fields().get("anonymous_id")).isEqualTo(sdk + "-visitor");
        assertThat(customer.get(1).fields().get("birthday")).isEqualTo("1991-04-05");
        assertThat(customer.get(1).fields().get("origin")).isEqualTo("stated");
        assertThat(String.valueOf(customer.get(1).fields().get("attributes"))).isEqualTo("{plan=gold}");
        assertThat(customer.get(3).fields().get("total")).isEqualTo(new BigDecimal("308.9000"));
        assertThat((List<?>) customer.get(3).fields().get("products")).hasSize(2);
    }

    @Test
    void nothingElseIsStored() {
        assertThat(events).hasSize(6 * SDKS.size());
        assertThat(events).extracting(Event::eventId).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"segment", "rudder"})
    void guestEntersByBrowsingAndLeavesByMerge(String sdk) {
        String ann = sdk + "-ann";
        assertThat(changes)
                .filteredOn(change -> change.customerId().equals(sdk + "-visitor"))
                .extracting(Change::segment, Change::kind, SdkIT::cause, Change::mergedInto)
                .containsExactlyInAnyOrder(
                        tuple("browser", Change.Kind.ENTERED, "product_viewed", null),
                        tuple("cart-holder", Change.Kind.ENTERED, "product_added", null),
                        tuple("browser", Change.Kind.EXITED, "MERGE", ann),
                        tuple("cart-holder", Change.Kind.EXITED, "MERGE", ann));
    }

    /** The customer goes on in the guest's segments without entering them again. */
    @ParameterizedTest
    @ValueSource(strings = {"segment", "rudder"})
    void customerGoesOnWithGuestsPast(String sdk) {
        assertThat(changes)
                .filteredOn(change -> change.customerId().equals(sdk + "-ann"))
                .extracting(Change::segment, Change::kind, SdkIT::cause, Change::mergedInto)
                .containsExactlyInAnyOrder(
                        tuple("adds-again", Change.Kind.ENTERED, "product_added", null),
                        tuple("cart-holder", Change.Kind.EXITED, "order_completed", null),
                        tuple("buys-what-was-viewed", Change.Kind.ENTERED, "order_completed", null));
    }

    @Test
    void nobodyElseChanges() {
        assertThat(changes).hasSize(7 * SDKS.size());
        assertThat(changes).extracting(Change::changeId).doesNotHaveDuplicates();
    }

    /** The type of the event that caused it, or the cause's kind. */
    private static String cause(Change change) {
        String type = change.cause().eventType();
        return type == null ? change.cause().kind().name() : type;
    }
}
