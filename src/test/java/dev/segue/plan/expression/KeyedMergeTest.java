// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import static dev.segue.plan.expression.TwoHistories.START;
import static dev.segue.plan.expression.TwoHistories.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Event;
import dev.segue.plan.state.Keyed;
import dev.segue.plan.state.Limit;
import dev.segue.plan.state.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyedMergeTest {
    private static final String TWICE = "product_viewed.groupBy(v, v.product_id).exists(g, g.count() >= 2)";

    private static Event viewed(Instant at, String id, SplittableRandom random) {
        return viewed(at, id, random, 4);
    }

    private static Event viewed(Instant at, String id, SplittableRandom random, int products) {
        return event(
                at,
                id,
                random.nextInt(8) == 0 ? "product_added" : "product_viewed",
                "product_id=p" + random.nextInt(products),
                "category=c" + random.nextInt(3),
                "price=" + random.nextInt(4));
    }

    @Test
    void groupsWithTotalsAndSeries() {
        new TwoHistories(
                        TWICE,
                        "product_viewed.groupBy(v, v.product_id).map(g, g.count())",
                        "product_viewed.groupBy(v, v.product_id).map(g, g.latest().product_id)",
                        "product_viewed.groupBy(v, v.category).map(g, g.map(v, v.price).sum()).max()",
                        "product_viewed.groupBy(v, v.category).exists(g, g.map(v, v.product_id).distinct().count() > 2)",
                        "product_viewed.groupBy(v, v.price > 1.0).map(g, g.within('1h').count())",
                        "product_viewed.groupBy(v, v.product_id).exists(g, g.after(product_added).count() >= 2)",
                        "product_viewed.groupBy(v, v.product_id).exists(g, g.map(v, 3 / int(v.price)).sum() > 3)")
                .agreeOnFewEvents(KeyedMergeTest::viewed);
    }

    @Test
    void groupsWithinWindow() {
        new TwoHistories(
                        "product_viewed.within('1h').groupBy(v, v.product_id).exists(g, g.count() >= 2)",
                        "product_viewed.within('1d').groupBy(v, v.product_id).filter(g, g.count() > 1).count()",
                        "product_viewed.within('1h').groupBy(v, v.category).map(g, g.map(v, v.price).sum())",
                        "product_viewed.within('1d').groupBy(v, v.category).all(g, g.within('1h').count() > 0)")
                .agreeOnFewEvents(KeyedMergeTest::viewed);
    }

    @Test
    void manyGroupsAreExactOrMarked() {
        TwoHistories histories = new TwoHistories(
                        TWICE,
                        "product_viewed.groupBy(v, v.category).map(g, g.count())",
                        "product_viewed.within('1h').groupBy(v, v.product_id).filter(g, g.count() >= 2).count()")
                .agreeOnManyEvents(20, 700, Duration.ofSeconds(20), (at, id, random) -> viewed(at, id, random, 400));
        assertThat(histories.reached()).containsOnlyKeys(Limit.GROUPS);
        assertThat(histories.exact()).isPositive();
        assertThat(histories.approximate()).isPositive();
    }

    @Test
    void leastRecentlyTouchedGroupsAreDropped() {
        TwoHistories histories = new TwoHistories(TWICE);
        TwoHistories.Id united = histories.id(products(0, Keyed.CAP)).merge(histories.id(products(2, Keyed.CAP)));
        assertThat(united.limits()).containsExactly(Limit.GROUPS, Limit.GROUPS);
        assertThat(united.isApproximate(TWICE)).isTrue();
    }

    @Test
    void commonGroupsCountOnce() {
        TwoHistories histories = new TwoHistories(TWICE);
        TwoHistories.Id united = histories.id(products(0, Keyed.CAP)).merge(histories.id(products(0, Keyed.CAP)));
        assertThat(united.limits()).isEmpty();
        assertThat(united.isApproximate(TWICE)).isFalse();
        assertThat(united.value(TWICE)).isEqualTo(true);
    }

    @Test
    void droppedGroupsOfEitherIdStayMarked() {
        TwoHistories histories = new TwoHistories(TWICE);
        TwoHistories.Id full = histories.id(products(0, Keyed.CAP + 1));
        TwoHistories.Id united = histories.id(products(1, 1)).merge(full);
        assertThat(united.limits()).isEmpty();
        assertThat(united.isApproximate(TWICE)).isTrue();
    }

    @Test
    void limitInsideGroupIsReported() {
        String often = "product_viewed.groupBy(v, v.product_id).exists(g, g.within('1d').count() > 5000)";
        TwoHistories histories = new TwoHistories(often);
        Event[] many = IntStream.range(0, Retention.CAP)
                .mapToObj(index -> event(START.plusSeconds(index), "v" + index, "product_viewed", "product_id=p1"))
                .toArray(Event[]::new);
        TwoHistories.Id united = histories.id(many).merge(histories.id(products(1, 1)));
        assertThat(united.limits()).containsExactly(Limit.ELEMENTS_PUT_TOGETHER);
        assertThat(united.isApproximate(often)).isTrue();
    }

    /** An id whose latest event is older has not dropped the group itself. */
    @Test
    void groupWhoseElementsAreTooOldIsDropped() {
        String groups = "product_viewed.within('1h').groupBy(v, v.product_id).filter(g, g.count() > 0).count()";
        for (int millis : List.of(-1, 0)) {
            TwoHistories histories = new TwoHistories(groups);
            TwoHistories.Id late = histories.id(
                    event(START.plus(TwoHistories.HOUR).plusMillis(millis), "b", "product_viewed", "product_id=p2"));
            TwoHistories.Id united = late.merge(histories.id(products(0, 1)));
            assertThat(united.value(groups)).isEqualTo(millis == 0 ? 1L : 2L);
        }
    }

    /** A second apart. */
    private static Event[] products(int from, int number) {
        return IntStream.range(from, from + number)
                .mapToObj(
                        index -> event(START.plusSeconds(index), "v" + index, "product_viewed", "product_id=p" + index))
                .toArray(Event[]::new);
    }
}
