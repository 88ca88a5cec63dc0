// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.TriggerDecision.Arm;
import dev.segue.event.TriggerDecision.Kind;
import dev.segue.event.TriggerOutcome.Measure;
import dev.segue.statistics.Course;
import dev.segue.statistics.OutcomeCounts;
import dev.segue.statistics.Statistic;
import dev.segue.statistics.StatisticKind;
import dev.segue.statistics.Subject;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomesTextTest {
    private static final long DAY = Instant.parse("2025-11-01T00:00:00Z").toEpochMilli();

    private final WindowCounts first = new WindowCounts();
    private final WindowCounts second = new WindowCounts();

    private List<Course> courses() {
        Subject subject = new Subject(StatisticKind.TRIGGER, "cart-reminder");
        return Course.of(List.of(
                new Statistic(WindowSize.DAY, DAY, subject, first),
                new Statistic(WindowSize.DAY, DAY + Duration.ofDays(1).toMillis(), subject, second)));
    }

    private static void add(WindowCounts counts, Arm arm, long sent, long goals, long cents) {
        counts.add(OutcomeCounts.of(arm, Measure.SENT), sent);
        counts.add(OutcomeCounts.of(arm, Measure.GOAL), goals);
        counts.add(OutcomeCounts.value(arm), cents * 10_000);
    }

    private String printed() {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        OutcomesText.table(courses(), out);
        out.println();
        OutcomesText.decisions(courses().get(0), out);
        out.flush();
        return text.toString();
    }

    private void fill() {
        add(first, Arm.TREATMENT, 5_012, 431, 2_260_150);
        add(second, Arm.TREATMENT, 4_009, 381, 1_628_055);
        add(first, Arm.CONTROL, 560, 37, 170_015);
        add(second, Arm.CONTROL, 443, 24, 110_005);
        second.add(OutcomeCounts.of(Arm.TREATMENT, Measure.UNSUBSCRIBED), 14);
        second.add(OutcomeCounts.of(Arm.TREATMENT, Measure.COMPLAINED), 2);
        first.add(OutcomeCounts.of(Kind.SEND), 9_021);
        first.add(OutcomeCounts.of(Kind.HELD_OUT), 1_003);
        first.add(OutcomeCounts.of(Kind.WAITING), 16_230);
        first.add(OutcomeCounts.of(Kind.QUIET), 2_114);
        first.add(OutcomeCounts.of(Kind.NO_CONSENT), 530);
        first.add(OutcomeCounts.of(Kind.CAPPED), 410);
        second.add(OutcomeCounts.of(Kind.CANCELLED), 5_206);
        second.add(OutcomeCounts.of(Kind.EXPIRED), 940);
        second.add(OutcomeCounts.of(Kind.GOAL), 873);
        second.add(OutcomeCounts.of(Kind.NO_GOAL), 9_151);
    }

    /** The table of docs/statistics.md. */
    @Test
    void printsTheTableOfTheDocs() throws Exception {
        fill();
        assertThat(Files.readString(Path.of("docs", "statistics.md"))).contains("```\n" + printed() + "```\n");
    }

    @Test
    void customersOfBothGroupsAreLeftOut() {
        fill();
        String before = printed();
        add(first, Arm.MIXED, 5_000, 5_000, 1);
        assertThat(printed()).isEqualTo(before);
        assertThat(OutcomesText.json(courses().get(0)))
                .contains("\"mixed\":{\"sent\":5000,\"goals\":5000,\"value\":0.01,");
    }

    @Test
    void tooFewToSayHasNoLift() {
        add(first, Arm.TREATMENT, 100, 5, 0);
        add(first, Arm.CONTROL, 99, 5, 0);
        assertThat(printed()).contains("too few to say");
        assertThat(OutcomesText.json(courses().get(0))).doesNotContain("lift");
        add(first, Arm.CONTROL, 1, 0, 0);
        assertThat(printed()).doesNotContain("too few to say").contains("+0.0 (-6.8 to +6.8)");
        assertThat(OutcomesText.json(courses().get(0))).contains("\"lift\":{\"difference\":0.0,\"low\":-0.06");
    }

    @Test
    void withoutSendsThereAreNoRates() {
        first.add(OutcomeCounts.of(Kind.WAITING), 1);
        assertThat(printed()).containsPattern("cart-reminder +0 +0 +- +- +0 +0 +0 +0 +- +- +too few to say");
    }
}
