// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.TriggerDecision;
import dev.segue.event.TriggerOutcome;
import dev.segue.serde.registry.MemorySchemaRegistry;
import dev.segue.statistics.Measure;
import dev.segue.statistics.OutcomeCounts;
import dev.segue.statistics.Statistic;
import dev.segue.statistics.StatisticKind;
import dev.segue.statistics.Subject;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatisticCodecTest {
    private static final List<Measure> PRODUCT =
            List.of(Measure.VIEWED, Measure.ADDED, Measure.ORDERED, Measure.ORDERS, Measure.RETURNED);

    private final StatisticCodec codec = new StatisticCodec(new MemorySchemaRegistry(), "segue-statistics");

    @Test
    void decodesSegmentsAsEncoded() throws Exception {
        for (WindowSize size : WindowSize.values()) {
            WindowCounts counts = new WindowCounts();
            counts.add(Measure.members(size), 7);
            counts.add(Measure.partitions(size), 3);
            counts.add(Measure.ENTERED, 5);
            counts.add(Measure.EXITED, 2);
            counts.add(Measure.ADJUSTED, -4);
            counts.addStay(0);
            counts.addStay(Duration.ofDays(90).toMillis());
            Statistic statistic = new Statistic(size, 1_761_987_600_000L, Subject.segment("loyal"), counts);
            assertThat(codec.decode(codec.encode(statistic))).isEqualTo(statistic);
        }
    }

    @Test
    void decodesOtherKindsAsEncoded() throws Exception {
        Map<StatisticKind, List<Measure>> kinds = Map.of(
                StatisticKind.PAGE,
                List.of(
                        Measure.VIEWS,
                        Measure.VISITORS,
                        Measure.EXITS,
                        Measure.LANDINGS,
                        Measure.BOUNCES,
                        Measure.LANDING_ORDERS),
                StatisticKind.FORM,
                List.of(Measure.STARTED, Measure.SUBMITTED, Measure.ABANDONED),
                StatisticKind.PRODUCT,
                PRODUCT,
                StatisticKind.CATEGORY,
                PRODUCT,
                StatisticKind.TRIGGER,
                triggers());
        for (Map.Entry<StatisticKind, List<Measure>> kind : kinds.entrySet()) {
            WindowCounts counts = new WindowCounts();
            kind.getValue().forEach(measure -> counts.add(measure, measure.code() * 1000L));
            Statistic statistic =
                    new Statistic(WindowSize.DAY, 1_761_987_600_000L, new Subject(kind.getKey(), "/a|b"), counts);
            assertThat(codec.decode(codec.encode(statistic))).isEqualTo(statistic);
        }
    }

    /** Fails also if a kind of decision or an outcome has no measure. */
    private static List<Measure> triggers() {
        List<Measure> measures = new ArrayList<>();
        for (TriggerDecision.Kind kind : TriggerDecision.Kind.values()) {
            measures.add(OutcomeCounts.of(kind));
        }
        for (TriggerDecision.Arm arm : TriggerDecision.Arm.values()) {
            measures.add(OutcomeCounts.value(arm));
            for (TriggerOutcome.Measure measure : TriggerOutcome.Measure.values()) {
                measures.add(OutcomeCounts.of(arm, measure));
            }
        }
        return measures;
    }

    @Test
    void keySaysWhatIsCounted() {
        long start = Instant.parse("2025-11-01T09:00:00Z").toEpochMilli();
        Statistic statistic = new Statistic(WindowSize.HOUR, start, Subject.segment("a|b"), new WindowCounts());
        assertThat(new String(StatisticCodec.key(statistic), StandardCharsets.UTF_8))
                .isEqualTo("hour|2025-11-01T09:00:00Z|segment|a|b");
    }
}
