// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.serde.registry.MemorySchemaRegistry;
import dev.segue.statistics.Measure;
import dev.segue.statistics.Statistic;
import dev.segue.statistics.Subject;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StatisticCodecTest {
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
    void keySaysWhatIsCounted() {
        long start = Instant.parse("2025-11-01T09:00:00Z").toEpochMilli();
        Statistic statistic = new Statistic(WindowSize.HOUR, start, Subject.segment("a|b"), new WindowCounts());
        assertThat(new String(StatisticCodec.key(statistic), StandardCharsets.UTF_8))
                .isEqualTo("hour|2025-11-01T09:00:00Z|segment|a|b");
    }
}
