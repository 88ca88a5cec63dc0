// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.avro.CustomerSession;
import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.runtime.operate.StatisticLog;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.output.ChangeCodec;
import dev.segue.serde.output.OutputReader;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import dev.segue.statistics.StraightStatistics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fault 1 once more: the processor is killed while it counts. All windows and sessions equal those that are computed
 * straightforwardly from the events and the changes in the log.
 */
class KilledStatisticsIT {
    private static final long SEED = Long.getLong("segue.fault.seed", 20_261_130);
    private static final int PARTITIONS = 4;
    private static final String DEFINITIONS = """
            segment: quiet
            when: activity.count() > 0 && activity.within('1h').count() == 0
            ---
            segment: keen
            when: product_viewed.within('90m').count() >= 2
            ---
            group: pace
            first:
              fast: page_viewed.within('3h').count() >= 4
              slow: page_viewed.count() >= 1
            ---
            trait: usual
            value: product_viewed.within('4h').map(v, v.product_id).most().value
            """;
    private static final List<String> SEGMENTS = List.of("quiet", "keen", "fast", "slow", "usual");

    /** All deadlines are due, and sizes are still revised. */
    private static final Instant END = VisitedShop.START.plus(VisitedShop.OPEN).plus(Duration.ofHours(6));

    /** Longer than {@code statistics.interval}. */
    private static final Duration STEP = Duration.ofSeconds(11);

    @TempDir
    Path directory;

    private FaultStage stage;
    private Instant clock = Instant.EPOCH;

    @Test
    void countsNothingTwiceAndLosesNothingInFourKills() throws Exception {
        kill(4, 2_500, 64);
    }

    @Test
    @Tag("faults")
    void countsNothingTwiceAndLosesNothingInFortyKills() throws Exception {
        kill(40, 20_000, 400);
    }

    private void kill(int times, int events, int customers) throws Exception {
        Random random = new Random(SEED);
        try (FaultStage opened = FaultStage.withoutSegments(directory)) {
            stage = opened;
            Files.writeString(stage.segments().resolve("all.yaml"), DEFINITIONS);
            ChildJvm processor = stage.startProcessor();
            try {
                stage.awaitCommitted(processor, 0);
                // Their timestamps are the clock's, which shows 1970.
                stage.configure(stage.settings().topics().names().statisticsParts(), "retention.ms", "-1");
                stage.publish(
                        stage.records(new VisitedShop(SEED, stage.schemas().vocabulary()).events(events, customers)));
                for (int kill = 1; kill <= times; kill++) {
                    awaitCommitted(processor, (long) events * kill / (times + 2));
                    Thread.sleep(random.nextInt(100));
                    processor.kill();
                    stage.requireNotFinished("at kill " + kill + " of seed " + SEED);
                    processor = stage.startProcessor("a", stage.bootstrapServers(), clock);
                }
                awaitCommitted(processor, events);
                clock = END;
                check(processor, times);
            } finally {
                processor.close();
            }
        }
    }

    /** Ticks meanwhile, so that the tasks send what they have counted; all ticks are earlier than the events. */
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

    private void check(ChildJvm processor, int times) throws Exception {
        // The second tick sends what the drain of the first one has found.
        for (int ticks = 0; ticks < 2; ticks++) {
            tick(processor);
            Thread.sleep(1_000);
        }
        StraightStatistics[] straight = {straight()};
        try {
            FaultStage.await("windows equal the straight computation", () -> {
                tick(processor);
                straight[0] = straight();
                return counts().equals(straight[0].counts());
            });
        } catch (AssertionError differs) {
            assertThat(counts()).as("seed %d", SEED).isEqualTo(straight[0].counts());
            throw differs;
        }
        // What would be counted twice may come later.
        tick(processor);
        Thread.sleep(1_000);
        Map<String, String> counts = counts();
        assertThat(counts).as("seed %d", SEED).isEqualTo(straight[0].counts());
        assertThat(sessions()).as("seed %d", SEED).isEqualTo(straight[0].sessions());
        assertThat(counts.keySet())
                .anyMatch(key -> key.contains("|form|") && key.endsWith(" ABANDONED"))
                .anyMatch(key -> key.contains("|category|") && key.endsWith(" RETURNED"))
                .anyMatch(key -> key.contains("|page|") && key.endsWith(" LANDING_ORDERS"))
                .anyMatch(key -> key.contains("|segment|") && key.contains(" stay "));
        System.out.println("killed statistics: seed " + SEED + ", " + times + " kills, "
                + stage.sent().size() + " records, " + counts.size() + " counts and "
                + straight[0].sessions().values().stream().mapToInt(List::size).sum() + " sessions compared");
    }

    private StraightStatistics straight() throws Exception {
        Settings settings = stage.settings();
        TopicNames names = settings.topics().names();
        DirectorySchemaRegistry registry = new DirectorySchemaRegistry(settings.registryDirectory());
        EventDecoder decoder = new EventDecoder(stage.schemas(), registry);
        StraightStatistics straight = new StraightStatistics();
        for (ConsumerRecord<byte[], byte[]> record : read(names.behaviorEvents())) {
            straight.event(
                    decoder.decode(new String(record.key(), StandardCharsets.UTF_8), record.value()), Instant.EPOCH);
        }
        straight.timeIs(END);
        ChangeCodec changes = new ChangeCodec(registry, names.changes());
        for (ConsumerRecord<byte[], byte[]> record : read(names.changes())) {
            straight.change(changes.decode(record.value()));
        }
        straight.sizes(SEGMENTS, PARTITIONS, VisitedShop.START, END);
        return straight;
    }

    /** The windows of the story: there are also those of 1970, and of the two days before the first event. */
    private Map<String, String> counts() throws Exception {
        return StraightStatistics.counts(new StatisticLog(stage.settings())
                .read(window ->
                        window.start() >= VisitedShop.START.toEpochMilli() && window.start() < END.toEpochMilli()));
    }

    private Map<String, List<String>> sessions() throws Exception {
        OutputReader reader =
                new OutputReader(new DirectorySchemaRegistry(stage.settings().registryDirectory()));
        List<CustomerSession> sessions = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record :
                read(stage.settings().topics().names().sessions())) {
            sessions.add(reader.session(record.value()));
        }
        return StraightStatistics.texts(sessions);
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return CommittedRecords.read(stage.bootstrapServers(), topic);
    }
}
