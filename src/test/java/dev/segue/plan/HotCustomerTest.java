// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Event;
import dev.segue.plan.state.CustomerState;
import dev.segue.serde.state.StateCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** One customer with very many events. */
class HotCustomerTest {
    private static final int EVENTS = Integer.getInteger("segue.hot.events", 100_000);
    private static final int ORDERS = Integer.getInteger("segue.hot.orders", 2_000);
    private static final int PARTS = 10;
    private static final long SEED = 20251101;

    /** About three times the bytes that this customer takes. */
    private static final int MOST_BYTES = 100_000;

    private static final String[] DEFINITIONS = {
        "segment: cart-abandoned\nwhen: cart.count() > 0 && activity.within('1h').count() == 0",
        "segment: keen\nwhen: product_viewed.within('10m').count() >= 3",
        "segment: buyer\nwhen: order_completed.map(o, o.total).sum() >= 100.0",
        "segment: recent-buyer\nwhen: order_completed.within('90d').map(o, o.total).sum() >= 100.0",
        "segment: curious\nwhen: product_viewed.within('14d').map(v, v.product_id).distinct().count() >= 5",
        "segment: comes-back\nwhen: checkout_started.after(order_completed).count() > 0",
        "segment: due\nwhen: order_completed.last(20).overdue(1.5)",
        "segment: picky\nwhen: product_added.groupBy(p, p.product_id).exists(g, g.within('7d').count() >= 3)",
        "trait: likes\nvalue: product_viewed.within('7d').map(v, v.category).most().value"
    };

    @Test
    void stateIsBoundedAfterVeryManyEvents() {
        Plan plan = Scenario.compile(DEFINITIONS);
        CustomerState state = new CustomerState("hot");
        SplittableRandom random = new SplittableRandom(SEED);
        long time = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();
        int applied = 0;
        int changes = 0;
        int failures = 0;
        List<Integer> sizes = new ArrayList<>();
        List<String> micros = new ArrayList<>();
        long spent = 0;
        for (int number = 0; number < EVENTS; number++) {
            time += random.nextInt(120_000);
            Event event = event(random, number, time);
            long start = System.nanoTime();
            Effects effects = plan.apply(state, event, Long.MIN_VALUE, time);
            spent += System.nanoTime() - start;
            applied += effects.outcome() == Effects.Outcome.APPLIED ? 1 : 0;
            changes += effects.changes().size();
            failures += effects.failures().size();
            if ((number + 1) % (EVENTS / PARTS) == 0) {
                sizes.add(StateCodec.write(state).length);
                micros.add(String.format(Locale.ROOT, "%.1f", spent * PARTS / 1e3 / EVENTS));
                spent = 0;
            }
        }
        System.out.println("hot customer, seed " + SEED + ": after each tenth of " + EVENTS + " events, state bytes "
                + sizes + " (bound " + MOST_BYTES + "), microseconds an event " + micros + "; " + changes + " changes");
        assertThat(applied).isEqualTo(EVENTS);
        assertThat(changes).isPositive();
        assertThat(failures).isZero();
        assertThat(sizes).allSatisfy(size -> assertThat(size).isLessThan(MOST_BYTES));
        CustomerState read = StateCodec.read("hot", StateCodec.write(state));
        assertThat(StateCodec.write(read)).isEqualTo(StateCodec.write(state));
    }

    @Test
    void stateIsBoundedAfterVeryManyOrders() {
        Plan plan = Scenario.compile(
                "segment: spender\nwhen: purchase.map(p, p.total).sum() >= 100.0",
                "segment: lately\nwhen: purchase.within('90d').count() >= 3",
                "segment: regular\nwhen: item_bought.groupBy(i, i.product_id).exists(g, g.count() >= 300)",
                "trait: likes\nvalue: item_bought.map(i, i.product_id).most().value");
        CustomerState state = new CustomerState("hot");
        SplittableRandom random = new SplittableRandom(SEED);
        long time = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();
        List<Integer> sizes = new ArrayList<>();
        List<String> micros = new ArrayList<>();
        long spent = 0;
        for (int number = 0; number < ORDERS; number++) {
            time += random.nextInt(3_600_000);
            Event event = orderOrRefund(random, number, time);
            long start = System.nanoTime();
            var unused = plan.apply(state, event, Long.MIN_VALUE, time);
            spent += System.nanoTime() - start;
            if ((number + 1) % (ORDERS / PARTS) == 0) {
                sizes.add(StateCodec.write(state).length);
                micros.add(String.format(Locale.ROOT, "%.1f", spent * PARTS / 1e3 / ORDERS));
                spent = 0;
            }
        }
        System.out.println("hot buyer, seed " + SEED + ": after each tenth of " + ORDERS + " events, state bytes "
                + sizes + " (bound " + MOST_BYTES + "), microseconds an event " + micros);
        assertThat(sizes).allSatisfy(size -> assertThat(size).isLessThan(MOST_BYTES));
        CustomerState read = StateCodec.read("hot", StateCodec.write(state));
        assertThat(StateCodec.write(read)).isEqualTo(StateCodec.write(state));
    }

    /** One order in ten is announced again, and of one in ten a product is refunded. */
    private static Event orderOrRefund(SplittableRandom random, int number, long time) {
        String at = Instant.ofEpochMilli(time).toString();
        String id = "e" + number;
        String again = "order_id=o" + Math.max(0, number - random.nextInt(100));
        String product = "p" + random.nextInt(500) + "*2@9.99";
        return switch (random.nextInt(10)) {
            case 0 -> Scenario.read(id, at, "hot", "order_completed", again, "total=30", "products=" + product);
            case 1 -> Scenario.read(id, at, "hot", "order_refunded", again, "products=" + product);
            default ->
                Scenario.read(
                        id,
                        at,
                        "hot",
                        "order_completed",
                        "order_id=o" + number,
                        "products=" + product + ",p7*1@5,p8*1@5");
        };
    }

    /** One in fifty is up to a day late. */
    private static Event event(SplittableRandom random, int number, long now) {
        long time = random.nextInt(50) == 0 ? now - random.nextInt(86_400_000) : now;
        String at = Instant.ofEpochMilli(time).toString();
        String id = "e" + number;
        String product = "product_id=p" + random.nextInt(500);
        return switch (random.nextInt(8)) {
            case 0 -> Scenario.read(id, at, "hot", "product_added", product, "price=9.99", "quantity=2");
            case 1 -> Scenario.read(id, at, "hot", "product_removed", product);
            case 2 -> Scenario.read(id, at, "hot", "checkout_started");
            case 3 ->
                random.nextInt(10) == 0
                        ? Scenario.read(id, at, "hot", "order_completed", "order_id=o" + number, "total=12.34")
                        : Scenario.read(id, at, "hot", "email_delivered");
            case 4 -> Scenario.read(id, at, "hot", "page_viewed");
            default -> Scenario.read(id, at, "hot", "product_viewed", product, "category=c" + random.nextInt(20));
        };
    }
}
