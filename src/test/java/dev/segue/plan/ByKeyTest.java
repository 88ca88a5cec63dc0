// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Change;
import dev.segue.event.Evidence;
import dev.segue.plan.state.Limit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams cut by a key that they share: {@code by_product} and the like. */
class ByKeyTest {
    private static Scenario when(String condition) {
        return Scenario.of("segment: s\nwhen: \"" + condition + "\"\n");
    }

    /** A condition on the changeable profile needs the elements themselves, others have aggregates for each key. */
    @ParameterizedTest
    @ValueSource(strings = {"p.product_viewed", "p.product_viewed.filter(e, e.price >= 0.0 || profile.age == 5)"})
    void sameProductMeetsInTwoStreams(String viewed) {
        when("by_product.exists(p, " + viewed + ".within('7d').count() >= 2 && p.product_added.count() == 0)")
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed", "product_id=tent")
                .event("2025-11-01T10:01:00Z", "ann", "product_viewed", "product_id=lamp")
                .expect()
                .event("2025-11-02T10:00:00Z", "ann", "product_viewed", "product_id=tent")
                .expect("ann s ENTERED 2025-11-02T10:00:00Z")
                .event("2025-11-02T11:00:00Z", "ann", "product_added", "product_id=lamp")
                .expect()
                .event("2025-11-02T12:00:00Z", "ann", "product_added", "product_id=tent")
                .expect("ann s EXITED 2025-11-02T12:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p.product_viewed", "p.product_viewed.filter(e, e.price >= 0.0 || profile.age == 5)"})
    void firstOfTwoViewsLeavesTheWindow(String viewed) {
        when("by_product.exists(p, " + viewed + ".within('7d').count() >= 2)")
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed", "product_id=tent")
                .event("2025-11-02T10:00:00Z", "ann", "product_viewed", "product_id=tent")
                .expect("ann s ENTERED 2025-11-02T10:00:00Z")
                .timeIs("2025-11-08T09:59:59.999Z")
                .expect()
                .timeIs("2025-11-08T10:00:00Z")
                .expect("ann s EXITED 2025-11-08T10:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "by_product.filter(p, p.product_viewed.before('1h').count() > 0)"
                        + ".exists(p, p.product_viewed.count() > 0)",
                "product_viewed.groupBy(v, v.product_id).filter(g, g.before('1h').count() > 0).exists(g, g.count() > 0)"
            })
    void timeBringsKeyThroughFilter(String condition) {
        when(condition)
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed", "product_id=tent")
                .expect()
                .timeIs("2025-11-01T10:59:59.999Z")
                .expect()
                .timeIs("2025-11-01T11:00:00Z")
                .expect("ann s ENTERED 2025-11-01T11:00:00Z");
    }

    /** The lines of a cart have keys, whether or not the events that put them there are kept. */
    @Test
    void cartGivesKeysThatNoEventHas() {
        Scenario scenario = Scenario.of("segment: c\nwhen: cart.count() > 5\n");
        scenario.event("2025-11-01T10:00:00Z", "ann", "product_added", "product_id=tent")
                .expect()
                .becomes(
                        "segment: c\nwhen: cart.count() > 5\n",
                        "segment: d\nsince: now\nwhen: by_product.count() > 0\n",
                        "segment: e\nsince: now\nwhen: by_product.exists(p, p.product_viewed.count() == 0)\n")
                .event("2025-11-01T10:01:00Z", "ann", "page_viewed")
                .expect("ann d ENTERED 2025-11-01T10:01:00Z", "ann e ENTERED 2025-11-01T10:01:00Z");
    }

    @Test
    void whatIsGivenBackIsNotBought() {
        when("by_product.exists(p, p.product_viewed.count() > 0 && p.item_bought.count() == 0)")
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed", "product_id=tent")
                .expect("ann s ENTERED 2025-11-01T10:00:00Z")
                .event("2025-11-01T11:00:00Z", "ann", "order_completed", "order_id=o1", "products=tent*1@80.0")
                .expect("ann s EXITED 2025-11-01T11:00:00Z")
                .event("2025-11-02T11:00:00Z", "ann", "order_refunded", "order_id=o1")
                .expect("ann s ENTERED 2025-11-02T11:00:00Z");
    }

    @Test
    void cartHasItsPart() {
        when("by_product.exists(p, p.cart.count() > 0 && p.product_viewed.count() >= 2)")
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed", "product_id=tent")
                .event("2025-11-01T10:01:00Z", "ann", "product_viewed", "product_id=tent")
                .event("2025-11-01T10:02:00Z", "ann", "product_added", "product_id=lamp")
                .expect()
                .event("2025-11-01T10:03:00Z", "ann", "product_added", "product_id=tent")
                .expect("ann s ENTERED 2025-11-01T10:03:00Z")
                .event("2025-11-01T10:04:00Z", "ann", "product_removed", "product_id=tent")
                .expect("ann s EXITED 2025-11-01T10:04:00Z");
    }

    @Test
    void twoPagesInOneSession() {
        when("by_session.exists(s, s.page_viewed.exists(v, v.url == '/size')"
                        + " && s.page_viewed.exists(v, v.url == '/returns'))")
                .event("2025-11-01T10:00:00Z", "ann", "page_viewed", "session_id=1", "url=/size")
                .event("2025-11-01T12:00:00Z", "ann", "page_viewed", "session_id=2", "url=/returns")
                .expect()
                .event("2025-11-01T12:01:00Z", "ann", "page_viewed", "session_id=2", "url=/size")
                .expect("ann s ENTERED 2025-11-01T12:01:00Z");
    }

    @Test
    void lateEventFindsItsKey() {
        when("by_product.exists(p, p.product_viewed.after(p.product_added).count() > 0)")
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed", "product_id=tent")
                .expect("ann s ENTERED 2025-11-01T10:00:00Z")
                .event("2025-11-01T12:00:00Z", "ann", "product_viewed", "product_id=lamp")
                .event("2025-11-01T11:00:00Z", "ann", "product_added", "product_id=tent")
                .expect()
                .event("2025-11-01T12:00:00Z", "ann", "product_added", "product_id=lamp")
                .expect("ann s EXITED 2025-11-01T12:00:00Z");
    }

    /** A key exists if any stream with that field has it, also one that the expression does not name. */
    @Test
    void allStreamsGiveKeys() {
        when("by_product.exists(p, p.product_viewed.count() == 0)")
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed", "product_id=tent")
                .event("2025-11-01T10:01:00Z", "ann", "product_viewed")
                .expect()
                .event("2025-11-01T11:00:00Z", "ann", "order_completed", "order_id=o1", "products=lamp*1@20.0")
                .expect("ann s ENTERED 2025-11-01T11:00:00Z")
                .event("2025-11-01T12:00:00Z", "ann", "order_cancelled", "order_id=o1")
                .expect("ann s EXITED 2025-11-01T12:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "by_product.count() == 3",
                "by_product.filter(p, p.product_viewed.count() == 0).count() == 1",
                "by_product.all(p, p.key in ['boat', 'lamp', 'tent']) && by_product.count() == 3",
                "by_product.map(p, p.product_viewed.count()).max() == 2 && by_product.count() == 3"
            })
    void keysAreCounted(String condition) {
        when(condition)
                .event("2025-11-01T10:00:00Z", "ann", "product_viewed", "product_id=tent")
                .event("2025-11-01T10:01:00Z", "ann", "product_viewed", "product_id=tent")
                .event("2025-11-01T10:02:00Z", "ann", "product_viewed", "product_id=lamp")
                .event("2025-11-01T10:03:00Z", "ann", "product_viewed", "category=none")
                .expect()
                .event("2025-11-01T11:00:00Z", "ann", "product_removed", "product_id=boat")
                .expect("ann s ENTERED 2025-11-01T11:00:00Z");
    }

    /** A key that has left every window is as good as none, so the limit of keys does not apply to it. */
    @Test
    void keysOutsideEveryWindowDoNotCountTowardsTheLimit() {
        Scenario scenario = when("by_product.exists(p, p.product_viewed.within('1h').count() >= 2)");
        for (int number = 0; number < 400; number++) {
            String minute = "%02d:%02d".formatted(number / 60, number % 60);
            scenario.event("2025-11-01T" + minute + ":00Z", "ann", "product_viewed", "product_id=p" + number);
        }
        assertThat(scenario.limits()).isEmpty();
        scenario.event("2025-11-01T06:40:00Z", "ann", "product_viewed", "product_id=p399");
        assertThat(evidence(scenario)).noneMatch(Evidence::approximate);
    }

    @Test
    void limitOfKeysIsCountedAndMarked() {
        Scenario scenario = when("by_product.exists(p, p.product_viewed.count() >= 2)");
        for (int number = 0; number < 257; number++) {
            String minute = "%02d:%02d".formatted(number / 60, number % 60);
            scenario.event("2025-11-01T" + minute + ":00Z", "ann", "product_viewed", "product_id=p" + number);
        }
        assertThat(scenario.limits()).containsExactly(Limit.GROUPS);
        scenario.event("2025-11-01T06:40:00Z", "ann", "product_viewed", "product_id=p256");
        assertThat(evidence(scenario)).allMatch(Evidence::approximate);
    }

    private static List<Evidence> evidence(Scenario scenario) {
        List<Change> changes = scenario.changes();
        assertThat(changes).isNotEmpty();
        return changes.get(changes.size() - 1).evidence();
    }
}
