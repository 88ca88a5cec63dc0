// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.SmallShop;
import dev.segue.serde.event.EventBuilder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventCountsTest {
    private static final long AT = 1_761_987_600_000L;

    private final PendingCounts pending = new PendingCounts();

    private void ordered(int mostNames, Map<?, ?>... lines) throws Exception {
        Map<String, Object> values = Map.of(
                "type", "order_completed",
                "customer_id", "ann",
                "event_id", "1",
                "occurred_at", AT,
                "products", Arrays.asList(lines));
        new EventCounts(pending, new NameLimit(mostNames), new Since(0, () -> {}))
                .event(new EventBuilder(SmallShop.VOCABULARY).build(values), false);
    }

    private static Map<String, Object> line(String product, Object quantity) {
        return new HashMap<>(Map.of("product_id", product, "category", "food", "quantity", quantity));
    }

    private List<String> counted(StatisticKind kind, String name) {
        WindowCounts counts = pending.of(new Subject(kind, name), AT);
        return List.of(
                counts.shown(Measure.ORDERED).stripTrailingZeros().toPlainString(),
                counts.shown(Measure.ORDERS).toPlainString());
    }

    @Test
    void unitsAreSummedAndOrdersCountOnce() throws Exception {
        Map<String, Object> withoutQuantity = line("flour", 1);
        withoutQuantity.remove("quantity");
        ordered(100, line("flour", 0.25), withoutQuantity, line("flour", -3), line("salt", 2));
        assertThat(counted(StatisticKind.PRODUCT, "flour")).containsExactly("2.25", "1");
        assertThat(counted(StatisticKind.PRODUCT, "salt")).containsExactly("2", "1");
        assertThat(counted(StatisticKind.CATEGORY, "food")).containsExactly("4.25", "1");
    }

    @Test
    void orderCountsOnceForAllNamesBeyondTheLimit() throws Exception {
        ordered(1, line("flour", 1), line("salt", 2), line("sugar", 3));
        assertThat(counted(StatisticKind.PRODUCT, Subject.OTHERS)).containsExactly("5", "1");
    }

    @Test
    void absurdQuantitiesDoNotTurnNegative() throws Exception {
        for (int order = 0; order < 3; order++) {
            ordered(100, line("flour", 1e300));
        }
        assertThat(pending.of(new Subject(StatisticKind.PRODUCT, "flour"), AT).get(Measure.ORDERED))
                .isEqualTo(Long.MAX_VALUE);
    }
}
