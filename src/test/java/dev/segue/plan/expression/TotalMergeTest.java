// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import static dev.segue.plan.expression.TwoHistories.START;
import static dev.segue.plan.expression.TwoHistories.event;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TotalMergeTest {
    private static final String SPENT = "checkout_started.map(c, c.value).sum()";

    @Test
    void countsAndSums() {
        new TwoHistories(
                        "page_viewed.count()",
                        "page_viewed.map(v, v.seconds).sum()",
                        "page_viewed.map(v, v.seconds).avg()",
                        "page_viewed.share(v, v.landing)",
                        "page_viewed.filter(v, v.seconds > 1).count() >= 3",
                        "page_viewed.map(v, 4 / v.seconds).sum()",
                        "activity.count()")
                .agreeOnFewEvents((at, id, random) ->
                        event(at, id, "page_viewed", "seconds=" + random.nextInt(4), "url=u" + random.nextInt(2)));
    }

    @Test
    void sumBeyondItsRangeIsMarked() {
        TwoHistories histories = new TwoHistories(SPENT);
        TwoHistories.Id first = histories.id(event(START, "a", "checkout_started", "value=5000000000000"));
        TwoHistories.Id second = histories.id(event(START, "b", "checkout_started", "value=5000000000000"));
        assertThat(first.isApproximate(SPENT)).isFalse();
        assertThat(first.merge(second).isApproximate(SPENT)).isTrue();
    }

    @Test
    void sumOfClampedNumberStaysMarked() {
        TwoHistories histories = new TwoHistories(SPENT);
        TwoHistories.Id second = histories.id(event(START, "b", "checkout_started", "value=9500000000000"));
        assertThat(histories
                        .id(event(START, "a", "checkout_started", "value=-1"))
                        .merge(second)
                        .isApproximate(SPENT))
                .isTrue();
    }
}
