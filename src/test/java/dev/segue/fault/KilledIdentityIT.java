// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.DefinitionReader;
import dev.segue.event.Event;
import dev.segue.plan.Plan;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Membership;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fault 43: the processor is killed while customers move to other ids of theirs, and while new definitions are filled
 * from the past of all ids. In the end, everybody is what one history with all of the person's events makes of them.
 */
class KilledIdentityIT {
    private static final long SEED = Long.getLong("segue.fault.seed", 20_261_222);
    private static final int LONGEST_PAUSE_MS = 900;
    private static final List<String> DEFINITIONS = List.of(
            "segment: buyer\nwhen: purchase.count() >= 2\n",
            "segment: spender\nwhen: purchase.map(p, p.total).sum() > 250.0\n",
            "segment: watching\nwhen: product_viewed.within('20d').count() >= 3\n",
            "segment: broad\nwhen: product_viewed.map(v, v.category).distinct().count() >= 4\n",
            "segment: full-cart\nwhen: cart.count() >= 2\n",
            "trait: favourite\nvalue: product_viewed.map(v, v.product_id).most().value\n",
            "group: tier\nfirst:\n  gold: purchase.count() > 5\n  silver: purchase.count() > 0\n");

    /** So many are there from the beginning; the others are published one at a time. */
    private static final int FIRST = DEFINITIONS.size() - 4;

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private int midway;

    @Test
    void everybodyIsOnePersonAfterEightKills() throws Exception {
        run("exactly_once", 8, 60, 3_000);
    }

    @Test
    @Tag("faults")
    void everybodyIsOnePersonAfterTwentyKills() throws Exception {
        run("exactly_once", 20, 300, 15_000);
    }

    @Test
    @Tag("faults")
    void everybodyIsOnePersonAfterTwentyKillsAtLeastOnce() throws Exception {
        run("at_least_once", 20, 300, 15_000);
    }

    private void run(String guarantee, int kills, int persons, int events) throws Exception {
        System.out.println("killed identity: seed " + SEED);
        boolean exactly = guarantee.equals("exactly_once");
        try (FaultStage stage = FaultStage.withoutSegments(directory)) {
            for (int number = 0; number < FIRST; number++) {
                Files.writeString(stage.segments().resolve("d" + number + ".yaml"), DEFINITIONS.get(number));
            }
            stage.processing("guarantee", guarantee);
            stage.kafka("consumer.interceptor.classes", "dev.segue.fault.SlowReading");
            stage.kafka("consumer.max.poll.records", 50);
            PersonsShop shop = new PersonsShop(SEED, stage.schemas().vocabulary(), persons);
            ChildJvm processor = stage.startProcessor();
            try {
                stage.awaitBegun(processor);
                stage.configure(stage.settings().topics().names().transfers(), "retention.ms", "-1");
                int linking = shop.linksLeft() / kills + 1;
                for (int kill = 0; kill < kills; kill++) {
                    if (kill % (kills / 4) == 1) {
                        int edit = kill / (kills / 4) + 1;
                        FillStory.publish(stage, DEFINITIONS.subList(0, FIRST + edit), edit);
                    }
                    stage.publish(stage.records(shop.events(events / kills, linking)));
                    Thread.sleep(random.nextInt(LONGEST_PAUSE_MS));
                    // At least once, transfers are read as soon as they are written.
                    boolean isMidway = exactly
                            ? inFlight(stage) > 0
                            : stage.committed() < stage.sent().size();
                    midway += isMidway ? 1 : 0;
                    processor.kill();
                    processor = stage.startProcessor();
                }
                assertThat(shop.linksLeft()).isZero();
                stage.awaitCommitted(processor, stage.sent().size());
                Instant end = Instant.ofEpochMilli(shop.now()).plusSeconds(60);
                processor.write(end.toString());
                compare(stage, processor, end);
            } finally {
                processor.close();
            }
        }
        System.out.println("killed identity: " + midway + " of " + kills + " kills midway");
        assertThat(midway).isGreaterThanOrEqualTo(kills / 2);
    }

    /** The number of transfers that no task has handled. */
    private static long inFlight(FaultStage stage) throws Exception {
        String topic = stage.settings().topics().names().transfers();
        Set<Integer> partitions = IntStream.range(0, stage.settings().topics().partitions())
                .boxed()
                .collect(Collectors.toSet());
        long written = stage.progress().visible(topic, partitions).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        long handled = stage.progress().committed(topic).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return written - handled;
    }

    private static void compare(FaultStage stage, ChildJvm processor, Instant end) throws Exception {
        Map<String, String> due = due(stage, end);
        long patience = System.nanoTime() + FaultStage.PATIENCE.toNanos();
        Map<String, String> found = members(stage);
        while (!found.equals(due) && System.nanoTime() < patience) {
            processor.requireAlive();
            Thread.sleep(200);
            found = members(stage);
        }
        assertThat(differences(found, due))
                .as("the processor said: " + processor.said())
                .isEmpty();
        Thread.sleep(Duration.ofSeconds(1).toMillis());
        assertThat(differences(members(stage), due)).isEmpty();
        assertThat(profiles(stage)).doesNotHaveDuplicates();
        System.out.println("killed identity: " + due.size() + " memberships of "
                + stage.sent().size() + " events agree");
    }

    private static List<String> differences(Map<String, String> found, Map<String, String> due) {
        Set<String> keys = new TreeSet<>(found.keySet());
        keys.addAll(due.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(found.get(key), due.get(key)))
                .map(key -> key + ": found " + found.get(key) + ", due " + due.get(key))
                .toList();
    }

    /** What one history of each person gives. */
    private static Map<String, String> due(FaultStage stage, Instant end) throws Exception {
        Plan plan = Plan.compile(
                new DefinitionReader(stage.schemas().vocabulary()).read(FillReference.files(DEFINITIONS)),
                stage.schemas().vocabulary());
        EventDecoder decoder = new EventDecoder(
                stage.schemas(), new DirectorySchemaRegistry(stage.settings().registryDirectory()));
        Map<String, CustomerState> persons = new HashMap<>();
        for (Sent sent : stage.sent()) {
            String id = new String(sent.key(), StandardCharsets.UTF_8);
            Event event = decoder.decode(id, sent.value()).of(PersonsShop.person(id));
            var unused = plan.apply(
                    persons.computeIfAbsent(event.customerId(), CustomerState::new),
                    event,
                    Long.MIN_VALUE,
                    event.time());
        }
        Map<String, String> due = new TreeMap<>();
        for (CustomerState person : persons.values()) {
            var unused = plan.advance(person, end.toEpochMilli(), end.toEpochMilli());
            for (Membership membership : person.memberships()) {
                due.put(
                        person.customerId() + " " + membership.segment(),
                        membership.group() + " " + membership.value());
            }
        }
        return due;
    }

    /** The memberships in the topic, by person: none may be there twice. */
    private static Map<String, String> members(FaultStage stage) throws Exception {
        Map<String, GenericRecord> latest = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : CommittedRecords.read(
                stage.bootstrapServers(), stage.settings().topics().names().memberships())) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                latest.remove(key);
            } else {
                latest.put(key, membership(record.value()));
            }
        }
        Map<String, String> members = new TreeMap<>();
        latest.forEach((key, membership) -> members.merge(
                PersonsShop.person(membership.get("customer_id").toString()) + " " + membership.get("segment"),
                membership.get("group") + " " + value(membership),
                (one, other) -> one + " twice " + other));
        return members;
    }

    private static Object value(GenericRecord membership) {
        return membership.get("value") instanceof GenericRecord value ? value.get("value") : null;
    }

    private static GenericRecord membership(byte[] value) throws Exception {
        return new GenericDatumReader<GenericRecord>(dev.segue.avro.Membership.getClassSchema())
                .read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null));
    }

    /** The persons with a profile, once for each profile. */
    private static List<String> profiles(FaultStage stage) throws Exception {
        Map<String, Boolean> latest = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : CommittedRecords.read(
                stage.bootstrapServers(), stage.settings().topics().names().profiles())) {
            latest.put(new String(record.key(), StandardCharsets.UTF_8), record.value() != null);
        }
        List<String> persons = new ArrayList<>();
        latest.forEach((id, exists) -> {
            if (exists) {
                persons.add(PersonsShop.person(id));
            }
        });
        return persons;
    }
}
