// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Change;
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
        Plan plan = viewing("value", "a", "a", "b", "a");
        assertThat(state.deadline()).isEqualTo(day(11));
        assertThat(plan.advance(state, day(11) - 1, 0).work()).isEqualTo(Work.NONE);
        Effects effects = plan.advance(state, day(11), 0);
        assertThat(effects.work().wakeUps()).isEqualTo(1);
        assertThat(effects.changes()).extracting(Change::kind).containsExactly(Change.Kind.EXITED);
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
        viewing("value", "a", "a", "b");
        assertThat(state.deadline()).isEqualTo(day(9));
    }

    @Test
    void elementsOfOtherValuesDoNotWake() {
        viewing("value", "b", "b", "a", "a", "a");
        assertThat(state.deadline()).isEqualTo(day(11));
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
