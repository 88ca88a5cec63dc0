// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.statistics.Course;
import dev.segue.statistics.Measure;
import dev.segue.statistics.Statistic;
import dev.segue.statistics.Subject;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import dev.segue.statistics.Windows;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StatisticsTableTest {
    private static final long FIRST = Instant.parse("2025-11-01T08:00:00Z").toEpochMilli();

    private final List<Statistic> statistics = new ArrayList<>();

    private WindowCounts window(String segment, int hour, long members, long partitions) {
        WindowCounts counts = new WindowCounts();
        counts.add(Measure.HOUR_MEMBERS, members);
        counts.add(Measure.HOUR_PARTITIONS, partitions);
        statistics.add(new Statistic(WindowSize.HOUR, FIRST + hour * Windows.HOUR, Subject.segment(segment), counts));
        return counts;
    }

    private String printed(int hours) {
        StringWriter text = new StringWriter();
        List<Long> starts = LongStream.range(0, hours)
                .map(hour -> FIRST + hour * Windows.HOUR)
                .boxed()
                .toList();
        PrintWriter out = new PrintWriter(text);
        new StatisticsTable(WindowSize.HOUR, starts).segments(Course.of(statistics), out);
        out.flush();
        return text.toString();
    }

    /** The table of docs/statistics.md. */
    @Test
    void printsTheTableOfTheDocs() throws Exception {
        long[] loyal = {200, 203, 204, 208, 210};
        long[] quiet = {0, 6, 4, 4, 3};
        for (int hour = 0; hour < loyal.length; hour++) {
            window("loyal", hour, loyal[hour], 6);
            window("quiet", hour, quiet[hour], 6);
        }
        WindowCounts some = window("loyal", 4, 210, 6);
        some.add(Measure.ENTERED, 14);
        some.add(Measure.EXITED, 4);
        some.addStay(Duration.ofDays(29).toMillis());
        WindowCounts others = window("quiet", 4, 3, 6);
        others.add(Measure.ENTERED, 9);
        others.add(Measure.EXITED, 6);
        others.addStay(Duration.ofMinutes(42).toMillis());
        assertThat(Files.readString(Path.of("docs", "statistics.md"))).containsIgnoringNewLines(printed(loyal.length));
    }

    @Test
    void marksSizesThatMissPartitions() {
        window("loyal", 0, 5, 2);
        window("loyal", 1, 3, 1);
        assertThat(printed(2)).contains("~3").contains("Not all partitions have come to the last window.");
    }

    @Test
    void segmentThatIsNotReportedAnyMoreHasNoSize() {
        window("loyal", 1, 5, 1);
        window("gone", 0, 5, 1);
        assertThat(printed(2).lines().filter(line -> line.startsWith("gone")))
                .singleElement()
                .asString()
                .matches("gone +- +0 +0 +0 +- +█");
    }

    @Test
    void barsGrowWithTheNumbers() {
        assertThat(Sparkline.of(Arrays.asList(0L, 1L, 500L, 999L, 1000L, null, 1000L)))
                .isEqualTo("▁▂▅▇█ █");
    }

    @Test
    void nothingHasTheLowestBars() {
        assertThat(Sparkline.of(List.of(0L, 0L))).isEqualTo("▁▁");
    }
}
