// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.event.Vocabulary;
import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.statistics.Measure;
import dev.segue.statistics.Statistic;
import dev.segue.statistics.Subject;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random histories, with late events, late ticks and restarts: the windows in the topic equal what is counted one by one
 * from all changes. {@code -Dsegue.cases=N} and {@code -Dsegue.seed=S} for other ones.
 */
class StatisticsOnTopologyTest {
    private static final int CASES = Math.max(5, Integer.getInteger("segue.cases", 2_000) / 500);
    private static final long SEED = Long.getLong("segue.seed", 20261130);
    private static final Instant START = Instant.parse("2025-11-01T07:20:00Z");
    private static final int STEPS = 120;

    private static final String DEFINITIONS = TopologyScenario.QUIET + """
            ---
            segment: keen
            describes: Viewed twice within ninety minutes.
            when: product_viewed.within('90m').count() >= 2
            ---
            group: pace
            describes: How often the customer viewed.
            first:
              fast: product_viewed.within('6h').count() >= 4
              slow: product_viewed.count() >= 1
            ---
            trait: usual
            describes: The product viewed most within a day.
            value: product_viewed.within('1d').map(v, v.product_id).most().value
            """;

    private static final List<String> SEGMENTS = List.of("quiet", "keen", "fast", "slow", "usual");

    @TempDir
    Path directory;

    private Vocabulary vocabulary;

    @BeforeEach
    void readVocabulary() throws Exception {
        vocabulary = EventSchemas.read(Path.of("schemas", "events")).vocabulary();
    }

    @Test
    void windowsEqualWhatIsCountedOneByOne() throws Exception {
        for (int number = 0; number < CASES; number++) {
            long seed = SEED + number;
            try (TopologyScenario scenario = new TopologyScenario(directory.resolve("case" + number))) {
                scenario.define(DEFINITIONS);
                Story story = new Story(scenario, new Random(seed));
                story.run();
                check(story, seed);
            }
        }
    }

    private void check(Story story, long seed) {
        Instant end = story.now.truncatedTo(ChronoUnit.HOURS);
        int moved = 0;
        for (String segment : SEGMENTS) {
            List<Change> changes = story.changes.stream()
                    .filter(change -> change.segment().equals(segment))
                    .toList();
            for (Instant hour = START.truncatedTo(ChronoUnit.HOURS);
                    !hour.isAfter(end);
                    hour = hour.plus(1, ChronoUnit.HOURS)) {
                moved += check(story, segment, WindowSize.HOUR, hour, hour.plus(1, ChronoUnit.HOURS), changes, seed);
            }
            for (Instant day = START.truncatedTo(ChronoUnit.DAYS);
                    !day.isAfter(end);
                    day = day.plus(1, ChronoUnit.DAYS)) {
                moved += check(story, segment, WindowSize.DAY, day, day.plus(1, ChronoUnit.DAYS), changes, seed);
            }
        }
        assertThat(moved).as("seed %d", seed).isGreaterThan(20);
        assertThat(story.windows.keySet().stream().filter(key -> key.startsWith("hour|" + end + "|segment|")))
                .as("seed %d", seed)
                .hasSize(SEGMENTS.size());
    }

    private static int check(
            Story story, String segment, WindowSize size, Instant from, Instant to, List<Change> changes, long seed) {
        String key = size.label() + "|" + from + "|segment|" + segment;
        Statistic found = story.windows.get(key);
        assertThat(found).as("%s, seed %d", key, seed).isNotNull();
        assertThat(found.subject()).isEqualTo(Subject.segment(segment));
        assertThat(found.start()).isEqualTo(from.toEpochMilli());
        List<Change> inside = changes.stream()
                .filter(change -> !change.effectiveAt().isBefore(from)
                        && change.effectiveAt().isBefore(to))
                .toList();
        WindowCounts counts = found.counts();
        assertThat(List.of(
                        counts.get(Measure.members(size)),
                        counts.get(Measure.partitions(size)),
                        counts.get(Measure.ENTERED),
                        counts.get(Measure.EXITED)))
                .as("%s, seed %d", key, seed)
                .isEqualTo(List.of(
                        net(changes.stream()
                                .filter(change -> change.effectiveAt().isBefore(to))),
                        1L,
                        count(inside, Change.Kind.ENTERED),
                        count(inside, Change.Kind.EXITED)));
        long[] stays = inside.stream()
                .filter(change ->
                        change.kind() == Change.Kind.EXITED && change.cause().kind() != Cause.Kind.ERASURE)
                .mapToLong(change -> Duration.between(change.enteredAt(), change.effectiveAt())
                        .toMillis())
                .sorted()
                .toArray();
        if (stays.length == 0) {
            assertThat(counts.medianStay()).as("%s, seed %d", key, seed).isEmpty();
        } else {
            assertThat((double) counts.medianStay().orElseThrow())
                    .as("%s, seed %d", key, seed)
                    .isCloseTo((double) stays[(stays.length - 1) / 2], Percentage.withPercentage(3.2));
        }
        return inside.size();
    }

    private static long count(List<Change> changes, Change.Kind kind) {
        return changes.stream().filter(change -> change.kind() == kind).count();
    }

    private static long net(Stream<Change> changes) {
        return changes.mapToLong(change -> switch (change.kind()) {
                    case ENTERED -> 1;
                    case EXITED -> -1;
                    case UPDATED -> 0;
                })
                .sum();
    }

    /** What happens in one case. */
    private final class Story {
        private final TopologyScenario scenario;
        private final Random random;
        private final List<Change> changes = new ArrayList<>();
        private final Map<String, Statistic> windows = new LinkedHashMap<>();
        private Instant now = START;

        private Story(TopologyScenario scenario, Random random) {
            this.scenario = scenario;
            this.random = random;
        }

        private void run() throws Exception {
            scenario.timeIs(now);
            for (int step = 0; step < STEPS; step++) {
                now = now.plusMillis(random.nextInt(5) == 0 ? random.nextInt(18_000_000) : random.nextInt(900_000));
                switch (random.nextInt(6)) {
                    case 0 -> scenario.timeIs(now);
                    case 1 -> restart();
                    default -> event(step);
                }
            }
            scenario.timeIs(now.plusMillis(1));
            // The drain goes on after the tick that sends; the next one sends what it found.
            now = now.plus(Duration.ofSeconds(20));
            scenario.timeIs(now);
            gather();
        }

        private void restart() throws Exception {
            gather();
            scenario.restart();
        }

        private void gather() throws Exception {
            changes.addAll(scenario.readChanges());
            windows.putAll(scenario.statistics());
        }

        private void event(int step) throws Exception {
            Instant at = random.nextInt(4) == 0 ? now.minusMillis(random.nextInt(30 * 3_600_000)) : now;
            Map<String, Object> values = new HashMap<>(Map.of(
                    "customer_id", "c" + random.nextInt(5),
                    "event_id", "e" + (random.nextInt(15) == 0 ? step - 1 : step),
                    "occurred_at", at.toString(),
                    "type", "product_viewed",
                    "product_id", "p" + random.nextInt(3)));
            if (random.nextInt(30) == 0) {
                values.put("type", "customer_erased");
                values.remove("product_id");
            }
            scenario.event(new EventBuilder(vocabulary).build(values), now);
        }
    }
}
