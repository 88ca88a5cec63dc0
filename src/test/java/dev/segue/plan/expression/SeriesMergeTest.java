// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import static dev.segue.plan.expression.TwoHistories.DAY;
import static dev.segue.plan.expression.TwoHistories.HOUR;
import static dev.segue.plan.expression.TwoHistories.START;
import static dev.segue.plan.expression.TwoHistories.event;
import static dev.segue.plan.state.Retention.CAP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Event;
import dev.segue.plan.state.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeriesMergeTest {

    private static Event viewed(Instant at, String id, SplittableRandom random) {
        if (random.nextInt(6) == 0) {
            return event(at, id, "page_viewed", "seconds=" + random.nextInt(3));
        }
        return event(
                at,
                id,
                "product_viewed",
                "product_id=p" + random.nextInt(5),
                "price=" + random.nextInt(4),
                "position=" + random.nextInt(3));
    }

    @Test
    void everyElementOfWindow() {
        new TwoHistories(
                        "product_viewed.within('1h').count()",
                        "product_viewed.within('1h').map(v, v.price).sum()",
                        "product_viewed.within('1d').map(v, v.product_id).most().value",
                        "product_viewed.within('1d').map(v, v.price).median()",
                        "product_viewed.within('1d').overdue(1.5)",
                        "product_viewed.before('1h').map(v, v.price).max()",
                        "product_viewed.before('1h').count()",
                        "product_viewed.within('1d').first().product_id")
                .agreeOnFewEvents(SeriesMergeTest::viewed);
    }

    @Test
    void latestFew() {
        new TwoHistories(
                        "product_viewed.latest().product_id",
                        "product_viewed.last(3).map(v, v.price).sum()",
                        "product_viewed.within('1h').count() >= 3",
                        "page_viewed.latest().seconds",
                        "product_viewed.after(page_viewed).count()")
                .agreeOnFewEvents(SeriesMergeTest::viewed);
    }

    @Test
    void oldestFew() {
        new TwoHistories(
                        "product_viewed.first().product_id",
                        "product_viewed.before('1h').count() >= 3",
                        "page_viewed.before('1d').exists(v, v.seconds > 0)")
                .agreeOnFewEvents(SeriesMergeTest::viewed);
    }

    @Test
    void needsOfSeveralReadings() {
        new TwoHistories(
                        "product_viewed.before('1d').count() >= 2",
                        "product_viewed.within('1h').count() >= 2",
                        "product_viewed.last(4).within('1h').count()")
                .agreeOnFewEvents(SeriesMergeTest::viewed);
    }

    @Test
    void eachValueOnce() {
        new TwoHistories(
                        "product_viewed.map(v, v.product_id).distinct()",
                        "product_viewed.within('1h').map(v, v.price).distinct()",
                        "product_viewed.within('1h').map(v, v.product_id).distinct().count() >= 2")
                .agreeOnFewEvents(SeriesMergeTest::viewed);
    }

    @Test
    void storedElements() {
        new TwoHistories(
                        "product_viewed.filter(v, v.product_id == profile.favourite).count()",
                        "product_viewed.last(3).filter(v, v.price > 1.0).map(v, v.product_id)",
                        "product_viewed.within('1d').map(v, v.position / (v.position - 1))")
                .agreeOnFewEvents(SeriesMergeTest::viewed);
    }

    @Test
    void manyElementsAreExactOrMarked() {
        TwoHistories histories = new TwoHistories(
                        "product_viewed.within('1d').count()",
                        "product_viewed.within('1h').count()",
                        "product_viewed.within('1h').map(v, v.price).sum()",
                        "product_viewed.before('1h').count()",
                        "product_viewed.within('1d').count() >= 900",
                        "product_viewed.before('1h').count() >= 600",
                        "product_viewed.within('1d').map(v, v.product_id).most().count",
                        "product_viewed.within('1d').map(v, v.price).first()",
                        "product_viewed.within('1d').map(v, v.price).max()",
                        "product_viewed.filter(v, v.product_id != profile.favourite).within('1d').count()",
                        "product_viewed.first().price",
                        "product_viewed.latest().price")
                .agreeOnManyEvents(4, 2_000, Duration.ofSeconds(10), SeriesMergeTest::viewed);
        assertThat(histories.reached()).containsOnlyKeys(Limit.ELEMENTS_PUT_TOGETHER, Limit.ELEMENTS);
        assertThat(histories.exact()).isPositive();
        assertThat(histories.approximate()).isPositive();
    }

    /** Both ids alone are within the limit. */
    @Test
    void elementsBeyondLimitArePutTogether() {
        String seen = "product_viewed.within('1d').count()";
        TwoHistories histories = new TwoHistories(seen);
        TwoHistories.Id united = histories.id(views(0, CAP / 2)).merge(histories.id(views(1, CAP / 2)));
        assertThat(united.limits()).isEmpty();
        assertThat(united.isApproximate(seen)).isFalse();
        united.merge(histories.id(views(2, 1)));
        assertThat(united.limits()).containsExactly(Limit.ELEMENTS_PUT_TOGETHER);
        assertThat(united.isApproximate(seen)).isTrue();
        assertThat(united.value(seen)).isEqualTo(CAP + 1L);
    }

    @Test
    void twoSeriesOfFullLengthAreUnited() {
        String seen = "product_viewed.within('1d').count()";
        TwoHistories histories = new TwoHistories(seen);
        TwoHistories.Id united = histories.id(views(0, CAP)).merge(histories.id(views(1, CAP)));
        assertThat(united.limits()).containsExactly(Limit.ELEMENTS_PUT_TOGETHER);
        assertThat(united.value(seen)).isEqualTo(2L * CAP);
    }

    @Test
    void oldestStoredElementsBeyondLimitAreDropped() {
        String last = "product_viewed.within('1d').filter(v, v.product_id != profile.favourite).count()";
        TwoHistories histories = new TwoHistories(last);
        TwoHistories.Id united = histories.id(views(0, CAP)).merge(histories.id(views(1, 1)));
        assertThat(united.limits()).containsExactly(Limit.ELEMENTS);
        assertThat(united.isApproximate(last)).isTrue();
    }

    @Test
    void bucketsOfOtherIdAreMarked() {
        String seen = "product_viewed.within('1d').count()";
        TwoHistories histories = new TwoHistories(seen);
        TwoHistories.Id united = histories.id(views(0, 1)).merge(histories.id(views(1, CAP + 1)));
        assertThat(united.value(seen)).isEqualTo(CAP + 2L);
        assertThat(united.isApproximate(seen)).isTrue();
    }

    /** The event of the first id moves the window, so that there is room for it. */
    @Test
    void droppedElementsOfOtherIdStayMarked() {
        String often = "product_viewed.within('1d').filter(v, v.product_id != profile.favourite).count()";
        TwoHistories histories = new TwoHistories(often);
        Event later = event(START.plus(DAY).plusSeconds(9), "later", "product_viewed", "product_id=p");
        TwoHistories.Id united = histories.id(later).merge(histories.id(views(0, CAP + 1)));
        assertThat(united.limits()).isEmpty();
        assertThat(united.isApproximate(often)).isTrue();
    }

    /** The elements of the other id are older, so that merged ones are no longer among the oldest 600, and go. */
    @Test
    void mergedElementsAmongOldestAreMarked() {
        String often = "product_viewed.before('1d').count() >= 600";
        TwoHistories histories = new TwoHistories(often, "product_viewed.within('2d').count() >= 600");
        TwoHistories.Id united = histories.id(views(0, CAP + 300));
        united.add(List.of(event(START.plus(DAY.multipliedBy(4)), "later", "product_viewed")));
        Event[] others = IntStream.range(0, 400)
                .mapToObj(index -> event(START.minusSeconds(1000 - index), "o" + index, "product_viewed"))
                .toArray(Event[]::new);
        united.merge(histories.id(others));
        assertThat(united.isApproximate(often)).isTrue();
    }

    /** The bucket is too young, but some of its elements are old enough. */
    @Test
    void ageThatCutsThroughBucketIsMarked() {
        String old = "product_viewed.before('1h').map(v, v.price).max()";
        TwoHistories histories = new TwoHistories(old, "product_viewed.count() >= 3");
        TwoHistories.Id coarse = histories.id(views(0, CAP + 1));
        Event early = event(START.plusSeconds(1), "early", "product_viewed", "price=7");
        TwoHistories.Id united = coarse.merge(histories.id(early));
        united.add(List.of(event(START.plus(HOUR).plusSeconds(2), "now", "page_viewed")));
        assertThat(united.value(old)).isEqualTo(7.0);
        assertThat(united.isApproximate(old)).isTrue();
    }

    /** A second apart. */
    private static Event[] views(int millis, int number) {
        return IntStream.range(0, number)
                .mapToObj(index -> event(
                        START.plusSeconds(index).plusMillis(millis),
                        "v" + index,
                        "product_viewed",
                        "price=1",
                        "product_id=p" + index))
                .toArray(Event[]::new);
    }
}
