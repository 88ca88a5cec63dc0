// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.StatisticsSettings;
import dev.segue.event.Vocabulary;
import dev.segue.serde.event.EventBuilder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.statistics.Measure;
import dev.segue.statistics.Statistic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From when on and for how long windows are kept. */
class KeptWindowsOnTopologyTest {
    private static final Instant HOUR = Instant.parse("2025-11-01T10:00:00Z");
    private static final String HOUR_KEY = "hour|2025-11-01T10:00:00Z|page|/cart";
    private static final String DAY_KEY = "day|2025-11-01T00:00:00Z|page|/cart";
    private static final Duration HOURS = StatisticsSettings.defaults().keepHours();
    private static final Duration DAYS = StatisticsSettings.defaults().keepDays();

    @TempDir
    Path directory;

    private Vocabulary vocabulary;
    private TopologyScenario scenario;
    private int events;

    @BeforeEach
    void open() throws Exception {
        vocabulary = EventSchemas.read(Path.of("schemas", "events")).vocabulary();
        scenario = new TopologyScenario(directory);
    }

    @AfterEach
    void close() {
        scenario.close();
    }

    private void view(Instant at, Instant now) throws Exception {
        events++;
        scenario.event(
                new EventBuilder(vocabulary)
                        .build(Map.of(
                                "type",
                                "page_viewed",
                                "customer_id",
                                "c" + events,
                                "event_id",
                                "e" + events,
                                "occurred_at",
                                at.toString(),
                                "path",
                                "/cart")),
                now);
    }

    /** The windows of the page written by two ticks, of which the second sends what the first one has found. */
    private Map<String, @Nullable Statistic> windowsAt(Instant now) throws Exception {
        scenario.timeIs(now);
        scenario.timeIs(now.plusSeconds(20));
        Map<String, @Nullable Statistic> windows = new TreeMap<>(scenario.statistics());
        windows.keySet().removeIf(key -> !key.endsWith("|page|/cart"));
        return windows;
    }

    private void viewOnce() throws Exception {
        scenario.timeIs(HOUR);
        view(HOUR.plusSeconds(60), HOUR.plusSeconds(60));
        assertThat(windowsAt(HOUR.plusSeconds(120))).containsOnlyKeys(HOUR_KEY, DAY_KEY);
        // The session ends.
        windowsAt(HOUR.plusSeconds(3_600));
    }

    @Test
    void windowIsKeptAsLongAsTheSettingsSay() throws Exception {
        viewOnce();
        assertThat(windowsAt(HOUR.plus(HOURS))).isEmpty();
        view(HOUR.plusSeconds(1), HOUR.plus(HOURS));
        assertThat(windowsAt(HOUR.plus(HOURS).plusSeconds(60)).get(HOUR_KEY))
                .satisfies(
                        window -> assertThat(window.counts().get(Measure.VIEWS)).isEqualTo(2));
    }

    @Test
    void hourEndsWithATombstoneAndItsDayGoesOn() throws Exception {
        viewOnce();
        Instant now = HOUR.plus(HOURS).plus(Duration.ofHours(1));
        assertThat(windowsAt(now)).containsOnlyKeys(HOUR_KEY).containsEntry(HOUR_KEY, null);
        view(HOUR.plusSeconds(1), now);
        assertThat(windowsAt(now.plusSeconds(60)))
                .containsOnlyKeys(DAY_KEY)
                .satisfies(windows -> assertThat(windows.get(DAY_KEY).counts().get(Measure.VIEWS))
                        .isEqualTo(2));
        assertThat(scenario.counter("segue.statistics.late")).isZero();
    }

    @Test
    void hourThatHasEndedDoesNotBeginAgainAfterARestart() throws Exception {
        viewOnce();
        Instant now = HOUR.plus(HOURS).plus(Duration.ofHours(1));
        windowsAt(now);
        scenario.restart();
        view(HOUR.plusSeconds(1), now);
        assertThat(windowsAt(now.plusSeconds(60))).containsOnlyKeys(DAY_KEY);
    }

    @Test
    void dayEndsWithATombstoneAndLaterCountsAreDroppedAndCounted() throws Exception {
        viewOnce();
        Instant last = Instant.parse("2025-11-01T00:00:00Z").plus(DAYS);
        assertThat(windowsAt(last)).doesNotContainKey(DAY_KEY);
        Instant over = last.plus(Duration.ofHours(1));
        assertThat(windowsAt(over)).containsOnlyKeys(DAY_KEY).containsEntry(DAY_KEY, null);
        view(HOUR.plusSeconds(1), over);
        assertThat(windowsAt(over.plusSeconds(60))).isEmpty();
        assertThat(scenario.counter("segue.statistics.late")).isPositive();
    }

    @Test
    void whatHappenedBeforeTheStartIsDroppedAndCounted() throws Exception {
        scenario.counting = StatisticsSettings.defaults().withSince(HOUR);
        scenario.timeIs(HOUR);
        view(HOUR, HOUR.plusSeconds(1));
        assertThat(scenario.counter("segue.statistics.before.since")).isZero();
        view(HOUR.minusMillis(1), HOUR.plusSeconds(1));
        // A view and a visitor.
        assertThat(scenario.counter("segue.statistics.before.since")).isEqualTo(2);
        assertThat(windowsAt(HOUR.plusSeconds(60)))
                .containsOnlyKeys(HOUR_KEY, DAY_KEY)
                .satisfies(windows -> assertThat(windows.get(HOUR_KEY).counts().get(Measure.VIEWS))
                        .isEqualTo(1));
    }
}
