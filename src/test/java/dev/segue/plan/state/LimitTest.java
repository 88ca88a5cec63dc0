// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Change;
import dev.segue.plan.Scenario;
import dev.segue.story.PlanStage;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All data stored of a customer is limited, and reaching a limit is reported. */
class LimitTest {
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
    private Instant at = START;

    private void view(Scenario scenario, String product) {
        at = at.plusSeconds(7);
        scenario.event(at.toString(), "ann", "product_viewed", "product_id=" + product);
    }

    @Test
    void dropsLeastRecentlyTouchedGroup() {
        Scenario scenario = Scenario.of(
                "segment: twice\nwhen: product_viewed.groupBy(v, v.product_id).exists(g, g.count() >= 2)\n");
        for (int product = 0; product < Keyed.CAP; product++) {
            view(scenario, "p" + product);
        }
        assertThat(scenario.limits()).isEmpty();
        view(scenario, "one more");
        assertThat(scenario.limits()).containsExactly(Limit.GROUPS);
        view(scenario, "p0");
        assertThat(scenario.changes()).as("p0 was forgotten").isEmpty();
        view(scenario, "p2");
        List<Change> changes = scenario.changes();
        assertThat(changes).as("p1 went when p0 came back, p2 is known").hasSize(1);
        assertThat(changes.get(0).evidence().get(0).approximate()).isTrue();
        assertThat(scenario.limits()).hasSize(2);
    }

    @Test
    void keepsTouchedGroup() {
        Scenario scenario = Scenario.of(
                "segment: twice\nwhen: product_viewed.groupBy(v, v.product_id).exists(g, g.count() >= 3)\n");
        for (int product = 0; product < Keyed.CAP; product++) {
            view(scenario, "p" + product);
        }
        view(scenario, "p0");
        view(scenario, "one more");
        view(scenario, "p0");
        assertThat(scenario.changes()).hasSize(1);
    }

    /** One order with products of the given numbers, called p and the number. */
    private void order(Scenario scenario, int from, int to) {
        at = at.plusSeconds(7);
        String lines =
                IntStream.range(from, to).mapToObj(line -> "p" + line + "*1@1").collect(Collectors.joining(","));
        String id = "order_id=o" + from + "-" + to;
        scenario.event(at.toString(), "ann", "order_completed", id, "products=" + lines);
    }

    private void cancel(Scenario scenario, int from, int to) {
        at = at.plusSeconds(7);
        scenario.event(at.toString(), "ann", "order_cancelled", "order_id=o" + from + "-" + to);
    }

    private static List<Scenario> keptAndReadAnew(String definition) {
        return Stream.of(false, true)
                .map(anew -> Scenario.on(new PlanStage(Scenario.compile(definition), anew)))
                .toList();
    }

    @Test
    void countsOmittedProductsWhetherCachedOrRecomputed() {
        // The second key is evaluated line by line, because the profile may change.
        for (String key : List.of("i.product_id", "i.product_id + profile.favourite")) {
            for (Scenario scenario : keptAndReadAnew(
                    "segment: twice\nwhen: item_bought.groupBy(i, " + key + ").exists(g, g.count() >= 2)\n")) {
                order(scenario, 0, Keyed.CAP);
                assertThat(scenario.limits()).isEmpty();
                order(scenario, 300, 302);
                assertThat(scenario.limits()).containsExactly(Limit.GROUPS, Limit.GROUPS);
                order(scenario, 300, 301);
                assertThat(scenario.limits()).as("a product that is known").hasSize(2);
                assertThat(approximate(scenario)).containsExactly(true);
                order(scenario, 303, 304);
                assertThat(scenario.limits()).as("one more").hasSize(3);
                cancel(scenario, 300, 301);
                assertThat(approximate(scenario)).containsExactly(true);
                cancel(scenario, 0, Keyed.CAP);
                order(scenario, 303, 305);
                assertThat(approximate(scenario)).as("all are there again").containsExactly(false);
                assertThat(scenario.limits()).hasSize(3);
            }
        }
    }

    private static List<Boolean> approximate(Scenario scenario) {
        return scenario.changes().stream()
                .map(change -> change.evidence().get(0).approximate())
                .toList();
    }

    @Test
    void countsOmittedGroupsOfStoredElements() {
        for (Scenario scenario :
                keptAndReadAnew("segment: twice\nwhen: product_viewed.filter(v, v.category != profile.favourite)"
                        + ".groupBy(v, v.product_id).exists(g, g.count() >= 2)\n")) {
            scenario.event(at.toString(), "ann", "profile_updated", "favourite=hats");
            for (int product = 0; product < Keyed.CAP; product++) {
                view(scenario, "p" + product);
            }
            assertThat(scenario.limits()).isEmpty();
            view(scenario, "one more");
            assertThat(scenario.limits()).containsExactly(Limit.GROUPS);
            view(scenario, "one more");
            assertThat(approximate(scenario)).containsExactly(true);
            assertThat(scenario.limits()).hasSize(1);
        }
    }

    @Test
    void expiredGroupsDoNotCount() {
        Scenario scenario = Scenario.of(
                "segment: d\nwhen: product_viewed.within('1h').groupBy(v, v.product_id).exists(g, g.count() >= 2)\n");
        for (int product = 0; product < 10 * Keyed.CAP; product++) {
            at = at.plusSeconds(60);
            scenario.event(at.toString(), "ann", "product_viewed", "product_id=p" + product);
        }
        assertThat(scenario.limits()).isEmpty();
        Keyed keyed = (Keyed) scenario.state("ann").aggregates().state(0);
        assertThat(keyed.groups())
                .as("an element is in the window for an hour, not longer")
                .hasSize(60);
    }

    @Test
    void mergesOrDropsElements() {
        Scenario counted = Scenario.of("segment: c\nwhen: product_viewed.within('30d').count() == 5000\n");
        Scenario distinct =
                Scenario.of("segment: d\nwhen: product_viewed.map(v, v.product_id).distinct().count() == 5000\n");
        for (int view = 0; view <= Retention.CAP; view++) {
            assertThat(counted.limits()).isEmpty();
            assertThat(distinct.limits()).isEmpty();
            view(counted, "p");
            view(distinct, "p" + view);
        }
        assertThat(counted.limits()).containsExactly(Limit.ELEMENTS_PUT_TOGETHER);
        assertThat(distinct.limits()).containsExactly(Limit.ELEMENTS);
    }

    @Test
    void dropsOldestOrder() {
        Scenario scenario = Scenario.of("segment: p\nwhen: purchase.count() > 5000\n");
        for (int order = 0; order < Ledger.CAP; order++) {
            at = at.plusSeconds(1);
            scenario.event(at.toString(), "ann", "order_completed", "order_id=o" + order, "total=1");
        }
        assertThat(scenario.limits()).isEmpty();
        scenario.event(at.toString(), "ann", "order_completed", "order_id=more", "total=1");
        assertThat(scenario.limits()).containsExactly(Limit.ORDERS);
    }

    @Test
    void dropsOldestRefundOfMissingOrders() {
        Scenario scenario = Scenario.of("segment: p\nwhen: purchase.count() > 5000\n");
        for (int order = 0; order <= Ledger.CAP; order++) {
            assertThat(scenario.limits()).isEmpty();
            at = at.plusSeconds(1);
            scenario.event(at.toString(), "ann", "order_refunded", "order_id=o" + order, "total=1");
        }
        assertThat(scenario.limits()).containsExactly(Limit.ORDERS);
    }

    @Test
    void forgetsCancelledOrderAfterVeryManyOthers() {
        Scenario scenario = Scenario.of("segment: p\nwhen: purchase.count() > 0\n");
        for (int order = 0; order <= Ledger.GONE_CAP; order++) {
            assertThat(scenario.limits()).isEmpty();
            at = at.plusSeconds(1);
            scenario.event(at.toString(), "ann", "order_cancelled", "order_id=o" + order);
        }
        assertThat(scenario.limits()).containsExactly(Limit.ORDERS);
        scenario.event(at.toString(), "ann", "order_completed", "order_id=o1").expect();
        scenario.event(at.toString(), "ann", "order_completed", "order_id=o0");
        assertThat(approximate(scenario)).containsExactly(true);
    }

    @Test
    void mergesLongCart() {
        Scenario scenario = Scenario.of("segment: c\nwhen: cart.count() > 5000\n");
        for (int step = 0; step < CartLog.CAP; step++) {
            at = at.plusSeconds(1);
            scenario.event(at.toString(), "ann", "product_added", "product_id=p" + step % 3, "quantity=1");
        }
        assertThat(scenario.limits()).isEmpty();
        scenario.event(at.toString(), "ann", "product_added", "product_id=p0", "quantity=1");
        assertThat(scenario.limits()).containsExactly(Limit.CART);
    }

    @Test
    void reportsNoLimitIfEverythingFits() {
        Scenario scenario = Scenario.of("segment: d\nwhen: product_viewed.count() > 2\n");
        List.of("a", "b", "c").forEach(product -> view(scenario, product));
        assertThat(scenario.changes()).hasSize(1);
        assertThat(scenario.limits()).isEmpty();
    }
}
