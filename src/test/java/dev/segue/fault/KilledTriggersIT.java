// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.DefinitionReader;
import dev.segue.event.Event;
import dev.segue.event.TriggerDecision;
import dev.segue.event.TriggerDecision.Kind;
import dev.segue.plan.Plan;
import dev.segue.plan.PlanOptions;
import dev.segue.replay.EventsInMemory;
import dev.segue.replay.Replay;
import dev.segue.replay.Until;
import dev.segue.runtime.settings.SegmentFiles;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.output.TriggerDecisionCodec;
import dev.segue.serde.output.TriggerDecisionJson;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fault 1 once more: the processor is killed while triggers decide, because of events and because of time alone. At the end, all
 * decisions are those of an undisturbed replay of the log, no cap is exceeded, and nothing is sent twice.
 */
class KilledTriggersIT {
    private static final long SEED = Long.getLong("segue.fault.seed", 20_261_201);
    private static final DecisionRules RULES =
            new DecisionRules(2, Duration.ofHours(12), LocalTime.of(21, 0), LocalTime.of(8, 0));
    private static final String DEFINITIONS = """
            segment: looking
            when: product_viewed.within('2h').count() > 0
            ---
            segment: cart-left
            when: cart.count() > 0 && activity.within('30m').count() == 0
            ---
            channel: email
            consent: profile.consent.email == true
            quiet: {from: '21:00', to: '08:00'}
            cap: {at_most: 2, per: 12h}
            ---
            trigger: advice
            on: looking
            channel: email
            wait: 35m
            holdout: 10
            expires: 6h
            goal: {event: order_completed, within: 3h}
            send: {template: "'advice'", views: product_viewed.count()}
            ---
            trigger: reminder
            on: cart-left
            channel: email
            wait: 10m
            cap: {at_most: 1, per: 6h}
            priority: 50
            holdout: 20
            expires: 8h
            goal: {event: order_completed, within: 6h, value: total}
            send: {template: "'reminder'", items: "cart.map(i, i.product_id)"}
            """;

    /** Longer than everything that triggers wait for. */
    private static final Duration AFTER_THE_LAST = Duration.ofDays(3);

    @TempDir
    Path directory;

    private FaultStage stage;

    @Test
    void decidesNothingTwiceAndLosesNothingInThreeKills() throws Exception {
        kill("exactly_once", 3, 8_000, 2_000);
    }

    @Test
    @Tag("faults")
    void losesNothingInThreeKillsAtLeastOnce() throws Exception {
        kill("at_least_once", 3, 8_000, 2_000);
    }

    @ParameterizedTest
    @Tag("faults")
    @ValueSource(strings = {"exactly_once", "at_least_once"})
    void losesNothingInTwentyFiveKills(String guarantee) throws Exception {
        kill(guarantee, 25, 40_000, 5_000);
    }

    private void kill(String guarantee, int times, int events, int customers) throws Exception {
        Random random = new Random(SEED);
        try (FaultStage opened = FaultStage.withoutSegments(directory)) {
            stage = opened;
            stage.processing("guarantee", guarantee);
            Files.writeString(stage.segments().resolve("all.yaml"), DEFINITIONS);
            ChildJvm processor = stage.startProcessor();
            try {
                stage.awaitCommitted(processor, 0);
                stage.keepForEver();
                stage.configure(stage.settings().topics().names().activations(), "retention.ms", "-1");
                List<Event> shop = new TriggeredShop(SEED, stage.schemas().vocabulary()).events(events, customers);
                TraceTime time = new TraceTime(shop, stage.publish(stage.records(shop)));
                List<Integer> meanwhile = new ArrayList<>();
                for (int kill = 1; kill <= times; kill++) {
                    awaitCommitted(processor, time, (long) events * kill / (times + 2));
                    // At a random point between two commits.
                    Thread.sleep(random.nextInt(100));
                    processor.kill();
                    stage.requireNotFinished("at kill " + kill + " of seed " + SEED);
                    meanwhile.add(decisions().size());
                    Instant clock = time.at(stage.progress().committed());
                    processor = stage.startProcessor("a", stage.bootstrapServers(), clock);
                }
                assertThat(meanwhile).as("kills strike while it decides").doesNotHaveDuplicates();
                awaitCommitted(processor, time, events);
                Instant end = time.last().plus(AFTER_THE_LAST);
                processor.write(end.toString());
                check(processor, guarantee, end);
                System.out.println("killed triggers: seed " + SEED + ", " + guarantee + ", " + times + " kills after "
                        + meanwhile + " decisions");
            } finally {
                processor.close();
            }
        }
    }

    /** Advances time as far as the processed events allow, so that time alone makes decisions due, too. */
    private void awaitCommitted(ChildJvm processor, TraceTime time, long records) throws Exception {
        FaultStage.await(records + " records are done", () -> {
            processor.requireAlive();
            Map<Integer, Long> committed = stage.progress().committed();
            processor.write(time.at(committed).toString());
            return committed.values().stream().mapToLong(Long::longValue).sum() >= records;
        });
    }

    private void check(ChildJvm processor, String guarantee, Instant end) throws Exception {
        List<TriggerDecision> expected = replayed(end);
        Map<String, List<String>> straight = texts(expected);
        FaultStage.await("as many decisions as in a replay", () -> {
            processor.requireAlive();
            Thread.sleep(250);
            return once(decisions()).size() >= expected.size();
        });
        // What would be decided twice may come later.
        Thread.sleep(2_000);
        List<TriggerDecision> written = decisions();
        List<TriggerDecision> decided = once(written);
        if (guarantee.equals("exactly_once")) {
            assertThat(written).as("seed %d", SEED).hasSameSizeAs(decided);
        }
        assertThat(texts(decided)).as("seed %d", SEED).isEqualTo(straight);
        RULES.check(decided);
        Map<Kind, Integer> kinds = new TreeMap<>();
        decided.forEach(decision -> kinds.merge(decision.kind(), 1, Integer::sum));
        assertThat(kinds.keySet()).containsExactly(Kind.values());
        System.out.println("killed triggers: " + stage.sent().size() + " records, " + decided.size()
                + " decisions compared, " + (written.size() - decided.size()) + " of them repeated: " + kinds);
    }

    /** What an undisturbed replay of the log itself decides. */
    private List<TriggerDecision> replayed(Instant end) throws Exception {
        EventDecoder decoder = new EventDecoder(
                stage.schemas(), new DirectorySchemaRegistry(stage.settings().registryDirectory()));
        List<Event> events = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record :
                read(stage.settings().topics().names().behaviorEvents())) {
            events.add(decoder.decode(new String(record.key(), StandardCharsets.UTF_8), record.value()));
        }
        assertThat(events).hasSameSizeAs(stage.sent());
        Plan plan = Plan.compile(
                new DefinitionReader(stage.schemas().vocabulary()).read(SegmentFiles.read(List.of(stage.segments()))),
                stage.schemas().vocabulary(),
                PlanOptions.of(stage.settings()));
        return new Replay(plan)
                .run(new EventsInMemory(events), new Until.At(end.toEpochMilli()))
                .decisions();
    }

    /** All committed decisions; those of one customer in order. */
    private List<TriggerDecision> decisions() throws Exception {
        String topic = stage.settings().topics().names().activations();
        TriggerDecisionCodec codec = new TriggerDecisionCodec(
                new DirectorySchemaRegistry(stage.settings().registryDirectory()), topic);
        List<TriggerDecision> decisions = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : read(topic)) {
            TriggerDecision decision = codec.decode(record.value());
            assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(decision.customerId());
            decisions.add(decision);
        }
        return decisions;
    }

    /** Under at_least_once, a decision may be repeated, but with the same content. */
    private static List<TriggerDecision> once(List<TriggerDecision> decisions) {
        Map<String, String> known = new HashMap<>();
        List<TriggerDecision> once = new ArrayList<>();
        for (TriggerDecision decision : decisions) {
            String before = known.put(decision.decisionId(), text(decision));
            if (before == null) {
                once.add(decision);
            } else {
                assertThat(text(decision)).isEqualTo(before);
            }
        }
        return once;
    }

    private static Map<String, List<String>> texts(List<TriggerDecision> decisions) {
        Map<String, List<String>> texts = new TreeMap<>();
        for (TriggerDecision decision : decisions) {
            texts.computeIfAbsent(decision.customerId(), absent -> new ArrayList<>())
                    .add(text(decision));
        }
        return texts;
    }

    /** As JSON, without the only field that comes from a clock. */
    private static String text(TriggerDecision decision) {
        return TriggerDecisionJson.write(decision).replaceFirst("\"detected_at\":\"[^\"]*\",", "");
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return CommittedRecords.read(stage.bootstrapServers(), topic);
    }
}
