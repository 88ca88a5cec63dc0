// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.segue.event.Cause;
import dev.segue.replay.backtest.DefinitionChange.Status;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacktestTest {
    private static final String LOOKED = "segment: looked\nwhen: product_viewed.within('%s').count() > 0\n";
    private static final String MOST_VIEWS = """
            segment: most-views
            population: {minimum: 2}
            when: product_viewed.within('%s').count().percentile() >= 50.0
            """;
    private static final String BUYER = "segment: buyer\nwhen: order_completed.count() >= %d\n";

    @Test
    void reportsNewChangedRemovedAndUnchangedDefinitions() {
        BacktestReport report = BacktestScenario.of(
                        BUYER.formatted(1) + "---\nsegment: gone\nwhen: activity.count() > 0\n---\n"
                                + LOOKED.formatted("1h") + "---\nsegment: reader\nwhen: in_segment('buyer')\n",
                        BUYER.formatted(2) + "---\nsegment: fresh\nwhen: activity.count() > 0\n---\n"
                                + LOOKED.formatted("1h") + "---\nsegment: reader\nwhen: in_segment('buyer')\n")
                .event("2025-11-01T10:00:00Z", "ann", "order_completed")
                .event("2025-11-01T10:10:00Z", "ann", "product_viewed")
                .report();
        assertThat(report.definitions())
                .extracting(
                        definition -> definition.change().name(),
                        definition -> definition.change().status())
                .containsExactly(
                        tuple("buyer", Status.CHANGED),
                        tuple("fresh", Status.NEW),
                        tuple("gone", Status.REMOVED),
                        tuple("reader", Status.CHANGED));
        assertThat(report.definitions().get(3).change().reads()).containsExactly("buyer");
        assertThat(report.unchanged()).containsExactly(new BacktestReport.UnchangedReport("looked", "segment", 1));
        assertThat(report.activation()).isEqualTo(new Activation(1, 3, 0, 0));
    }

    /** Berlin's 30 March 2025 has 23 hours: it begins at 23:00Z and ends at 22:00Z. */
    @Test
    void daysBeginAtMidnightOfTheZoneToTheMillisecond() {
        List<DayReport> days = BacktestScenario.of("", LOOKED.formatted("1h"))
                .inZone("Europe/Berlin")
                .event("2025-03-29T22:59:59.999Z", "ann", "product_viewed")
                .event("2025-03-29T23:00:00.000Z", "bob", "product_viewed")
                .event("2025-03-30T21:59:59.999Z", "cid", "product_viewed")
                .event("2025-03-30T22:00:00.000Z", "dan", "product_viewed")
                .to("2025-03-31T12:00:00Z")
                .segment()
                .changed()
                .days();
        assertThat(days)
                .containsExactly(
                        new DayReport(LocalDate.parse("2025-03-29"), 1, 1, 0),
                        new DayReport(LocalDate.parse("2025-03-30"), 1, 2, 2),
                        new DayReport(LocalDate.parse("2025-03-31"), 0, 1, 2));
    }

    /** New York's 2 November 2025 has 25 hours. */
    @Test
    void longDayEndsAfterTwentyFiveHours() {
        List<DayReport> days = BacktestScenario.of("", BUYER.formatted(1))
                .inZone("America/New_York")
                .event("2025-11-02T04:00:00.000Z", "ann", "order_completed")
                .event("2025-11-03T04:59:59.999Z", "bob", "order_completed")
                .event("2025-11-03T05:00:00.000Z", "cid", "order_completed")
                .segment()
                .changed()
                .days();
        assertThat(days)
                .containsExactly(
                        new DayReport(LocalDate.parse("2025-11-02"), 2, 2, 0),
                        new DayReport(LocalDate.parse("2025-11-03"), 3, 1, 0));
    }

    @Test
    void eventsBeforeTheWindowCountAsHistory() {
        BacktestScenario scenario = BacktestScenario.of("", BUYER.formatted(2))
                .event("2025-11-01T09:00:00.000Z", "bob", "order_completed")
                .event("2025-11-01T09:00:00.000Z", "bob", "order_completed")
                .event("2025-11-01T09:59:59.999Z", "ann", "order_completed")
                .event("2025-11-01T10:00:00.000Z", "ann", "order_completed");
        BacktestReport report = scenario.from("2025-11-01T10:00:00.000Z").report();
        SideReport side = report.definitions().get(0).segments().get(0).changed();
        assertThat(side.membersAtStart()).isEqualTo(1);
        assertThat(side.entered()).isEqualTo(1);
        assertThat(side.members()).isEqualTo(2);
        assertThat(report.input().read()).isEqualTo(4);
        assertThat(report.input().inWindow()).isEqualTo(1);
        side = scenario.from("2025-11-01T10:00:00.001Z").segment().changed();
        assertThat(side.membersAtStart()).isEqualTo(2);
        assertThat(side.entered()).isZero();
    }

    @Test
    void leavesOutEventsAfterTheWindow() {
        BacktestScenario scenario = BacktestScenario.of("", BUYER.formatted(1))
                .event("2025-11-01T10:00:00.000Z", "ann", "order_completed")
                .event("2025-11-01T10:00:00.001Z", "bob", "order_completed");
        BacktestReport report = scenario.to("2025-11-01T10:00:00.000Z").report();
        assertThat(report.activation().enters()).isEqualTo(1);
        assertThat(report.input().leftOut()).isEqualTo(1);
        assertThat(scenario.to("2025-11-01T10:00:00.001Z").report().activation().enters())
                .isEqualTo(2);
    }

    @Test
    void advancesEveryCustomerToTheLastEventOfAll() {
        SideReport side = BacktestScenario.of("", LOOKED.formatted("1h"))
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed")
                .event("2025-11-01T11:00:00Z", "bob", "page_viewed")
                .segment()
                .changed();
        assertThat(side.members()).isZero();
        assertThat(side.stays()).isEqualTo(new StayLengths(1, 0, 3_600_000L, 3_600_000L));
    }

    @Test
    void measuresStaysAndFlips() {
        BacktestScenario scenario = BacktestScenario.of("", LOOKED.formatted("1h"));
        for (int day = 1; day <= 5; day++) {
            scenario.event("2025-11-0" + day + "T10:00:00Z", "ann", "product_viewed");
        }
        SideReport side = scenario.event("2025-11-05T10:00:00Z", "bob", "product_viewed")
                .event("2025-11-05T10:30:00Z", "bob", "product_viewed")
                .event("2025-11-05T11:15:00Z", "bob", "page_viewed")
                .segment()
                .changed();
        assertThat(side.flips()).isEqualTo(new SideReport.Flips(2, 1, 1));
        assertThat(side.stays()).isEqualTo(new StayLengths(5, 1, 3_600_000L, 3_600_000L));
    }

    @Test
    void explainsWhoIsInOneSetOnly() {
        SegmentReport segment = BacktestScenario.of(BUYER.formatted(3), BUYER.formatted(2))
                .event("2025-11-01T10:00:00Z", "ann", "order_completed")
                .event("2025-11-01T11:00:00Z", "ann", "order_completed")
                .event("2025-11-01T10:00:00Z", "bob", "order_completed")
                .segment();
        assertThat(segment.onlyBefore()).isEmpty();
        Sample ann = segment.onlyAfter().get(0);
        assertThat(segment.onlyAfter()).hasSize(1);
        assertThat(ann.customer()).isEqualTo("ann");
        assertThat(ann.ofNewSet()).isTrue();
        assertThat(ann.change().evidence().get(0).expression()).isEqualTo("order_completed.count()");
        assertThat(ann.missing()).containsExactly("order_completed.count() is 2 and must be at least 3");
    }

    @Test
    void forgetsDivergenceOnceSetsAgreeAgain() {
        SegmentReport segment = BacktestScenario.of(BUYER.formatted(2), BUYER.formatted(1))
                .event("2025-11-01T10:00:00Z", "ann", "order_completed")
                .event("2025-11-01T11:00:00Z", "ann", "order_completed")
                .segment();
        assertThat(segment.activation()).isEqualTo(new Activation(0, 0, 0, 1));
        assertThat(segment.onlyAfter()).isEmpty();
    }

    @Test
    void showsTenCustomersWithTheSmallestIds() {
        BacktestScenario scenario = BacktestScenario.of("", BUYER.formatted(1));
        for (int number = 30; number > 10; number--) {
            scenario.event("2025-11-01T10:00:00Z", "c" + number, "order_completed");
        }
        assertThat(scenario.segment().onlyAfter())
                .extracting(Sample::customer)
                .containsExactly("c11", "c12", "c13", "c14", "c15", "c16", "c17", "c18", "c19", "c20");
    }

    @Test
    void countsValuesOfTraitsAndUpdates() {
        String trait = "trait: last-page\nvalue: page_viewed.latest().url%s\n";
        SegmentReport segment = BacktestScenario.of(trait.formatted(""), trait.formatted(" + '!'"))
                .event("2025-11-01T10:00:00Z", "ann", "page_viewed", "url", "a")
                .event("2025-11-01T10:00:00Z", "bob", "page_viewed", "url", "b")
                .event("2025-11-01T11:00:00Z", "bob", "page_viewed", "url", "a")
                .segment();
        assertThat(segment.old().values()).containsExactly(new ValueCount("'a'", 2));
        assertThat(segment.changed().values()).containsExactly(new ValueCount("'a!'", 2));
        assertThat(segment.changed().updated()).isEqualTo(1);
        assertThat(segment.activation()).isEqualTo(new Activation(0, 0, 2, 2));
    }

    @Test
    void reportsChoicesOfGroupsInTheirOrder() {
        DefinitionReport group = BacktestScenario.of(
                        "",
                        "group: usage\nfirst:\n  heavy: order_completed.count() >= 2\n  light: order_completed.count() >= 1\n")
                .event("2025-11-01T10:00:00Z", "ann", "order_completed")
                .event("2025-11-01T11:00:00Z", "ann", "order_completed")
                .event("2025-11-01T12:00:00Z", "bob", "order_completed")
                .report()
                .definitions()
                .get(0);
        assertThat(group.segments()).extracting(SegmentReport::name).containsExactly("heavy", "light");
        assertThat(group.segments())
                .extracting(segment -> segment.changed().entered())
                .containsExactly(1L, 2L);
        assertThat(group.activation()).isEqualTo(new Activation(2, 0, 0, 0));
    }

    @Test
    void sharesOfOverlapAreOfTheReportedSegment() {
        BacktestReport report = BacktestScenario.of(
                        LOOKED.formatted("1d"), LOOKED.formatted("1d") + "---\n" + BUYER.formatted(1))
                .event("2025-11-01T10:00:00Z", "ann", "order_completed")
                .event("2025-11-01T10:00:00Z", "bob", "order_completed")
                .event("2025-11-01T10:00:00Z", "bob", "product_viewed")
                .event("2025-11-01T10:00:00Z", "cid", "product_viewed")
                .report();
        assertThat(report.definitions()).hasSize(1);
        assertThat(report.definitions().get(0).segments().get(0).overlap())
                .containsExactly(new SharedMembers("looked", 1, 0.5));
    }

    @Test
    void erasedCustomersAreGone() {
        BacktestReport report = BacktestScenario.of("", BUYER.formatted(1))
                .event("2025-11-01T10:00:00Z", "ann", "order_completed")
                .event("2025-11-01T11:00:00Z", "ann", "customer_erased")
                .event("2025-11-01T12:00:00Z", "ann", "order_completed")
                .report();
        assertThat(report.input().customers()).isZero();
        assertThat(report.input().dropped()).isEqualTo(1);
        SideReport side = report.definitions().get(0).segments().get(0).changed();
        assertThat(side.entered()).isEqualTo(1);
        assertThat(side.exited()).isEqualTo(1);
        assertThat(side.members()).isZero();
    }

    @Test
    void linkedIdsAreOnePerson() {
        SegmentReport buyer = BacktestScenario.of("", BUYER.formatted(2))
                .event("2025-11-01T10:00:00Z", "d1", "order_completed")
                .event("2025-11-01T11:00:00Z", "ann", "customer_identified", "anonymous_id", "d1")
                .event("2025-11-01T12:00:00Z", "ann", "order_completed")
                .event("2025-11-01T13:00:00Z", "d1", "order_completed")
                .to("2025-11-02T00:00:00Z")
                .segment();
        assertThat(buyer.changed().members()).isEqualTo(1);
        assertThat(buyer.changed().entered()).isEqualTo(1);
        assertThat(buyer.changed().exited()).isZero();
        assertThat(buyer.onlyAfter()).extracting(Sample::customer).containsExactly("ann");
    }

    @Test
    void membershipThatGoesOnUnderAnotherIdHasNotEnded() {
        BacktestReport report = BacktestScenario.of(BUYER.formatted(2), BUYER.formatted(1))
                .event("2025-11-01T10:00:00Z", "d1", "order_completed")
                .event("2025-11-01T11:00:00Z", "ann", "customer_identified", "anonymous_id", "d1")
                .to("2025-11-02T00:00:00Z")
                .report();
        SideReport changed = report.definitions().get(0).segments().get(0).changed();
        assertThat(changed.members()).isEqualTo(1);
        assertThat(changed.entered()).isEqualTo(1);
        assertThat(changed.exited()).isZero();
        assertThat(changed.days()).extracting(DayReport::members).containsExactly(1L);
        assertThat(report.input().customers()).isEqualTo(1);
        assertThat(report.input().links()).isEqualTo(1);
    }

    @Test
    void ofTwoMembershipsOfOnePersonOneEnds() {
        SideReport changed = BacktestScenario.of("", BUYER.formatted(1))
                .event("2025-11-01T10:00:00Z", "d1", "order_completed")
                .event("2025-11-01T10:30:00Z", "ann", "order_completed")
                .event("2025-11-01T11:00:00Z", "ann", "customer_identified", "anonymous_id", "d1")
                .to("2025-11-02T00:00:00Z")
                .segment()
                .changed();
        assertThat(changed.members()).isEqualTo(1);
        assertThat(changed.entered()).isEqualTo(2);
        assertThat(changed.exited()).isEqualTo(1);
    }

    @Test
    void comparesCustomersUnderEachSetByItself() {
        SegmentReport segment = BacktestScenario.of(MOST_VIEWS.formatted("1h"), MOST_VIEWS.formatted("2h"))
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed")
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed")
                .event("2025-11-01T11:30:00Z", "ann", "product_viewed")
                .event("2025-11-01T11:31:00Z", "bob", "product_viewed")
                .event("2025-11-01T11:32:00Z", "bob", "product_viewed")
                .to("2025-11-01T11:40:00Z")
                .segment();
        assertThat(segment.before().members()).isEqualTo(1);
        assertThat(segment.changed().members()).isEqualTo(1);
        assertThat(segment.onlyBefore()).extracting(Sample::customer).containsExactly("bob");
        assertThat(segment.onlyAfter()).extracting(Sample::customer).containsExactly("ann");
        assertThat(segment.onlyAfter().get(0).change().cause()).isEqualTo(Cause.POPULATION);
    }

    @Test
    void customersOfSeveralPartsCannotBeCompared() {
        Backtest apart = BacktestScenario.of("", BUYER.formatted(1)).unread();
        assertThat(apart.comparesCustomers()).isFalse();
        assertThat(apart.part()).isNotSameAs(apart.part());
        Backtest compared = BacktestScenario.of(MOST_VIEWS.formatted("1h"), "").unread();
        assertThat(compared.comparesCustomers()).isTrue();
        assertThat(compared.part()).isNotNull();
        assertThatThrownBy(compared::part).isInstanceOf(IllegalStateException.class);
    }
}
