// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Change;
import dev.segue.plan.state.Limit;
import dev.segue.plan.state.Retention;
import dev.segue.story.Stories;
import dev.segue.story.ToldEverywhere;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UnansweredTest {
    private static final String ABANDONED =
            "segment: s\nwhen: checkout_started.unanswered(order_completed, '1h').count() > 0";

    @ToldEverywhere
    void becomesUnansweredExactlyAtDeadline(Stories stories) {
        stories.of(ABANDONED)
                .event("2025-11-01T10:00:00Z", "ann", "checkout_started")
                .timeIs("2025-11-01T10:59:59.999Z")
                .expect()
                .timeIs("2025-11-01T11:00:00Z")
                .expect("ann s ENTERED 2025-11-01T11:00:00Z");
    }

    @ToldEverywhere
    void deadlineIsExactWhenNoticedLater(Stories stories) {
        stories.of(ABANDONED)
                .event("2025-11-01T10:00:00Z", "ann", "checkout_started")
                .restart()
                .event("2025-11-03T10:00:00Z", "ann", "page_viewed")
                .expect("ann s ENTERED 2025-11-01T11:00:00Z");
    }

    @ToldEverywhere
    void isAnsweredOneMillisecondBeforeDeadline(Stories stories) {
        stories.of(ABANDONED)
                .event("2025-11-01T10:00:00Z", "ann", "checkout_started")
                .event("2025-11-01T10:59:59.999Z", "ann", "order_completed")
                .timeIs("2025-11-02T00:00:00Z")
                .expect();
    }

    @ToldEverywhere
    void isNotAnsweredExactlyAtDeadline(Stories stories) {
        stories.of(ABANDONED)
                .event("2025-11-01T10:00:00Z", "ann", "checkout_started")
                .event("2025-11-01T11:00:00Z", "ann", "order_completed")
                .timeIs("2025-11-02T00:00:00Z")
                .expect("ann s ENTERED 2025-11-01T11:00:00Z");
    }

    @ToldEverywhere
    void isAnsweredAtTheSameInstantByWhatArrivedLater(Stories stories) {
        stories.of(ABANDONED)
                .event("2025-11-01T10:00:00Z", "ann", "checkout_started")
                .event("2025-11-01T10:00:00Z", "ann", "order_completed")
                .timeIs("2025-11-02T00:00:00Z")
                .expect();
    }

    @ToldEverywhere
    void isNotAnsweredAtTheSameInstantByWhatArrivedEarlier(Stories stories) {
        stories.of(ABANDONED)
                .event("2025-11-01T10:00:00Z", "ann", "order_completed")
                .event("2025-11-01T10:00:00Z", "ann", "checkout_started")
                .timeIs("2025-11-02T00:00:00Z")
                .expect("ann s ENTERED 2025-11-01T11:00:00Z");
    }

    @ToldEverywhere
    void doesNotAnswerItself(Stories stories) {
        stories.of("segment: s\nwhen: product_viewed.unanswered(product_viewed, '1h').count() >= 2")
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed")
                .event("2025-11-01T10:59:59.999Z", "ann", "product_viewed")
                .event("2025-11-01T11:59:59.999Z", "ann", "product_viewed")
                .timeIs("2025-11-02T00:00:00Z")
                .expect("ann s ENTERED 2025-11-01T12:59:59.999Z");
    }

    @ToldEverywhere
    void lateAnswerTakesItBack(Stories stories) {
        Scenario scenario = stories.of(ABANDONED);
        scenario.event("2025-11-01T10:00:00Z", "ann", "checkout_started")
                .timeIs("2025-11-01T12:00:00Z")
                .expect("ann s ENTERED 2025-11-01T11:00:00Z")
                .event("2025-11-01T11:00:00Z", "ann", "order_completed")
                .expect()
                .event("2025-11-01T10:59:59.999Z", "ann", "order_completed");
        Change exited = scenario.changes().get(0);
        assertThat(exited.kind()).isEqualTo(Change.Kind.EXITED);
        assertThat(exited.effectiveAt()).isEqualTo(Instant.parse("2025-11-01T12:00:00Z"));
    }

    @ToldEverywhere
    void lateElementIsUnansweredAtOnce(Stories stories) {
        stories.of(ABANDONED)
                .event("2025-11-01T10:30:00Z", "ann", "order_completed")
                .event("2025-11-01T11:30:00Z", "ann", "page_viewed")
                .event("2025-11-01T10:00:00Z", "ann", "checkout_started")
                .expect()
                .event("2025-11-01T10:30:00Z", "ann", "checkout_started")
                .expect("ann s ENTERED 2025-11-01T11:30:00Z");
    }

    @ToldEverywhere
    void lateElementIsStillWaitedFor(Stories stories) {
        stories.of(ABANDONED)
                .event("2025-11-01T10:30:00Z", "ann", "page_viewed")
                .event("2025-11-01T10:00:00Z", "ann", "checkout_started")
                .timeIs("2025-11-01T12:00:00Z")
                .expect("ann s ENTERED 2025-11-01T11:00:00Z");
    }

    @ToldEverywhere
    void windowsNarrowFromBothSides(Stories stories) {
        stories.of("""
                        segment: s
                        when: checkout_started.unanswered(order_completed, '1h').before('2h').within('1d').count() > 0
                        """)
                .event("2025-11-01T10:00:00Z", "ann", "checkout_started")
                .timeIs("2025-11-01T11:59:59.999Z")
                .expect()
                .restart()
                .timeIs("2025-11-03T00:00:00Z")
                .expect("ann s ENTERED 2025-11-01T12:00:00Z", "ann s EXITED 2025-11-02T10:00:00Z");
    }

    @ToldEverywhere
    void windowNoLongerThanTheGapShowsNothing(Stories stories) {
        stories.of("segment: s\nwhen: checkout_started.within('1h').unanswered(order_completed, '1h').count() > 0")
                .event("2025-11-01T10:00:00Z", "ann", "checkout_started")
                .timeIs("2025-11-03T00:00:00Z")
                .expect();
    }

    @ToldEverywhere
    void overdueAndAfterFollowTheDeadline(Stories stories) {
        stories.of(
                        "segment: o\nwhen: checkout_started.unanswered(order_completed, '1h').overdue(2.0)",
                        "segment: a\nwhen: page_viewed.after(checkout_started.unanswered(order_completed, '1h')).count() > 0")
                .event("2025-11-01T10:00:00Z", "ann", "checkout_started")
                .event("2025-11-01T10:10:00Z", "ann", "checkout_started")
                .event("2025-11-01T10:20:00Z", "ann", "checkout_started")
                .event("2025-11-01T10:20:00Z", "ann", "page_viewed")
                .expect("ann a ENTERED 2025-11-01T10:20:00Z")
                .timeIs("2025-11-02T00:00:00Z")
                .expect("ann a EXITED 2025-11-01T11:20:00Z", "ann o ENTERED 2025-11-01T11:20:00Z");
    }

    @ToldEverywhere
    void waitsAsLongAsParamSays(Stories stories) {
        stories.of("""
                        segment: s
                        params: {wait: 30m}
                        when: checkout_started.unanswered(order_completed, params.wait).map(c, c.value).sum() > 9.0
                        """)
                .event("2025-11-01T10:00:00Z", "ann", "checkout_started", "value=5")
                .event("2025-11-01T10:10:00Z", "ann", "checkout_started", "value=5")
                .timeIs("2025-11-02T00:00:00Z")
                .expect("ann s ENTERED 2025-11-01T10:40:00Z");
    }

    @Test
    void droppedElementsMakeItApproximate() {
        Scenario scenario = Scenario.of(
                "segment: s\nwhen: page_viewed.unanswered(order_completed, '1s').count() > " + (Retention.CAP + 9));
        for (int index = 0; index <= Retention.CAP; index++) {
            Instant at = Instant.parse("2025-11-01T10:00:00Z").plusSeconds(10L * index);
            scenario.event(at.toString(), "ann", "page_viewed");
        }
        assertThat(scenario.limits()).containsExactly(Limit.ELEMENTS);
        assertThat(scenario.changes()).isEmpty();
        scenario.becomes("segment: s\nwhen: page_viewed.unanswered(order_completed, '1s').count() > 1000")
                .timeIs("2025-11-02T00:00:00Z");
        Change entered = scenario.changes().get(0);
        assertThat(entered.evidence().get(0).value()).isEqualTo((long) Retention.CAP);
        assertThat(entered.evidence().get(0).approximate()).isTrue();
    }
}
