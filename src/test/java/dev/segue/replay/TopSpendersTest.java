// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.event.Change;
import dev.segue.plan.Plan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The top tenth of a real shop's customers, compared with straight-line code over the file's rows. */
class TopSpendersTest {
    private static final long HOUR = 3_600_000L;
    private static final long YEAR = 365 * 24 * HOUR;
    private static final double BUCKET = 0.005;
    private static final String TOP_TENTH =
            "segment: top\nwhen: purchase.within('365d').map(o, o.total).sum().percentile() >= 90.0";

    private record Order(String customer, long time, double total) {
        Order and(double more) {
            return new Order(customer, time, total + more);
        }
    }

    @Test
    void equalSortingUpToHalfPercent() throws Exception {
        Map<String, Order> orders = new HashMap<>();
        long[] last = new long[1];
        Traces.rows("uci-online-retail.csv.gz", row -> {
            String kind = row.getField("event_type");
            if (row.getField("customer_id").isEmpty() || !kind.matches("purchase_line|return_line")) {
                return;
            }
            long time = Long.parseLong(row.getField("ts_ms"));
            last[0] = Math.max(last[0], time);
            if (kind.equals("purchase_line")) {
                double amount =
                        Double.parseDouble(row.getField("quantity")) * Double.parseDouble(row.getField("unit_price"));
                orders.merge(
                        row.getField("order_id"),
                        new Order(row.getField("customer_id"), time, amount),
                        (known, line) -> known.and(line.total()));
            }
        });
        long until = last[0] + 2 * HOUR;
        Map<String, Double> spent = new HashMap<>();
        orders.values().stream()
                .filter(order -> order.time() > until - YEAR)
                .forEach(order -> spent.merge(order.customer(), order.total(), Double::sum));
        spent.values().removeIf(value -> Math.abs(value) < 1e-6);
        List<Double> sorted = spent.values().stream().sorted().toList();
        // The least value than which nine tenths are lower.
        double least = sorted.stream()
                .filter(value ->
                        10 * sorted.stream().filter(other -> other < value).count() >= 9L * sorted.size())
                .findFirst()
                .orElseThrow();

        Set<String> members = members(until);
        Set<String> differing = new TreeSet<>();
        spent.forEach((customer, value) -> {
            if (members.contains(customer) != (value >= least)) {
                differing.add(customer);
                assertThat(Math.abs(value - least)).as(customer).isLessThan(least * BUCKET);
            }
        });
        System.out.printf(
                "top tenth of %d customers: %d members, from %.2f; %d on the other side within half a percent%n",
                sorted.size(), members.size(), least, differing.size());
        assertThat(spent.keySet()).containsAll(members);
        assertThat(sorted.size()).isGreaterThan(1500);
    }

    private static Set<String> members(long until) throws Exception {
        Plan plan = Plan.compile(
                new DefinitionReader(Traces.vocabulary()).read(List.of(new DefinitionText("top.yaml", TOP_TENTH))),
                Traces.vocabulary());
        Set<String> members = new HashSet<>();
        try (EventReader reader = Traces.open("uci-online-retail.csv.gz", "uci-online-retail")) {
            for (Change change :
                    new Replay(plan).run(reader, new Until.At(until)).changes()) {
                if (change.kind() == Change.Kind.ENTERED) {
                    members.add(change.customerId());
                } else {
                    members.remove(change.customerId());
                }
            }
        }
        return members;
    }
}
