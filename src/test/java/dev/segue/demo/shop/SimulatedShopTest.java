// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.event.Event;
import dev.segue.event.EventType;
import dev.segue.event.Fields;
import dev.segue.event.Vocabulary;
import dev.segue.serde.event.EventLine;
import dev.segue.serde.event.EventSchemas;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SimulatedShopTest {
    private static final Instant OPENS = Instant.parse("2026-03-02T10:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static Vocabulary vocabulary;

    @BeforeAll
    static void readTheVocabulary() throws Exception {
        vocabulary = EventSchemas.read(Path.of("schemas", "events")).vocabulary();
    }

    @Test
    void sameSeedYieldsSameBytes() {
        assertThat(lines(7, DAY)).isEqualTo(lines(7, DAY)).hasSizeGreaterThan(5000);
    }

    @Test
    void otherSeedYieldsOtherEvents() {
        assertThat(lines(7, DAY)).isNotEqualTo(lines(8, DAY));
    }

    @Test
    void eventsAreInOrderOfTimeWithUniqueIds() {
        Set<String> ids = new HashSet<>();
        long latest = Long.MIN_VALUE;
        for (Event event : events(7, DAY)) {
            assertThat(event.time()).isGreaterThanOrEqualTo(latest);
            assertThat(ids.add(event.eventId())).as(event.eventId()).isTrue();
            latest = event.time();
        }
    }

    @Test
    void hasPastOfUsualLengthAndSize() {
        Instant begins = OPENS.minus(ShopSettings.USUAL_PAST);
        List<Event> past = events(7, Duration.ZERO);
        // Every past event delays the demo's first line.
        assertThat(past)
                .hasSizeBetween(3000, 6000)
                .allSatisfy(
                        event -> assertThat(event.time()).isBetween(begins.toEpochMilli(), OPENS.toEpochMilli() - 1));
    }

    @Test
    void sellsNothingBeforeItsLaunch() {
        int novelties = 0;
        for (Event event : events(7, DAY.multipliedBy(5))) {
            if (event.type().name().equals("order_completed")) {
                for (Fields line : products(event)) {
                    if (line.get("launched_at") instanceof Instant launched) {
                        novelties++;
                        assertThat(launched.toEpochMilli()).isLessThanOrEqualTo(event.time());
                    }
                }
            }
        }
        assertThat(novelties).isGreaterThan(100);
    }

    @Test
    void cartQuantitiesAreNeverNegative() {
        Map<String, Map<Object, Double>> carts = new HashMap<>();
        for (Event event : events(7, DAY.multipliedBy(3))) {
            Map<Object, Double> cart = carts.computeIfAbsent(event.customerId(), id -> new HashMap<>());
            Object product = event.fields().get("product_id");
            switch (event.type().name()) {
                case "product_added" -> cart.merge(product, quantity(event.fields()), Double::sum);
                case "product_removed" ->
                    assertThat(cart.merge(product, -quantity(event.fields()), Double::sum))
                            .as(event.toString())
                            .isNotNegative();
                case "order_completed" -> cart.clear();
                default -> {}
            }
        }
    }

    @Test
    void orderContainsExactlyTheCart() {
        Map<String, Map<Object, Double>> carts = new HashMap<>();
        int orders = 0;
        for (Event event : events(7, DAY)) {
            Map<Object, Double> cart = carts.computeIfAbsent(event.customerId(), id -> new HashMap<>());
            Object product = event.fields().get("product_id");
            switch (event.type().name()) {
                case "product_added" -> cart.merge(product, quantity(event.fields()), Double::sum);
                case "product_removed" -> cart.remove(product);
                case "order_completed" -> {
                    if (event.fields().get("session_id") != null) {
                        orders++;
                        assertThat(ordered(event)).as(event.toString()).isEqualTo(cart);
                    }
                    cart.clear();
                }
                default -> {}
            }
        }
        assertThat(orders).isGreaterThan(50);
    }

    @Test
    void totalIsLinesMinusDiscountPlusShipping() {
        for (Event event : events(7, DAY)) {
            if (event.type().name().equals("order_completed")) {
                BigDecimal lines = BigDecimal.ZERO;
                for (Fields line : products(event)) {
                    lines = lines.add(price(line).multiply(BigDecimal.valueOf(quantity(line))));
                }
                BigDecimal total = lines.subtract(decimal(event, "discount")).add(decimal(event, "shipping"));
                assertThat(decimal(event, "total")).isEqualByComparingTo(total).isPositive();
            }
        }
    }

    @Test
    void eveningIsBusierThanNight() {
        int evening = 0;
        int night = 0;
        for (Event event : events(7, DAY.multipliedBy(4))) {
            int hour = Instant.ofEpochMilli(event.time()).atZone(DayRhythm.ZONE).getHour();
            if (event.time() >= OPENS.toEpochMilli()) {
                evening += hour >= 18 && hour < 22 ? 1 : 0;
                night += hour >= 1 && hour < 5 ? 1 : 0;
            }
        }
        assertThat(evening).isGreaterThan(5 * night);
        assertThat(night).isPositive();
    }

    @Test
    void visitsMatchConfiguredRate() {
        Set<Object> sessions = new HashSet<>();
        events(7, DAY.multipliedBy(4)).stream()
                .filter(event -> event.time() >= OPENS.toEpochMilli())
                .forEach(event -> sessions.add(event.fields().get("session_id")));
        // Return visits come on top of the 700 a day.
        assertThat(sessions.size() / 4).isBetween(600, 950);
    }

    @Test
    void everyHabitLeavesTraces() {
        Set<String> types = new TreeSet<>();
        events(7, DAY.multipliedBy(10)).forEach(event -> types.add(event.type().name()));
        Set<String> all = new TreeSet<>();
        vocabulary.types().forEach(type -> all.add(type.name()));
        all.remove("customer_erased");
        // Nobody minds its messages.
        all.remove("email_marked_as_spam");
        // The shop does nothing that the vocabulary has no name for.
        all.remove("custom_event");
        // Its customers have one id each.
        all.remove("customer_identified");
        all.remove("customers_merged");
        assertThat(types).isEqualTo(all);
    }

    @Test
    void namesMissingType() {
        Vocabulary poor = new Vocabulary(List.of(new EventType("page_viewed", List.of(), true)));
        SimulatedShop shop = new SimulatedShop(poor, ShopSettings.usual(7, OPENS));
        assertThatThrownBy(shop::next).hasMessageMatching("unknown event type 'profile_updated'");
    }

    private static List<String> lines(long seed, Duration open) {
        return events(seed, open).stream().map(EventLine::of).toList();
    }

    private static List<Event> events(long seed, Duration open) {
        SimulatedShop shop = new SimulatedShop(vocabulary, ShopSettings.usual(seed, OPENS));
        List<Event> events = new ArrayList<>();
        while (shop.nextTime() < OPENS.plus(open).toEpochMilli()) {
            events.add(shop.next());
        }
        return events;
    }

    private static Map<Object, Double> ordered(Event order) {
        Map<Object, Double> lines = new HashMap<>();
        products(order).forEach(line -> lines.put(line.get("product_id"), quantity(line)));
        return lines;
    }

    @SuppressWarnings("unchecked")
    private static List<Fields> products(Event order) {
        return (List<Fields>) order.fields().get("products");
    }

    private static double quantity(Fields line) {
        return (Double) line.get("quantity");
    }

    private static BigDecimal price(Fields line) {
        return (BigDecimal) line.get("price");
    }

    private static BigDecimal decimal(Event event, String field) {
        return (BigDecimal) event.fields().get(field);
    }
}
