// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.segue.event.Event;
import dev.segue.event.Fields;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Computes the orders that stand from all announcements and refunds, as docs/language.md specifies. */
final class StandingOrders {
    private final Shapes shapes;
    private final List<PlacedOrder> standing;

    /** @param history in order of (time, arrival) */
    StandingOrders(List<Event> history, Shapes shapes) {
        this.shapes = shapes;
        List<PlacedOrder> placed = new ArrayList<>();
        announcements(history).forEach((orderId, events) -> {
            PlacedOrder order = new PlacedOrder(events.get(0), events.get(events.size() - 1));
            history.stream()
                    .filter(event -> orderId.equals(event.fields().get("order_id")))
                    .forEach(order::giveBack);
            placed.add(order);
        });
        this.standing = placed.stream().filter(PlacedOrder::stands).toList();
    }

    /** The announcements of each order, by its id; an order without an id is separate. */
    private static Map<Object, List<Event>> announcements(List<Event> history) {
        Map<Object, List<Event>> orders = new LinkedHashMap<>();
        for (Event event : history) {
            if (event.type().name().equals("order_completed")) {
                Object id = event.fields().get("order_id");
                boolean named = id != null && !id.equals("");
                orders.computeIfAbsent(named ? id : new Object(), first -> new ArrayList<>())
                        .add(event);
            }
        }
        return orders;
    }

    /** The elements of {@code purchase}. */
    List<Element> purchases() {
        List<Element> purchases = new ArrayList<>();
        for (PlacedOrder order : standing) {
            Map<String, Object> values = new TreeMap<>(shapes.set(order.latest.fields()));
            values.putAll(shapes.times(order.first));
            if (order.total == null) {
                values.remove("total");
            } else {
                values.put("total", order.total.subtract(order.givenBack).doubleValue());
            }
            purchases.add(new Element(shapes.streams().get("purchase"), values));
        }
        return purchases;
    }

    /** The elements of {@code item_bought}. */
    List<Element> items() {
        List<Element> items = new ArrayList<>();
        for (PlacedOrder order : standing) {
            for (int line = 0; line < order.lines.size(); line++) {
                if (order.kept[line].signum() > 0) {
                    items.add(item(order, line));
                }
            }
        }
        return items;
    }

    private Element item(PlacedOrder order, int number) {
        Fields line = order.lines.get(number);
        Map<String, Object> values = new TreeMap<>(shapes.set(line));
        values.put("quantity", order.kept[number].doubleValue());
        values.putAll(shapes.times(order.first));
        for (String ofOrder : List.of("order_id", "coupon", "channel")) {
            Object value = order.latest.fields().get(ofOrder);
            if (value != null) {
                values.putIfAbsent(ofOrder, value); // A line's own goes first.
            }
        }
        if (line.get("launched_at") instanceof Instant launched) {
            Duration age = Duration.between(launched, Instant.ofEpochMilli(order.first.time()));
            values.put("age_days", age.toMillis() / 86_400_000.0);
        }
        return new Element(shapes.streams().get("item_bought"), values);
    }

    /** An order with its remaining quantities and total. */
    private static final class PlacedOrder {
        private final Event first;
        private final Event latest;
        private final List<Fields> lines;
        private final BigDecimal[] kept;
        private final @Nullable BigDecimal total;
        private BigDecimal givenBack = BigDecimal.ZERO;
        private boolean whollyGivenBack;

        PlacedOrder(Event first, Event latest) {
            this.first = first;
            this.latest = latest;
            this.lines = products(latest);
            this.kept = new BigDecimal[lines.size()];
            BigDecimal sum = BigDecimal.ZERO;
            boolean priced = false;
            for (int line = 0; line < kept.length; line++) {
                BigDecimal quantity = millionths(lines.get(line).get("quantity"));
                kept[line] = quantity.signum() > 0 ? quantity : BigDecimal.ONE;
                sum = sum.add(worth(lines.get(line).get("price"), kept[line]));
                priced |= lines.get(line).get("price") != null;
            }
            if (latest.fields().get("total") instanceof BigDecimal known) {
                this.total = known;
            } else {
                this.total = priced ? sum : null;
            }
        }

        void giveBack(Event event) {
            boolean refund = event.type().name().equals("order_refunded");
            Object amount = event.fields().get("total");
            if (event.type().name().equals("order_cancelled")
                    || (refund && amount == null && products(event).isEmpty())) {
                whollyGivenBack = true;
            } else if (refund) {
                BigDecimal taken = BigDecimal.ZERO;
                for (Fields product : products(event)) {
                    taken = taken.add(take(product));
                }
                givenBack = givenBack.add(amount == null ? taken : (BigDecimal) amount);
            }
        }

        /** Removes a product from the lines, and returns the value of the removed pieces. */
        private BigDecimal take(Fields product) {
            BigDecimal worth = BigDecimal.ZERO;
            BigDecimal named = millionths(product.get("quantity"));
            BigDecimal wanted = named.signum() > 0 ? named : null;
            for (int line = 0; line < kept.length; line++) {
                if (fits(product, lines.get(line))) {
                    BigDecimal taken = wanted == null ? kept[line] : kept[line].min(wanted);
                    kept[line] = kept[line].subtract(taken);
                    wanted = wanted == null ? null : wanted.subtract(taken);
                    Object price = product.get("price");
                    worth = worth.add(worth(price == null ? lines.get(line).get("price") : price, taken));
                }
            }
            return worth;
        }

        boolean stands() {
            boolean nothingLeft = kept.length > 0;
            for (BigDecimal quantity : kept) {
                nothingLeft = nothingLeft && quantity.signum() == 0;
            }
            boolean paidBack = total != null && total.signum() > 0 && givenBack.compareTo(total) >= 0;
            return !whollyGivenBack && !nothingLeft && !paidBack;
        }
    }

    private static boolean fits(Fields product, Fields line) {
        return !key(product).isEmpty()
                && key(product).equals(key(line))
                && !differ(product, line, "variant")
                && !differ(product, line, "sku");
    }

    private static String key(Fields line) {
        return text(line, "product_id").isEmpty() ? text(line, "sku") : text(line, "product_id");
    }

    private static boolean differ(Fields product, Fields line, String name) {
        String one = text(product, name);
        String other = text(line, name);
        return !one.isEmpty() && !other.isEmpty() && !one.equals(other);
    }

    private static String text(Fields line, String name) {
        return line.get(name) instanceof String text ? text : "";
    }

    private static BigDecimal worth(@Nullable Object price, BigDecimal quantity) {
        BigDecimal known = price instanceof BigDecimal decimal ? decimal : BigDecimal.ZERO;
        return known.multiply(quantity).setScale(6, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal millionths(@Nullable Object number) {
        return number instanceof Double known
                ? new BigDecimal(known).setScale(6, RoundingMode.HALF_EVEN)
                : BigDecimal.ZERO;
    }

    private static List<Fields> products(Event event) {
        List<Fields> products = new ArrayList<>();
        if (event.fields().get("products") instanceof List<?> list) {
            list.forEach(product -> products.add((Fields) product));
        }
        return products;
    }
}
