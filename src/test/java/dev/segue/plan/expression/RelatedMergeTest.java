// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import static dev.segue.plan.expression.TwoHistories.START;
import static dev.segue.plan.expression.TwoHistories.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Event;
import dev.segue.plan.state.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Two ids of one person are united: what follows or answers an element may have happened under the other id. */
class RelatedMergeTest {
    private static Event happened(Instant at, String id, SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> event(at, id, "page_viewed", "seconds=" + random.nextInt(3));
            case 1 -> event(at, id, "order_completed", "coupon=" + random.nextInt(2), "total=" + random.nextInt(5));
            default ->
                event(at, id, "product_viewed", "product_id=p" + random.nextInt(3), "price=" + random.nextInt(4));
        };
    }

    @Test
    void elementsThatFollow() {
        new TwoHistories(
                        "order_completed.follows(product_viewed, '1h').count()",
                        "order_completed.follows(product_viewed, '1h').within('1d').map(o, o.total).sum()",
                        "order_completed.follows(page_viewed.filter(p, p.seconds > 0), '1h').latest().total",
                        "product_viewed.follows(product_viewed, '1h').map(v, v.product_id).most().value",
                        "activity.follows(order_completed, '1h').count() >= 3")
                .agreeOnFewEvents(RelatedMergeTest::happened);
    }

    @Test
    void elementsThatAreUnanswered() {
        new TwoHistories(
                        "product_viewed.unanswered(order_completed, '1h').count()",
                        "product_viewed.unanswered(order_completed, '1h').within('1d').map(v, v.price).max()",
                        "product_viewed.unanswered(product_viewed, '1h').last(2).map(v, v.product_id)",
                        "product_viewed.unanswered(activity, '1h').overdue(1.5)",
                        "page_viewed.after(product_viewed.unanswered(order_completed, '1h')).count()",
                        "product_viewed.unanswered(order_completed.filter(o, int(o.coupon) / int(o.coupon) > 0), '1h').count()")
                .agreeOnFewEvents(RelatedMergeTest::happened);
    }

    @Test
    void otherIdArrivedLater() {
        String soon = "order_completed.follows(product_viewed, '1h').count()";
        TwoHistories histories = new TwoHistories(soon);
        Event viewed = event(START, "v", "product_viewed");
        Event ordered = event(START, "o", "order_completed");
        assertThat(histories.id(viewed).merge(histories.id(ordered)).value(soon))
                .isEqualTo(1L);
        assertThat(histories.id(ordered).merge(histories.id(viewed)).value(soon))
                .isEqualTo(0L);
    }

    @Test
    void manyElementsAreExactOrMarked() {
        TwoHistories histories = new TwoHistories(
                        "activity.unanswered(order_completed, '1h').within('1d').count()",
                        "order_completed.follows(product_viewed, '1h').within('1h').count()")
                .agreeOnManyEvents(4, 2_000, Duration.ofSeconds(10), RelatedMergeTest::happened);
        assertThat(histories.reached()).containsOnlyKeys(Limit.ELEMENTS);
        assertThat(histories.approximate()).isPositive();
    }
}
