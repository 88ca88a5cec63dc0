// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.DrainBudget;
import dev.segue.event.Change;
import dev.segue.event.Fields;
import dev.segue.event.ProductFacts;
import dev.segue.serde.output.Control;
import dev.segue.serde.output.ControlCodec;
import dev.segue.serde.output.ProductFactsEncoder;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a shop says of its products reaches the customers who wait for it while everything runs. */
class ProductsOnTopologyTest {
    private static final Instant TEN = Instant.parse("2025-11-01T10:00:00Z");
    private static final String BACK = """
            segment: back
            when: product_viewed.exists(v, product(v.product_id).stock > 0)
            """;

    /** The first bytes of the keys of settled facts, and of those that are not settled. */
    private static final byte SHARED = (byte) 0xf5;

    private static final byte SETTLED = 1;
    private static final byte RECENT = 2;

    @TempDir
    Path directory;

    private TopologyScenario scenario;
    private ScenarioEvents events;
    private DirectorySchemaRegistry registry;
    private Instant now = TEN;

    @BeforeEach
    void open() throws Exception {
        events = new ScenarioEvents();
        registry = new DirectorySchemaRegistry(directory.resolve("registry"));
        scenario = new TopologyScenario(directory, registry);
        scenario.define(ScenarioEvents.set(TopologyScenario.QUIET, BACK));
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    private void view(String customer, int seconds, String product) throws Exception {
        events.send(scenario, customer, TEN.plusSeconds(seconds), "product_viewed", "product_id", product);
    }

    private static ProductFacts facts(String product, long stock) {
        Object[] values = new Object[ProductFacts.TYPE.fields().size()];
        values[ProductFacts.TYPE.slot("stock")] = stock;
        return new ProductFacts(product, 0, new Fields(ProductFacts.TYPE, values));
    }

    private void stock(String product, long pieces, Instant at) throws Exception {
        send(facts(product, pieces), at);
    }

    /** The shop's record has a timestamp of its own, which does not matter. */
    private void send(ProductFacts facts, Instant at) throws Exception {
        scenario.clockIs(at);
        byte[] value = new ProductFactsEncoder(registry, TopologyScenario.TOPICS.productFacts()).encode(facts);
        scenario.rawFacts(bytes(facts.productId()), value, TEN.minus(Duration.ofDays(1)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void ticks(int untilSeconds) throws Exception {
        while (now.isBefore(TEN.plusSeconds(untilSeconds))) {
            now = now.plusSeconds(1);
            scenario.timeIs(now);
            scenario.pause();
        }
    }

    private List<String> changes() throws Exception {
        List<String> changes = new ArrayList<>();
        for (Change change : scenario.readChanges()) {
            if (change.segment().equals("back")) {
                changes.add(change.customerId() + " " + change.kind() + " "
                        + Duration.between(TEN, change.effectiveAt()).toMillis() + " "
                        + change.cause().kind());
            }
        }
        return changes;
    }

    private List<ProductFacts> written() throws Exception {
        ControlCodec codec = new ControlCodec(registry, TopologyScenario.TOPICS.control());
        List<ProductFacts> written = new ArrayList<>();
        for (var record : scenario.output(TopologyScenario.TOPICS.control())) {
            if (codec.decode(record.value()) instanceof Control.Known known) {
                written.addAll(known.facts());
            }
        }
        return written;
    }

    private void sendControl(ProductFacts facts) throws Exception {
        byte[] message =
                new ControlCodec(registry, TopologyScenario.TOPICS.control()).encode(new Control.Known(List.of(facts)));
        scenario.rawControl(message, Instant.ofEpochMilli(facts.at()));
    }

    private long stored(byte kind) throws Exception {
        return scenario.store().keySet().stream()
                .map(key -> key.get())
                .filter(key -> key[0] == SHARED && key.length > 1 && key[1] == kind)
                .count();
    }

    @Test
    void factsReachExactlyThoseWhoAskedAboutTheProduct() throws Exception {
        view("ann", 0, "p1");
        view("bob", 0, "p2");
        ticks(2);
        stock("p1", 5, TEN.plusMillis(2500));
        ticks(4);
        assertThat(changes()).containsExactly("ann ENTERED 2500 PRODUCT");
        assertThat(scenario.counter("segue.product.facts")).isEqualTo(1);
        assertThat(scenario.counter("segue.product.customers")).isEqualTo(1);
    }

    @Test
    void factsOfAVariantReachThoseWhoAskedAboutIt() throws Exception {
        scenario.close();
        scenario = new TopologyScenario(directory.resolve("variants"), registry);
        scenario.define(ScenarioEvents.set(TopologyScenario.QUIET, """
                segment: back
                when: product_viewed.exists(v, v.time < product(v.product_id, v.variant).restocked_at)
                """));
        for (String customer : List.of("ann", "bob")) {
            String variant = customer.equals("ann") ? "M" : "L";
            events.send(scenario, customer, TEN, "product_viewed", "product_id", "p1", "variant", variant);
        }
        send(variants(0, 0), TEN.plusMillis(500));
        ticks(2);
        send(variants(0, 4), TEN.plusMillis(2500));
        ticks(4);
        assertThat(changes()).containsExactly("bob ENTERED 2500 PRODUCT");
        scenario.restart();
        send(variants(2, 4), TEN.plusMillis(4500));
        ticks(6);
        assertThat(changes()).containsExactly("ann ENTERED 4500 PRODUCT");
    }

    private static ProductFacts variants(long medium, long large) {
        return new ProductFacts(
                "p1",
                0,
                facts("p1", 9).fields(),
                Map.of(
                        "M",
                        facts("p1", medium).fields(),
                        "L",
                        facts("p1", large).fields()));
    }

    @Test
    void eachOfSeveralFactsCountsAtItsOwnInstant() throws Exception {
        view("ann", 0, "p1");
        ticks(2);
        stock("p1", 5, TEN.plusMillis(2100));
        stock("p1", 0, TEN.plusMillis(2200));
        stock("p1", 7, TEN.plusMillis(2300));
        ticks(4);
        assertThat(changes())
                .containsExactly("ann ENTERED 2100 PRODUCT", "ann EXITED 2200 PRODUCT", "ann ENTERED 2300 PRODUCT");
        assertThat(written()).last().satisfies(last -> {
            assertThat(last.fields().get("sold_out_at")).isEqualTo(TEN.plusMillis(2200));
            assertThat(last.fields().get("restocked_at")).isEqualTo(TEN.plusMillis(2300));
        });
    }

    @Test
    void whoeverAsksLaterIsAnsweredByWhatIsKnown() throws Exception {
        ticks(1);
        stock("p1", 5, TEN.plusMillis(1500));
        ticks(3);
        view("ann", 3, "p1");
        assertThat(changes()).containsExactly("ann ENTERED 3000 EVENT");
    }

    @Test
    void whoeverIsAheadOfTheTickSeesFactsOnlyFromTheirInstantOn() throws Exception {
        view("ann", 0, "p1");
        ticks(2);
        sendControl(new ProductFacts(
                "p1", TEN.plusMillis(3500).toEpochMilli(), facts("p1", 5).fields()));
        view("ann", 3, "p2");
        assertThat(changes()).isEmpty();
        ticks(4);
        assertThat(changes()).containsExactly("ann ENTERED 3500 PRODUCT");
    }

    @Test
    void factsThatComeLateCountAtTheCustomersOwnTime() throws Exception {
        view("ann", 0, "p1");
        ticks(2);
        // An event that is ahead of the ticks.
        view("ann", 5, "p2");
        stock("p1", 5, TEN.plusMillis(2500));
        ticks(7);
        assertThat(changes()).containsExactly("ann ENTERED 5000 PRODUCT");
    }

    @Test
    void restartKeepsFactsThatComeLate() throws Exception {
        view("ann", 0, "p1");
        ticks(2);
        view("ann", 5, "p2");
        sendControl(new ProductFacts(
                "p1", TEN.plusMillis(2500).toEpochMilli(), facts("p1", 5).fields()));
        scenario.restart();
        ticks(7);
        assertThat(changes()).containsExactly("ann ENTERED 5000 PRODUCT");
    }

    @Test
    void restartBetweenFactsAndTheirVisitsLosesNoVisit() throws Exception {
        view("ann", 0, "p1");
        view("bob", 0, "p2");
        ticks(2);
        sendControl(new ProductFacts(
                "p1", TEN.plusMillis(2500).toEpochMilli(), facts("p1", 5).fields()));
        assertThat(stored(RECENT)).isEqualTo(1);
        scenario.restart();
        scenario.timeIs(TEN.plusMillis(2999));
        scenario.pause();
        assertThat(changes()).containsExactly("ann ENTERED 2500 PRODUCT");
    }

    @Test
    void restartBetweenTheShopsRecordAndItsMessageLosesNothing() throws Exception {
        view("ann", 0, "p1");
        ticks(2);
        stock("p1", 5, TEN.plusMillis(2500));
        scenario.restart();
        ticks(4);
        assertThat(changes()).containsExactly("ann ENTERED 2500 PRODUCT");
    }

    @Test
    void restartKnowsSettledFactsAndWhoAsked() throws Exception {
        view("ann", 0, "p1");
        ticks(2);
        stock("p1", 5, TEN.plusMillis(2500));
        ticks(5);
        assertThat(changes()).hasSize(1);
        assertThat(stored(RECENT)).isZero();
        assertThat(stored(SETTLED)).isEqualTo(1);
        scenario.restart();
        view("bob", 6, "p1");
        assertThat(changes()).containsExactly("bob ENTERED 6000 EVENT");
        now = TEN.plusSeconds(6);
        ticks(7);
        stock("p1", 0, TEN.plusMillis(7500));
        ticks(9);
        assertThat(changes()).containsExactlyInAnyOrder("ann EXITED 7500 PRODUCT", "bob EXITED 7500 PRODUCT");
    }

    @Test
    void factsThatSayTheSameAreDropped() throws Exception {
        view("ann", 0, "p1");
        ticks(2);
        stock("p1", 5, TEN.plusMillis(2500));
        stock("p1", 5, TEN.plusMillis(2600));
        ticks(4);
        stock("p1", 5, TEN.plusMillis(4500));
        ticks(6);
        assertThat(written()).hasSize(1);
        assertThat(scenario.counter("segue.product.unchanged")).isEqualTo(2);
        assertThat(changes()).hasSize(1);
    }

    @Test
    void messageThatComesTwiceDoesNothing() throws Exception {
        view("ann", 0, "p1");
        ticks(2);
        stock("p1", 5, TEN.plusMillis(2500));
        ticks(4);
        ProductFacts known = written().get(0);
        sendControl(known);
        sendControl(new ProductFacts("p1", known.at() + 10, known.fields()));
        sendControl(new ProductFacts("p1", known.at() - 1, facts("p1", 0).fields()));
        ticks(6);
        assertThat(scenario.counter("segue.product.facts")).isEqualTo(1);
        assertThat(scenario.counter("segue.product.customers")).isEqualTo(1);
        assertThat(changes()).hasSize(1);
        assertThat(scenario.deadLetters()).isEmpty();
    }

    @Test
    void recordWithoutValueWithdrawsTheProduct() throws Exception {
        view("ann", 0, "p1");
        ticks(2);
        stock("p1", 5, TEN.plusMillis(2500));
        ticks(4);
        scenario.clockIs(TEN.plusMillis(4500));
        scenario.rawFacts(bytes("p1"), null, TEN);
        scenario.rawFacts(bytes("p1"), null, TEN);
        scenario.rawFacts(bytes("never seen"), null, TEN);
        ticks(7);
        assertThat(changes()).containsExactly("ann ENTERED 2500 PRODUCT", "ann EXITED 4500 PRODUCT");
        assertThat(scenario.counter("segue.product.unchanged")).isEqualTo(2);
        assertThat(stored(SETTLED)).isZero();
        // It begins anew: nothing is concluded from the stock before.
        stock("p1", 0, TEN.plusMillis(7500));
        ticks(9);
        assertThat(written())
                .last()
                .satisfies(last -> assertThat(last.fields().get("restocked_at")).isNull());
    }

    @Test
    void whoeverIsErasedIsNotLookedUp() throws Exception {
        view("ann", 0, "p1");
        view("bob", 0, "p1");
        ticks(2);
        events.send(scenario, "ann", TEN.plusSeconds(2), "customer_erased");
        stock("p1", 5, TEN.plusMillis(2500));
        ticks(4);
        assertThat(scenario.counter("segue.product.customers")).isEqualTo(1);
        assertThat(changes()).containsExactly("bob ENTERED 2500 PRODUCT");
    }

    @Test
    void whoeverGoesOnAsAnotherIsLookedUpAsThatOne() throws Exception {
        view("device", 0, "p1");
        view("ann", 1, "p2");
        ticks(2);
        events.send(scenario, "ann", TEN.plusSeconds(2), "customer_identified", "anonymous_id", "device");
        ticks(4);
        stock("p1", 5, TEN.plusMillis(4500));
        ticks(6);
        assertThat(scenario.counter("segue.product.customers")).isEqualTo(1);
        assertThat(changes()).containsExactly("ann ENTERED 4500 PRODUCT");
    }

    @Test
    void definitionThatComesLaterAsksToo() throws Exception {
        scenario.close();
        scenario = new TopologyScenario(directory.resolve("later"), registry);
        scenario.define(TopologyScenario.QUIET);
        view("ann", 0, "p1");
        ticks(2);
        scenario.define(ScenarioEvents.set(TopologyScenario.QUIET, BACK));
        ticks(10);
        stock("p1", 5, TEN.plusMillis(10_500));
        ticks(12);
        assertThat(changes()).containsExactly("ann ENTERED 10500 PRODUCT");
    }

    @Test
    void schemaOfTheShopMayLackFieldsAndHaveOthers() throws Exception {
        view("ann", 0, "p1");
        ticks(2);
        Schema own = SchemaBuilder.record("ProductFacts")
                .namespace("dev.segue.avro")
                .fields()
                .requiredString("colour")
                .requiredInt("stock")
                .endRecord();
        int id = registry.register("product-facts-value", own);
        scenario.clockIs(TEN.plusMillis(2500));
        // The text "red", then the number 3.
        byte[] value = ByteBuffer.allocate(10)
                .put((byte) 0)
                .putInt(id)
                .put(new byte[] {6, 'r', 'e', 'd', 6})
                .array();
        scenario.rawFacts(bytes("p1"), value, TEN);
        ticks(4);
        assertThat(changes()).containsExactly("ann ENTERED 2500 PRODUCT");
        assertThat(written().get(0).fields().get("stock")).isEqualTo(3L);
    }

    @Test
    void unusableRecordsAreDeadLettersAndNothingElseChanges() throws Exception {
        view("ann", 0, "p1");
        ticks(2);
        byte[] good = new ProductFactsEncoder(registry, "product-facts").encode(facts("p1", 5));
        stock("p1", -1, TEN.plusMillis(2500));
        send(variants(1, -2), TEN.plusMillis(2500));
        scenario.rawFacts(null, good, TEN);
        scenario.rawFacts(bytes("  "), good, TEN);
        scenario.rawFacts(bytes("p1"), bytes("{\"stock\": 5}"), TEN);
        scenario.rawFacts(bytes("x".repeat(513)), good, TEN);
        ticks(4);
        assertThat(changes()).isEmpty();
        assertThat(written()).isEmpty();
        assertThat(scenario.counter("segue.product.refused")).isEqualTo(6);
        assertThat(scenario.deadLetters())
                .extracting(letter ->
                        new String(letter.headers().lastHeader("segue.detail").value(), StandardCharsets.UTF_8))
                .containsExactly(
                        "stock is -1; at least 0 is allowed",
                        "stock of variant 'L' is -2; at least 0 is allowed",
                        "the record has no key, which is the product's id",
                        "the product's id is blank",
                        "the record looks like JSON: see docs/connect.md",
                        "the product's id has 513 bytes; at most 512 are allowed");
    }

    /** {@code -Dsegue.facts=100000} takes a minute. */
    @Test
    void manyFactsAtOnceTakeFewMessages() throws Exception {
        int facts = Integer.getInteger("segue.facts", 2_050);
        view("ann", 0, "p77");
        ticks(2);
        for (int number = 0; number < facts; number++) {
            stock("p" + number, 5, TEN.plusMillis(2500));
        }
        assertThat(scenario.output(TopologyScenario.TOPICS.control())).hasSizeLessThan(facts / 100 + 10);
        int second = 4;
        for (ticks(second); scenario.counter("segue.product.facts") < facts && second < 60; second++) {
            ticks(second);
        }
        assertThat(scenario.counter("segue.product.facts")).isEqualTo(facts);
        assertThat(changes()).containsExactly("ann ENTERED 2500 PRODUCT");
        // A thousand a tick are known for long enough.
        ticks(second + 5 + facts / 1000);
        assertThat(stored(RECENT)).isZero();
        assertThat(stored(SETTLED)).isEqualTo(facts);
    }

    @Test
    void manyCustomersOfOneProductAreVisitedWithinTheBudget() throws Exception {
        scenario.close();
        scenario = new TopologyScenario(directory.resolve("many"), registry);
        scenario.drain = new DrainBudget(10, Duration.ofMillis(1));
        scenario.define(BACK);
        for (int number = 0; number < 100; number++) {
            view("c" + number, 0, "p1");
        }
        ticks(2);
        stock("p1", 5, TEN.plusMillis(2500));
        scenario.timeIs(TEN.plusSeconds(3));
        assertThat(changes()).hasSizeLessThan(100);
        // Those who have not been visited are so at both instants.
        stock("p1", 0, TEN.plusMillis(3500));
        now = TEN.plusSeconds(3);
        ticks(30);
        assertThat(changes())
                .filteredOn(change -> change.endsWith("EXITED 3500 PRODUCT"))
                .hasSize(100);
    }

    @Test
    void clockThatWasSetBackMovesNoFactsBack() throws Exception {
        view("ann", 0, "p1");
        ticks(2);
        view("bob", 2, "p2");
        stock("p1", 5, TEN.plusSeconds(86_402));
        stock("p2", 5, TEN.plusSeconds(3));
        scenario.timeIs(TEN.plusSeconds(86_403));
        assertThat(changes()).containsExactlyInAnyOrder("ann ENTERED 86402000 PRODUCT", "bob ENTERED 86402000 PRODUCT");
    }
}
