// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.plan.state.CustomerState;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When time alone may change {@code most()} of a window. */
class MostDeadlineTest {
    private static final String MOST = "trait: likes\nvalue: product_viewed.within('7d').map(v, v.product_id).most().";

    private final CustomerState state = new CustomerState("ann");

    private static long day(int day) {
        return Instant.parse("2025-11-%02dT00:00:00Z".formatted(day)).toEpochMilli();
    }

    /** Views one product a day, from 1 November. */
    private Plan viewing(String field, String... products) {
        Plan plan = Scenario.compile(MOST + field);
        for (int index = 0; index < products.length; index++) {
            String at = Instant.ofEpochMilli(day(index + 1)).toString();
            plan.apply(
                    state,
                    Scenario.read("e" + index, at, "ann", "product_viewed", "product_id=" + products[index]),
                    Long.MIN_VALUE,
                    0);
        }
        return plan;
    }

    @Test
    void valueLastsUntilMarginIsUsedUp() {
        Plan plan = viewing("value", "a", "a", "a", "b");
        plan.advance(state, day(8), 0);
        assertThat(state.deadline()).isEqualTo(day(10));
        assertThat(plan.advance(state, day(10) - 1, 0).work()).isEqualTo(Work.NONE);
        Effects effects = plan.advance(state, day(10), 0);
        assertThat(effects.work().wakeUps()).isEqualTo(1);
        assertThat(effects.changes()).extracting(Change::value).containsExactly("b");
    }

    @Test
    void smallerValueNeedsOneElementLessToLead() {
        Plan plan = viewing("value", "b", "b", "a");
        assertThat(state.deadline()).isEqualTo(day(8));
        assertThat(plan.advance(state, day(8), 0).changes())
                .extracting(Change::value)
                .containsExactly("a");
    }

    @Test
    void greaterValueNeedsOneElementMoreToLead() {
        Plan plan = viewing("value", "a", "a", "b");
        plan.advance(state, day(8), 0);
        assertThat(state.deadline()).isEqualTo(day(9));
    }

    @Test
    void elementsOfOtherValuesDoNotWake() {
        Plan plan = viewing("value", "b", "a", "a", "a");
        plan.advance(state, day(9), 0);
        assertThat(state.deadline()).isEqualTo(day(11));
    }

    /** The definition is not evaluated, so the deadline stays: it comes early, and then moves to the right instant. */
    @Test
    void leaderThatGainsLeavesDeadline() {
        Plan plan = viewing("value", "a", "b", "a", "a");
        assertThat(state.deadline()).isEqualTo(day(8));
        assertThat(plan.advance(state, day(8), 0).changes()).isEmpty();
        assertThat(state.deadline()).isEqualTo(day(11));
    }

    private int evaluations(String field, String... products) {
        Plan plan = viewing(field, products);
        Event next = Scenario.read("next", "2025-11-07T00:00:00Z", "ann", "product_viewed", "product_id=a");
        return plan.apply(state, next, Long.MIN_VALUE, 0).work().evaluations();
    }

    @Test
    void isNotEvaluatedIfLeaderGains() {
        assertThat(evaluations("value", "a", "b")).isZero();
    }

    @Test
    void isNotEvaluatedIfLeadStaysAsLarge() {
        assertThat(evaluations("value", "b", "b", "b", "c", "c")).isZero();
    }

    @Test
    void isEvaluatedIfFollowerGains() {
        assertThat(evaluations("value", "b", "b", "b", "a", "a")).isEqualTo(1);
    }

    @Test
    void countIsEvaluatedOnlyIfItGrows() {
        assertThat(evaluations("count", "a", "b")).isEqualTo(1);
        assertThat(evaluations("count", "b", "b", "a")).isZero();
    }

    @Test
    void countFallsLaterOnceAnotherValueHasDrawnLevel() {
        Plan plan = viewing("count", "b", "b", "a", "a");
        assertThat(state.deadline()).isEqualTo(day(8));
        assertThat(plan.advance(state, day(8), 0).changes()).isEmpty();
        assertThat(plan.advance(state, day(10), 0).changes())
                .extracting(Change::value)
                .containsExactly(1L);
    }

    @Test
    void shareIsEvaluatedAtEachElement() {
        assertThat(evaluations("share", "a", "b")).isEqualTo(1);
    }

    @Test
    void lateElementOfFollowerIsEvaluated() {
        Plan plan = viewing("value", "b", "b", "a");
        Event late = Scenario.read("late", "2025-11-02T12:00:00Z", "ann", "product_viewed", "product_id=a");
        assertThat(plan.apply(state, late, Long.MIN_VALUE, 0).changes())
                .extracting(Change::value)
                .containsExactly("a");
    }

    @Test
    void countFallsWithOldestElementOfLeader() {
        viewing("count", "b", "a", "a");
        assertThat(state.deadline()).isEqualTo(day(9));
    }

    @Test
    void shareChangesWithAnyElement() {
        viewing("share", "b", "a", "a");
        assertThat(state.deadline()).isEqualTo(day(8));
    }
}
