// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest.report;

import dev.segue.replay.backtest.Activation;
import dev.segue.replay.backtest.BacktestReport;
import dev.segue.replay.backtest.DayReport;
import dev.segue.replay.backtest.DefinitionReport;
import dev.segue.replay.backtest.Sample;
import dev.segue.replay.backtest.SegmentReport;
import dev.segue.replay.backtest.SideReport;
import dev.segue.value.CountText;
import dev.segue.value.ValueText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the template of the page reads. */
public final class PageModel {
    /** The version is part of the path. */
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    private final BacktestReport report;

    PageModel(BacktestReport report) {
        this.report = report;
    }

    public BacktestReport report() {
        return report;
    }

    /** The chart library. */
    public String library() {
        return resource(UPLOT + "uPlot.iife.min.js");
    }

    public String libraryStyle() {
        return resource(UPLOT + "uPlot.min.css");
    }

    public String script() {
        return resource("backtest.js");
    }

    public String style() {
        return resource("backtest.css");
    }

    private static String resource(String name) {
        try (InputStream stream = PageModel.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public String count(long number) {
        return CountText.of(number);
    }

    public String percent(double share) {
        return CountText.percent(share);
    }

    public String instant(long millis) {
        return ValueText.instant(millis);
    }

    public String activation(Activation activation) {
        return ActivationText.of(activation);
    }

    public String status(DefinitionReport definition) {
        return BacktestText.word(definition.change().status());
    }

    /** What a trigger decided, and how often. */
    public List<DecisionRows> decisions(DefinitionReport definition) {
        return DecisionRows.of(definition);
    }

    public String reason(Sample sample) {
        return SampleText.reason(sample);
    }

    public List<String> missing(Sample sample) {
        return SampleText.missing(sample);
    }

    public List<DayPair> days(SegmentReport segment) {
        return DayPair.of(segment);
    }

    /** The members at the end of each day, for the chart. */
    public String members(SegmentReport segment) {
        return ChartData.members(segment, report);
    }

    /** The entries of each day, for the chart. */
    public String entries(SegmentReport segment) {
        return ChartData.movements(segment, DayReport::entered);
    }

    /** The exits of each day, for the chart. */
    public String exits(SegmentReport segment) {
        return ChartData.movements(segment, DayReport::exited);
    }

    /** The rows of a segment's table. */
    public List<Row> rows(SegmentReport segment) {
        return List.of(
                row("members at the end", segment, SideReport::members),
                row("members at the start", segment, SideReport::membersAtStart),
                row("entered", segment, SideReport::entered),
                row("exited", segment, SideReport::exited),
                row("updated", segment, SideReport::updated),
                row("customers who entered", segment, side -> side.flips().once()),
                row("twice or more often", segment, side -> side.flips().twice())
                        .part(),
                row("five times or more often", segment, side -> side.flips().fiveTimes())
                        .part(),
                text("median stay", segment, side -> StayText.of(side.stays().median())),
                text(
                        "90 % stay at most",
                        segment, side -> StayText.of(side.stays().ninetyPercent())),
                row("stays that ended", segment, side -> side.stays().closed()),
                row("stays still open", segment, side -> side.stays().open()));
    }

    /**
     * One number under both sets.
     *
     * @param isPart true if it is part of the number above
     */
    public record Row(String title, String before, String after, boolean isPart) {
        private Row part() {
            return new Row(title, before, after, true);
        }
    }

    private static Row row(String title, SegmentReport segment, Function<SideReport, Long> value) {
        return text(title, segment, side -> CountText.of(value.apply(side)));
    }

    private static Row text(String title, SegmentReport segment, Function<SideReport, String> value) {
        return new Row(title, value(segment.before(), value), value(segment.after(), value), false);
    }

    private static String value(@Nullable SideReport side, Function<SideReport, String> value) {
        return side == null ? "-" : value.apply(side);
    }
}
