// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.DefinitionReader;
import dev.segue.event.Event;
import dev.segue.plan.Plan;
import dev.segue.plan.PopulationNeed;
import dev.segue.plan.population.Cuts;
import dev.segue.plan.population.ValueBuckets;
import dev.segue.runtime.settings.SegmentFiles;
import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.output.Control;
import dev.segue.serde.output.ControlCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
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

/**
 * The processor is killed while it compares customers with each other. At the end, the number of customers, all percentiles
 * and the members equal those that are computed straightforwardly from the events.
 */
class KilledPopulationIT {
    private static final long SEED = Long.getLong("segue.fault.seed", 20_261_130);
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant END = START.plus(Duration.ofDays(30));
    private static final int KEEN = 3;
    private static final int TOP_TENTHS = 900;
    private static final int KEEN_TOP_TENTHS = 500;
    private static final String DEFINITIONS = """
            segment: top
            when: order_completed.map(o, o.total).sum().percentile() >= 90.0
            population: {minimum: 3}
            ---
            segment: keen
            when: product_viewed.count() >= 3
            ---
            segment: keen-top
            when: order_completed.count().percentile() >= 50.0
            among: keen
            population: {minimum: 3}
            """;

    /** Longer than the pause between two reports. */
    private static final Duration STEP = Duration.ofMillis(1_500);

    @TempDir
    Path directory;

    private FaultStage stage;
    private Instant clock = START;

    @Test
    void countsNobodyTwiceAndLosesNobodyInThreeKills() throws Exception {
        kill("exactly_once", 3, 2_500, 150);
    }

    @Test
    @Tag("faults")
    void countsNobodyTwiceAndLosesNobodyInThreeKillsAtLeastOnce() throws Exception {
        kill("at_least_once", 3, 2_500, 150);
    }

    @ParameterizedTest
    @Tag("faults")
    @ValueSource(strings = {"exactly_once", "at_least_once"})
    void countsNobodyTwiceAndLosesNobodyInThirtyKills(String guarantee) throws Exception {
        kill(guarantee, 30, 20_000, 1_000);
    }

    private void kill(String guarantee, int times, int events, int customers) throws Exception {
        Random random = new Random(SEED);
        try (FaultStage opened = FaultStage.withoutSegments(directory)) {
            stage = opened;
            stage.processing("guarantee", guarantee);
            // Slower than usual, so that cuts move while events come.
            stage.kafka("main.consumer.max.poll.records", 10);
            Files.writeString(stage.segments().resolve("all.yaml"), DEFINITIONS);
            ChildJvm processor = stage.startProcessor("a", stage.bootstrapServers(), clock);
            try {
                stage.awaitCommitted(processor, 0);
                stage.keepForEver();
                stage.configure(stage.settings().topics().names().population(), "retention.ms", "-1");
                List<Event> shop = shop(random, events, customers);
                stage.publish(stage.records(shop));
                for (int kill = 1; kill <= times; kill++) {
                    awaitCommitted(processor, (long) events * kill / (times + 2));
                    Thread.sleep(random.nextInt(100));
                    processor.kill();
                    stage.requireNotFinished("at kill " + kill + " of seed " + SEED);
                    processor = stage.startProcessor("a", stage.bootstrapServers(), clock);
                }
                awaitCommitted(processor, events);
                // The next start sends all counts again, so that the last cuts are those of the end.
                processor.kill();
                clock = END;
                processor = stage.startProcessor("a", stage.bootstrapServers(), clock);
                check(processor, new Straight(shop), times + 1);
            } finally {
                processor.close();
            }
        }
    }

    /** Few customers order much. One event in twenty is a duplicate. */
    private List<Event> shop(Random random, int events, int customers) throws Exception {
        EventBuilder builder = new EventBuilder(stage.schemas().vocabulary());
        List<Event> shop = new ArrayList<>();
        for (int number = 0; number < events; number++) {
            if (number > 10 && random.nextInt(20) == 0) {
                shop.add(shop.get(number - 1 - random.nextInt(10)));
                continue;
            }
            boolean orders = random.nextInt(3) == 0;
            double rank = random.nextDouble();
            Map<String, Object> event = new HashMap<>();
            event.put("type", orders ? "order_completed" : "product_viewed");
            event.put("customer_id", "c" + (int) (rank * rank * customers));
            event.put("event_id", "e" + number);
            event.put("occurred_at", START.plusSeconds(number).toEpochMilli());
            if (orders) {
                event.put("order_id", "o" + number);
                event.put("total", (1 + random.nextInt(500)) + ".00");
            } else {
                event.put("product_id", "p1");
            }
            shop.add(builder.build(event));
        }
        return shop;
    }

    /** Ticks meanwhile, so that counts are sent and cuts come back. */
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

    private void check(ChildJvm processor, Straight straight, int times) throws Exception {
        try {
            FaultStage.await("cuts and members equal the straight computation", () -> {
                tick(processor);
                Thread.sleep(250);
                return lastCuts().equals(straight.cuts()) && members().equals(straight.members());
            });
        } catch (AssertionError differs) {
            assertThat(lastCuts()).as("seed %d", SEED).isEqualTo(straight.cuts());
            assertThat(members()).as("seed %d", SEED).isEqualTo(straight.members());
            throw differs;
        }
        // What would be counted twice may come later.
        for (int ticks = 0; ticks < 3; ticks++) {
            tick(processor);
            Thread.sleep(1_000);
        }
        assertThat(lastCuts()).as("seed %d", SEED).isEqualTo(straight.cuts());
        assertThat(members()).as("seed %d", SEED).isEqualTo(straight.members());
        assertThat(straight.members().keySet()).contains("top", "keen", "keen-top");
        System.out.println("killed populations: seed " + SEED + ", " + times + " kills, "
                + stage.sent().size() + " records, " + messages() + " cuts; at the end "
                + straight.members().get("top").size()
                + " members of the top segment");
    }

    /** The last cuts of each population, in each partition, without their instants. */
    private Map<String, String> lastCuts() throws Exception {
        Map<String, String> last = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : control()) {
            if (codec().decode(record.value()) instanceof Control.Moved moved) {
                Cuts cuts = moved.table();
                last.put(
                        Long.toHexString(cuts.population()) + " in " + record.partition(),
                        text(cuts.customers(), cuts.lowest()));
            }
        }
        return last;
    }

    private long messages() throws Exception {
        long messages = 0;
        for (ConsumerRecord<byte[], byte[]> record : control()) {
            messages += codec().decode(record.value()) instanceof Control.Moved ? 1 : 0;
        }
        return messages;
    }

    private List<ConsumerRecord<byte[], byte[]>> control() throws Exception {
        return CommittedRecords.read(
                stage.bootstrapServers(), stage.settings().topics().names().control());
    }

    private ControlCodec codec() throws Exception {
        return new ControlCodec(
                new DirectorySchemaRegistry(stage.settings().registryDirectory()),
                stage.settings().topics().names().control());
    }

    private static String text(long customers, int[] lowest) {
        return customers + " " + Arrays.toString(lowest);
    }

    private Map<String, Set<String>> members() throws Exception {
        Map<String, Boolean> last = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : CommittedRecords.read(
                stage.bootstrapServers(), stage.settings().topics().names().memberships())) {
            last.put(new String(record.key(), StandardCharsets.UTF_8), record.value() != null);
        }
        Map<String, Set<String>> members = new TreeMap<>();
        last.forEach((key, isMember) -> {
            if (isMember) {
                int bar = key.indexOf('|');
                members.computeIfAbsent(key.substring(bar + 1), absent -> new TreeSet<>())
                        .add(key.substring(0, bar));
            }
        });
        return members;
    }

    /** What the events give, computed without regard to cost. */
    private final class Straight {
        private final Map<String, Integer> spent = new TreeMap<>();
        private final Map<String, Integer> orders = new TreeMap<>();
        private final Set<String> keen = new TreeSet<>();

        Straight(List<Event> events) {
            Map<String, Integer> amounts = new HashMap<>();
            Map<String, Integer> ordered = new HashMap<>();
            Map<String, Integer> viewed = new HashMap<>();
            Set<String> known = new TreeSet<>();
            for (Event event : events) {
                if (!known.add(event.eventId())) {
                    continue;
                }
                if (event.type().name().equals("order_completed")) {
                    int total = (int)
                            Double.parseDouble(String.valueOf(event.fields().get("total")));
                    amounts.merge(event.customerId(), total, Integer::sum);
                    ordered.merge(event.customerId(), 1, Integer::sum);
                } else {
                    viewed.merge(event.customerId(), 1, Integer::sum);
                }
            }
            viewed.forEach((customer, views) -> {
                if (views >= KEEN) {
                    keen.add(customer);
                    orders.put(customer, ValueBuckets.WHOLE.of((long) ordered.getOrDefault(customer, 0)));
                }
            });
            amounts.forEach((customer, amount) -> spent.put(customer, ValueBuckets.DECIMAL.of((double) amount)));
        }

        Map<String, String> cuts() throws Exception {
            Map<String, String> cuts = new TreeMap<>();
            Plan plan = Plan.compile(
                    new DefinitionReader(stage.schemas().vocabulary())
                            .read(SegmentFiles.read(List.of(stage.segments()))),
                    stage.schemas().vocabulary());
            for (PopulationNeed need : plan.populations()) {
                Map<String, Integer> buckets = need.among() == null ? spent : orders;
                for (int partition = 0; partition < stage.settings().topics().partitions(); partition++) {
                    cuts.put(Long.toHexString(need.id()) + " in " + partition, text(buckets.size(), lowest(buckets)));
                }
            }
            assertThat(cuts).isNotEmpty();
            return cuts;
        }

        /** A percentile begins where at least so many of a thousand are lower. */
        private int[] lowest(Map<String, Integer> buckets) {
            int[] sorted = buckets.values().stream()
                    .mapToInt(Integer::intValue)
                    .sorted()
                    .toArray();
            int[] lowest = new int[Cuts.HIGHEST + 1];
            lowest[0] = ValueBuckets.NONE;
            for (int tenths = 1; tenths <= Cuts.HIGHEST; tenths++) {
                int needed = (tenths * sorted.length + Cuts.HIGHEST - 1) / Cuts.HIGHEST;
                lowest[tenths] = sorted[needed - 1] + 1;
            }
            return lowest;
        }

        Map<String, Set<String>> members() {
            return new TreeMap<>(
                    Map.of("keen", keen, "top", above(spent, TOP_TENTHS), "keen-top", above(orders, KEEN_TOP_TENTHS)));
        }

        private Set<String> above(Map<String, Integer> buckets, int tenths) {
            Set<String> above = new TreeSet<>();
            buckets.forEach((customer, bucket) -> {
                long lower = buckets.values().stream()
                        .filter(other -> other < bucket)
                        .count();
                if (lower * Cuts.HIGHEST / buckets.size() >= tenths) {
                    above.add(customer);
                }
            });
            return above;
        }
    }
}
