// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorkTableTest {
    private static final String METRICS = """
            # HELP segue_events_total Records read
            segue_events_total 200.0
            segue_events_unaccounted 0.0
            segue_evaluations_total 1.5E3
            segue_wake_ups_total 40.0
            """;

    @Test
    void showsMedianOfRoundsAndDashForWhatIsUnknown() {
        Map<Entry, List<Measurement>> runs = new LinkedHashMap<>();
        StateSizes states = new StateSizes(3, 1200, 1234.5, 4000);
        runs.put(
                entry("segue-five-eos"),
                List.of(
                        run(new WorkPerEvent(0.1, 9, 2), null),
                        run(new WorkPerEvent(0.3, 11, 4), states),
                        run(WorkPerEvent.UNKNOWN, states)));
        runs.put(entry("dsl-eos"), List.of(run(new WorkPerEvent(-1, -1, 0.25), null)));
        runs.put(entry("bare-alo"), List.of());
        StringWriter screen = new StringWriter();
        new WorkTable(runs).print(new PrintWriter(screen, true));
        assertThat(screen.toString().lines().map(line -> line.replaceAll(" {2,}", " | ")))
                .containsExactly(
                        "contender | wake-ups/event | definitions/event | records out/event | state bytes median, mean,"
                                + " 99%",
                        "segue-five-eos | 0.20 (0.10-0.30) | 10.00 (9.00-11.00) | 3.00 (2.00-4.00) | 1200, 1235, 4000",
                        "dsl-eos | - | - | 0.25 (0.25-0.25) | -",
                        "");
    }

    @Test
    void readsCountsFromMetrics() {
        assertThat(Snapshot.value(METRICS, "segue_evaluations_total")).isEqualTo(1500);
        assertThat(Snapshot.value("", "segue_evaluations_total")).isZero();
        assertThatThrownBy(() -> Snapshot.value(METRICS, "segue_events"))
                .hasMessage("the metrics have no segue_events");
    }

    @Test
    void ordersStatesBySizeForMedianAndPercentile() {
        assertThat(StateSizes.of(IntStream.rangeClosed(1, 100).map(size -> 101 - size)))
                .isEqualTo(new StateSizes(100, 51, 50.5, 100));
        assertThat(StateSizes.of(IntStream.of(7))).isEqualTo(new StateSizes(1, 7, 7, 7));
    }

    private static Entry entry(String name) {
        return Entry.ALL.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Measurement run(WorkPerEvent work, @Nullable StateSizes states) {
        return new Measurement(1, 1, 1, 1, 1, work, states, 1, "");
    }
}
