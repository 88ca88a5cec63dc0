// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.segue.event.Fields;
import dev.segue.event.ProductFacts;
import dev.segue.plan.product.ProductTable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Publishes facts of products to the engine's table and to the oracle. */
final class Informing {
    private static final int EVENTS_LATE = 2;

    private final Oracle oracle;
    private final Map<String, ProductFacts> settled = new HashMap<>();
    private final ProductTable table = new ProductTable(settled::get, 0);
    private final List<Late> late = new ArrayList<>();
    private long latest = Long.MIN_VALUE;

    private static final class Late {
        private final Step.Informed step;
        private final long at;
        private int left = EVENTS_LATE;

        Late(Step.Informed step, long at) {
            this.step = step;
            this.at = at;
        }

        boolean isOver(Step next) {
            return !(next instanceof Step.Happens) || --left == 0;
        }
    }

    Informing(Oracle oracle) {
        this.oracle = oracle;
    }

    ProductTable table() {
        return table;
    }

    /** Publishes late facts if it is time. */
    void before(Step step) {
        List<Late> over = late.stream().filter(each -> each.isOver(step)).toList();
        late.removeAll(over);
        over.forEach(each -> publish(each.step, each.at));
    }

    /** @param tick the time of all customers at least, in milliseconds since the epoch */
    void inform(Step.Informed step, long tick) {
        if (step.seen() == Step.Seen.LATE) {
            late.add(new Late(step, tick));
        } else {
            publish(step, tick + step.ahead());
        }
    }

    /** All customers have been evaluated under what is known at an instant. */
    void settle(long instant) {
        table.settle(instant).forEach(gone -> settled.put(gone.facts().productId(), gone.facts()));
    }

    /** Publishes all facts of a history, each from its own instant on. */
    void all(List<Step> steps) {
        steps.stream()
                .filter(Step.Informed.class::isInstance)
                .map(Step.Informed.class::cast)
                .sorted(Comparator.comparing(step -> step.at() + step.ahead()))
                .forEach(step -> publish(step, step.at() + step.ahead()));
    }

    /** Facts arrive in the order in which they become valid. */
    private void publish(Step.Informed step, long wanted) {
        latest = Math.max(latest, wanted);
        Map<String, Fields> variants = new HashMap<>();
        Map<String, Map<String, Object>> plain = new HashMap<>();
        step.variants().forEach((name, own) -> {
            variants.put(name, typed(own));
            plain.put(name, plain(own));
        });
        ProductFacts next = new ProductFacts(step.product(), latest, typed(step.stated()), variants);
        ProductTable.Numbered unused = table.add(next.after(table.at(step.product(), Long.MAX_VALUE)));
        oracle.publish(step.product(), latest, plain(step.stated()), plain);
    }

    private static Fields typed(Map<String, Object> facts) {
        Object[] values = new Object[ProductFacts.TYPE.fields().size()];
        facts.forEach((field, value) -> values[ProductFacts.TYPE.slot(field)] = typed(field, value));
        return new Fields(ProductFacts.TYPE, values);
    }

    private static Map<String, Object> plain(Map<String, Object> facts) {
        Map<String, Object> plain = new TreeMap<>();
        facts.forEach((field, value) -> plain.put(field, plain(field, value)));
        return plain;
    }

    private static Object typed(String field, Object value) {
        return switch (field) {
            case "price" -> new BigDecimal(value.toString()).setScale(4);
            case "stock" -> ((Number) value).longValue();
            case "launched_at" -> Instant.parse(value.toString());
            default -> value;
        };
    }

    private static Object plain(String field, Object value) {
        return switch (field) {
            case "price" -> ((Number) value).doubleValue();
            case "stock" -> ((Number) value).longValue();
            case "launched_at" -> Instant.parse(value.toString());
            default -> value;
        };
    }
}
