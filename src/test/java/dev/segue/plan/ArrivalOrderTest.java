// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Event;
import dev.segue.plan.state.CustomerState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order in which a customer's events arrive does not affect the result. */
class ArrivalOrderTest {
    private static final Plan PLAN = Scenario.compile(
            "segment: has-cart\nwhen: cart.count() > 0",
            "segment: big-cart\nwhen: cart.map(i, i.price * i.quantity).sum() >= 30.0",
            "segment: keen\nwhen: product_viewed.within('1h').count() >= 2",
            "segment: returned\nwhen: product_viewed.after(order_completed).count() > 0",
            "segment: standing\nwhen: purchase.map(p, p.total).sum() >= 15.0",
            "segment: fan\nwhen: item_bought.filter(i, i.product_id == 'p1').count() >= 1",
            "segment: quiet\nwhen: activity.within('30m').count() == 0",
            "segment: last-was-dear\nwhen: order_completed.latest().total > 15.0",
            "segment: first-was-dear\nwhen: order_completed.first().total > 15.0",
            "segment: curious\nwhen: product_viewed.map(v, v.product_id).distinct().count() >= 2",
            "segment: likes-hats\nwhen: profile.favourite == 'hats'",
            "segment: rhythm\nwhen: activity.overdue(1.5)",
            "segment: pairs\nwhen: product_added.groupBy(p, p.product_id).exists(g, g.count() >= 2)",
            "group: level\nfirst:\n  heavy: order_completed.count() >= 2\n  light: order_completed.count() >= 1",
            "trait: likes\nvalue: product_viewed.map(v, v.product_id).most().value");

    /** After all events: inside some windows, outside others. */
    private static final long NOW = Instant.parse("2025-11-01T11:02:00Z").toEpochMilli();

    @Test
    void shoppingIsOrderIndependent() {
        agreesInEveryOrder(
                Scenario.read("1", "2025-11-01T10:00:00Z", "ann", "product_viewed", "product_id=p1"),
                Scenario.read("2", "2025-11-01T10:05:00Z", "ann", "product_viewed", "product_id=p2"),
                Scenario.read("3", "2025-11-01T10:06:00Z", "ann", "product_added", "product_id=p1", "price=9"),
                Scenario.read(
                        "4",
                        "2025-11-01T10:10:00Z",
                        "ann",
                        "order_completed",
                        "order_id=o1",
                        "total=9",
                        "products=p1*1@9"),
                Scenario.read(
                        "5", "2025-11-01T10:20:00Z", "ann", "product_added", "product_id=p2", "price=20", "quantity=3"),
                Scenario.read("6", "2025-11-01T10:21:00Z", "ann", "product_removed", "product_id=p2", "quantity=1"),
                Scenario.read("7", "2025-11-01T10:30:00Z", "ann", "product_viewed", "product_id=p2"));
    }

    @Test
    void cancelledOrdersAreOrderIndependent() {
        agreesInEveryOrder(
                Scenario.read(
                        "1",
                        "2025-11-01T10:00:00Z",
                        "ann",
                        "order_completed",
                        "order_id=o1",
                        "total=20",
                        "products=p1*1@20"),
                Scenario.read(
                        "2",
                        "2025-11-01T10:05:00Z",
                        "ann",
                        "order_completed",
                        "order_id=o2",
                        "total=10",
                        "products=p1*1@9"),
                Scenario.read("3", "2025-11-01T10:06:00Z", "ann", "order_refunded", "order_id=o1", "total=6"),
                Scenario.read("4", "2025-11-01T10:08:00Z", "ann", "order_refunded", "order_id=o1", "products=p1*1@20"),
                Scenario.read("5", "2025-11-01T10:10:00Z", "ann", "order_cancelled", "order_id=o2"),
                Scenario.read(
                        "6",
                        "2025-11-01T10:20:00Z",
                        "ann",
                        "order_completed",
                        "order_id=o3",
                        "total=1",
                        "products=p2*1@1"));
    }

    @Test
    void repeatedOrdersAndPartialRefundsAreOrderIndependent() {
        agreesInEveryOrder(
                Scenario.read(
                        "1",
                        "2025-11-01T10:00:00Z",
                        "ann",
                        "order_completed",
                        "order_id=o1",
                        "total=20",
                        "products=p1*1@20"),
                Scenario.read("2", "2025-11-01T10:03:00Z", "ann", "order_refunded", "order_id=o1", "products=p1*2@4"),
                Scenario.read("3", "2025-11-01T10:05:00Z", "ann", "order_completed", "order_id=o2", "total=10"),
                Scenario.read("4", "2025-11-01T10:06:00Z", "ann", "order_refunded", "order_id=o1", "products=p1*1@5"),
                Scenario.read(
                        "5", "2025-11-01T10:08:00Z", "ann", "order_completed", "order_id=o1", "products=p1*4@5,p2*1@1"),
                Scenario.read("6", "2025-11-01T10:10:00Z", "ann", "order_completed", "order_id=o2", "total=12"),
                Scenario.read("7", "2025-11-01T10:20:00Z", "ann", "order_refunded", "order_id=o2", "total=9"));
    }

    @Test
    void removalsAndProfilesAreOrderIndependent() {
        agreesInEveryOrder(
                Scenario.read("1", "2025-11-01T10:00:00Z", "ann", "product_removed", "product_id=p1"),
                Scenario.read("2", "2025-11-01T10:01:00Z", "ann", "product_added", "product_id=p1", "price=40"),
                Scenario.read("3", "2025-11-01T10:02:00Z", "ann", "profile_updated", "favourite=hats"),
                Scenario.read("4", "2025-11-01T10:03:00Z", "ann", "profile_updated", "favourite=shoes", "tags=a:b"),
                Scenario.read("5", "2025-11-01T10:04:00Z", "ann", "product_added", "product_id=p1", "price=10"),
                Scenario.read("6", "2025-11-01T10:05:00Z", "ann", "email_delivered"));
    }

    private static void agreesInEveryOrder(Event... sorted) {
        List<String> expected = endOf(List.of(sorted));
        assertThat(expected).as("the story means something").hasSizeGreaterThan(3);
        int orders = 0;
        for (List<Event> order : permutations(List.of(sorted))) {
            assertThat(endOf(order))
                    .as("in the order %s", order.stream().map(Event::eventId).toList())
                    .isEqualTo(expected);
            orders++;
        }
        assertThat(orders).isGreaterThanOrEqualTo(720);
    }

    private static List<String> endOf(List<Event> order) {
        CustomerState state = new CustomerState("ann");
        for (Event event : order) {
            var unused = PLAN.apply(state, event, Long.MIN_VALUE, 0);
        }
        var unused = PLAN.advance(state, NOW, NOW);
        return state.memberships().stream()
                .map(membership -> membership.segment() + " " + membership.value())
                .toList();
    }

    private static List<List<Event>> permutations(List<Event> events) {
        if (events.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Event>> permutations = new ArrayList<>();
        for (int first = 0; first < events.size(); first++) {
            List<Event> others = new ArrayList<>(events);
            Event event = others.remove(first);
            for (List<Event> rest : permutations(others)) {
                List<Event> permutation = new ArrayList<>(List.of(event));
                permutation.addAll(rest);
                permutations.add(permutation);
            }
        }
        return permutations;
    }
}
