// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Event;
import dev.segue.event.Fields;
import dev.segue.event.ProductFacts;
import dev.segue.runtime.operate.ProductSender;
import dev.segue.serde.event.EventBuilder;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The processor is killed while facts of products change: at the end, exactly those are members who should be. */
class KilledProductsIT {
    private static final long SEED = Long.getLong("segue.fault.seed", 20_261_201);
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final int PRODUCTS = 20;
    private static final int FACTS = 150;
    private static final String DEFINITIONS = """
            segment: back
            when: product_viewed.exists(v, product(v.product_id).stock > 0)
            ---
            segment: cheap
            when: product_viewed.exists(v, product(v.product_id).price < 10.0 && product(v.product_id).stock > 1)
            """;

    private static final Duration STEP = Duration.ofMillis(1_500);

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final Map<String, ProductFacts> last = new HashMap<>();
    private FaultStage stage;
    private Instant clock = START;

    @Test
    @Tag("faults")
    void losesNoFactsInThreeKills() throws Exception {
        kill("exactly_once", 3, 1_500, 300);
    }

    @Test
    @Tag("faults")
    void losesNoFactsInThreeKillsAtLeastOnce() throws Exception {
        kill("at_least_once", 3, 1_500, 300);
    }

    @ParameterizedTest
    @Tag("faults")
    @ValueSource(strings = {"exactly_once", "at_least_once"})
    void losesNoFactsInThirtyKills(String guarantee) throws Exception {
        kill(guarantee, 30, 15_000, 2_000);
    }

    private void kill(String guarantee, int times, int events, int customers) throws Exception {
        try (FaultStage opened = FaultStage.withoutSegments(directory)) {
            stage = opened;
            stage.processing("guarantee", guarantee);
            stage.kafka("main.consumer.max.poll.records", 10);
            Files.writeString(stage.segments().resolve("all.yaml"), DEFINITIONS);
            ChildJvm processor = stage.startProcessor("a", stage.bootstrapServers(), clock);
            try {
                stage.awaitCommitted(processor, 0);
                stage.keepForEver();
                List<Event> shop = shop(events, customers);
                stage.publish(stage.records(shop));
                for (int kill = 1; kill <= times; kill++) {
                    assertThat(ProductSender.send(stage.settings(), facts())).isEqualTo(FACTS);
                    awaitCommitted(processor, (long) events * kill / (times + 2));
                    Thread.sleep(random.nextInt(100));
                    processor.kill();
                    processor = stage.startProcessor("a", stage.bootstrapServers(), clock);
                }
                assertThat(ProductSender.send(stage.settings(), facts())).isEqualTo(FACTS);
                awaitCommitted(processor, events);
                check(processor, straight(shop), times);
            } finally {
                processor.close();
            }
        }
    }

    private List<ProductFacts> facts() {
        List<ProductFacts> facts = new ArrayList<>();
        for (int number = 0; number < FACTS; number++) {
            String product = "p" + random.nextInt(PRODUCTS);
            Object[] values = new Object[ProductFacts.TYPE.fields().size()];
            if (random.nextInt(10) > 0) {
                values[ProductFacts.TYPE.slot("stock")] = (long) random.nextInt(3);
                values[ProductFacts.TYPE.slot("price")] = BigDecimal.valueOf(random.nextInt(20) * 10_000L, 4);
            }
            ProductFacts next = new ProductFacts(product, 0, new Fields(ProductFacts.TYPE, values));
            facts.add(next);
            last.put(product, next);
        }
        return facts;
    }

    private List<Event> shop(int events, int customers) throws Exception {
        EventBuilder builder = new EventBuilder(stage.schemas().vocabulary());
        List<Event> shop = new ArrayList<>();
        for (int number = 0; number < events; number++) {
            shop.add(builder.build(Map.of(
                    "type", "product_viewed",
                    "customer_id", "c" + random.nextInt(customers),
                    "event_id", "e" + number,
                    "occurred_at", START.plusSeconds(number).toEpochMilli(),
                    "product_id", "p" + random.nextInt(PRODUCTS))));
        }
        return shop;
    }

    private void awaitCommitted(ChildJvm processor, long records) throws Exception {
        FaultStage.await(records + " records are done", () -> {
            tick(processor);
            return stage.committed() >= records;
        });
    }

    private void tick(ChildJvm processor) throws Exception {
        processor.requireAlive();
        clock = clock.plus(STEP);
        processor.write(clock.toString());
    }

    private void check(ChildJvm processor, Map<String, Set<String>> straight, int times) throws Exception {
        assertThat(straight.keySet()).containsExactly("back", "cheap");
        try {
            FaultStage.await("members equal the straight computation", () -> {
                tick(processor);
                Thread.sleep(250);
                return members().equals(straight);
            });
        } catch (AssertionError differs) {
            assertThat(members()).as("seed %d", SEED).isEqualTo(straight);
            throw differs;
        }
        for (int ticks = 0; ticks < 3; ticks++) {
            tick(processor);
            Thread.sleep(1_000);
        }
        assertThat(members()).as("seed %d", SEED).isEqualTo(straight);
        System.out.println("killed products: seed " + SEED + ", " + times + " kills, "
                + stage.sent().size() + " records, " + FACTS * (times + 1) + " facts; at the end "
                + straight.get("back").size() + " and " + straight.get("cheap").size() + " members");
    }

    private Map<String, Set<String>> straight(List<Event> shop) {
        Map<String, Set<String>> members = new TreeMap<>();
        for (Event event : shop) {
            ProductFacts facts = last.get((String) event.fields().get("product_id"));
            long stock = facts.fields().get("stock") instanceof Long pieces ? pieces : 0;
            if (stock > 0) {
                members.computeIfAbsent("back", absent -> new TreeSet<>()).add(event.customerId());
            }
            boolean cheap = facts.fields().get("price") instanceof BigDecimal price && price.longValue() < 10;
            if (stock > 1 && cheap) {
                members.computeIfAbsent("cheap", absent -> new TreeSet<>()).add(event.customerId());
            }
        }
        return members;
    }

    private Map<String, Set<String>> members() throws Exception {
        Map<String, Boolean> known = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : CommittedRecords.read(
                stage.bootstrapServers(), stage.settings().topics().names().memberships())) {
            known.put(new String(record.key(), StandardCharsets.UTF_8), record.value() != null);
        }
        Map<String, Set<String>> members = new TreeMap<>();
        known.forEach((key, isMember) -> {
            if (isMember) {
                int bar = key.indexOf('|');
                members.computeIfAbsent(key.substring(bar + 1), absent -> new TreeSet<>())
                        .add(key.substring(0, bar));
            }
        });
        return members;
    }
}
