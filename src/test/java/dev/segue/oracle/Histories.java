// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.FieldType.Scalar;
import dev.segue.event.SmallShop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Generates random histories: bursts, gaps, ties, deadlines met to the millisecond, duplicates, late events, ticks. */
final class Histories {
    private static final long START = Instant.parse("2025-11-01T10:00:00Z").toEpochMilli();
    /** Some are right before clocks are set, or a month ends. */
    private static final List<String> STARTS = List.of(
            "2025-11-01T10:00:00Z",
            "2025-11-01T20:00:00Z",
            "2025-03-08T22:00:00Z",
            "2025-03-29T10:00:00Z",
            "2025-10-25T22:00:00Z",
            "2025-10-31T10:00:00Z",
            "2024-02-28T10:00:00Z");

    private static final List<String> TYPES = List.of(
            "page_viewed",
            "product_viewed",
            "product_viewed",
            "product_added",
            "product_added",
            "product_added",
            "product_removed",
            "order_completed",
            "order_completed",
            "form_submitted",
            "custom_event",
            "custom_event",
            "profile_updated",
            "profile_updated",
            "customer_erased",
            "order_refunded",
            "order_cancelled",
            "email_delivered");

    /** Orders that are sometimes announced again, partially refunded, or cancelled. */
    private static final List<String> ABOUT_ORDERS = List.of(
            "order_completed",
            "order_completed",
            "order_completed",
            "order_completed",
            "order_refunded",
            "order_refunded",
            "order_refunded",
            "order_cancelled");

    /** Statements of several origins, and erasures of some. */
    private static final List<String> ABOUT_PROFILE =
            List.of("profile_updated", "profile_updated", "profile_updated", "profile_updated", "customer_erased");

    /** Goals of triggers, and consents. */
    private static final List<String> ABOUT_SENDING =
            List.of("order_completed", "product_added", "page_viewed", "profile_updated");

    private static final List<String> ABOUT_PRODUCTS =
            List.of("product_viewed", "product_added", "product_added", "product_removed", "order_completed");

    private static final Map<String, List<String>> TEXTS = Map.of(
            "origin", List.of("stated", "stated", "observed", "partner", "bought", "bought"),
            "variant", List.of("red", "blue", ""),
            "currency", List.of("EUR", "EUR", " eur ", "USD", "usd", "JPY", "CHF", "GBP", "euros", ""),
            "order_id", List.of("o1", "o2", "o2", "o3", ""),
            "timezone",
                    List.of(
                            "Europe/Berlin",
                            "America/New_York",
                            "Asia/Kolkata",
                            "Nowhere/Land",
                            "",
                            "europe/LONDON",
                            " Asia/Tokyo\t",
                            "EST",
                            "hst",
                            "PST",
                            "PST8PDT",
                            "UTC+05:30",
                            "gmt-3",
                            "+02",
                            "z"),
            "birthday", List.of("1990-11-09", "11-02", "2000-02-29", "12-24", "13-01", "2001-02-29"),
            "wedding_date", List.of("2025-11-03", "2025-11-30", "2025-11-31", "2026-01-01", "soon"));

    private static final List<String> CLEARED = List.of(
            "birthday",
            "wedding_date",
            "age",
            "favourite",
            "tags",
            "attributes",
            "consent",
            "timezone",
            "city",
            "cleared",
            "nothing");

    private final Dice dice;
    private final List<Long> durations;
    private boolean mayLink = true;
    private boolean areCompared;
    private boolean areInformed;
    private boolean areSentTo;

    Histories(Dice dice, List<String> durations) {
        this.dice = dice;
        this.durations = durations.stream().map(Instants::millis).toList();
    }

    /** Every id is a customer of its own. */
    Histories withoutLinks() {
        mayLink = false;
        return this;
    }

    /** There are several customers, and sometimes they are counted. */
    Histories withCounts() {
        areCompared = true;
        return this;
    }

    /** Sometimes something becomes known of products. */
    Histories withFacts() {
        areInformed = true;
        return this;
    }

    /** Clocks of customers matter, and sometimes a customer is erased. */
    Histories withTriggers() {
        areSentTo = true;
        return this;
    }

    List<Step> history() {
        List<Step> steps = new ArrayList<>();
        int customers = areCompared ? dice.any(1, 2, 3, 3, 4, 5) : dice.any(1, 1, 1, 2, 3);
        int length = 2 + dice.roll(areCompared ? 40 : 24);
        // With few types of events, each definition is affected more often.
        List<String> types = areSentTo && dice.once(2)
                ? ABOUT_SENDING
                : dice.once(4)
                        ? dice.any(ABOUT_ORDERS, ABOUT_ORDERS, ABOUT_PROFILE)
                        : areInformed && dice.once(2)
                                ? ABOUT_PRODUCTS
                                : List.of(dice.any(TYPES), dice.any(TYPES), dice.any(TYPES), dice.any(TYPES));
        int edited = dice.once(4) ? dice.roll(length) : -1;
        int back = dice.once(3) ? edited + 1 + dice.roll(length) : -1;
        boolean links = dice.once(3) && mayLink;
        // Events of two ids at one instant have no order by which a past could be united.
        Set<Long> taken = links && edited >= 0 ? new HashSet<>() : null;
        List<String> ids = links
                ? List.of("ann", "bob", "d1", "d2", "d1").subList(0, 2 + dice.roll(4))
                : List.of("ann", "bob", "cid", "dan", "eve").subList(0, customers);
        FactHistory facts = new FactHistory(dice, durations);
        long now = areSentTo ? Instant.parse(dice.any(STARTS)).toEpochMilli() : START;
        for (int number = 0; number < length; number++) {
            now = areSentTo && dice.once(4) ? onTheClock(now) : now + gap();
            if (number == edited || (edited >= 0 && number == back)) {
                steps.add(new Step.Becomes(now, ""));
                continue;
            }
            if (areCompared && dice.once(4)) {
                Step.Seen seen = dice.any(
                        Step.Seen.AT_ONCE, Step.Seen.AT_ONCE, Step.Seen.NEXT_TIME, Step.Seen.LATE, Step.Seen.EARLY);
                steps.add(new Step.Counted(now, seen));
                continue;
            }
            if (areInformed && dice.once(3)) {
                steps.addAll(facts.next(now));
                continue;
            }
            if (dice.once(6)) {
                steps.add(new Step.Tick(now, !dice.once(4)));
                continue;
            }
            if (areSentTo && !links && dice.once(25)) {
                steps.add(new Step.Erased(now, dice.any(ids)));
                continue;
            }
            long at = dice.once(6) ? now - lateness() : now;
            while (taken != null && !taken.add(at)) {
                at++;
                now++;
            }
            String customer = dice.any(ids);
            String type = links && dice.once(8) ? "customers_merged" : type(types);
            // To a past that is united, events of one person with one id are one event, even if two customers sent
            // them.
            String id = taken == null ? id(number) : "e" + number;
            steps.add(new Step.Happens(id, at, customer, type, links ? linking(type) : Map.of()));
        }
        steps.replaceAll(step -> step instanceof Step.Happens happens
                ? new Step.Happens(happens.id(), happens.at(), happens.customer(), happens.type(), values(happens))
                : step);
        steps.add(new Step.Tick(
                now + dice.any(0L, 1000L, dice.any(durations), dice.any(durations) * 3, 40 * 86_400_000L), true));
        return steps;
    }

    private String type(List<String> types) {
        return dice.once(4) ? dice.any(TYPES) : dice.any(types);
    }

    /** Mostly new; sometimes an earlier id, within or beyond the dedup window. */
    private String id(int number) {
        return "e" + (dice.once(10) ? Math.max(0, number - 1 - dice.roll(20)) : number);
    }

    private long gap() {
        return switch (dice.roll(9)) {
            case 0, 1 -> 0;
            case 2 -> 1;
            case 3, 4 -> dice.any(durations) + dice.any(-1, 0, 0, 1);
            case 5 -> dice.any(durations) / 2;
            case 6 -> dice.between(0, dice.any(durations));
            case 7 -> dice.between(1, 60_000);
            default -> dice.between(0, 3 * 86_400_000L) / (dice.once(2) ? 1 : 1000);
        };
    }

    /** The next full quarter of an hour, hour or day, or right before or after it. */
    private long onTheClock(long now) {
        long unit = dice.any(900_000L, 3_600_000L, 3_600_000L, 10_800_000L, 86_400_000L);
        return Math.max(now, (Math.floorDiv(now, unit) + 1) * unit + dice.any(-1, 0, 0, 0, 1));
    }

    private long lateness() {
        return dice.oneOf(List.of(
                () -> 1L,
                () -> dice.any(durations),
                () -> dice.any(durations) + 1,
                () -> dice.between(0, dice.any(durations)),
                () -> dice.between(0, 30 * 86_400_000L)));
    }

    /** The values that name other ids. */
    private Map<String, Object> linking(String type) {
        if (type.equals("customers_merged")) {
            String other = dice.any("ann", "bob", "d1", "cid", "");
            return dice.once(2)
                    ? Map.of("other_id", other)
                    : Map.of("other_id", other, "survivor", dice.any(other, "ann", "bob"));
        }
        return dice.once(3) ? Map.of("anonymous_id", dice.any("d1", "d1", "d2", "ann", "undefined", "d3")) : Map.of();
    }

    private Map<String, Object> values(Step.Happens happens) {
        Map<String, Object> values = new LinkedHashMap<>(happens.values());
        if (happens.type().equals("customers_merged")) {
            return values;
        }
        SmallShop.VOCABULARY.get(happens.type()).record().fields().forEach(field -> {
            boolean identity = field.name().equals("event_id") || field.name().equals("occurred_at");
            boolean common =
                    List.of("anonymous_id", "referrer", "country", "city").contains(field.name());
            int present = switch (field.name()) {
                case "order_id" -> 9;
                case "product_id" -> 7;
                case "sku", "variant" -> 4;
                case "timezone" -> 2;
                case "cleared" -> 3;
                // An erasure without an origin would erase the customer.
                case "origin" -> happens.type().equals("customer_erased") ? 10 : 5;
                default -> 6;
            };
            if (!identity && !common && dice.roll(10) < present) {
                List<String> texts = texts(field);
                values.put(field.name(), texts == null ? value(field) : dice.any(texts));
            }
        });
        return values;
    }

    private @Nullable List<String> texts(Field field) {
        return areInformed && field.name().equals("product_id") ? FactHistory.PRODUCTS : TEXTS.get(field.name());
    }

    private Object value(Field field) {
        if (field.name().equals("cleared")) {
            return List.of(dice.any(CLEARED), dice.any(CLEARED)).subList(0, dice.roll(3));
        }
        // Some sums of quantities become zero, and some quantities are too small to count.
        return field.name().equals("quantity")
                ? dice.any(1.0, 1.0, 1.0, 2.0, 2.0, 0.1, 0.2, 0.3, 0.30000049, 2.5, 0.0, 0.0000004, -1.0)
                : value(field.type());
    }

    private Object value(FieldType type) {
        if (type instanceof FieldType.Nested nested) {
            Map<String, Object> record = new LinkedHashMap<>();
            nested.record().fields().forEach(field -> {
                if (!dice.once(3)) {
                    List<String> texts = texts(field);
                    record.put(field.name(), texts == null ? value(field) : dice.any(texts));
                }
            });
            return record;
        }
        if (type instanceof FieldType.Listing listing) {
            List<Object> list = new ArrayList<>();
            for (int size = dice.any(0, 1, 1, 2, 2, 3); size > 0; size--) {
                list.add(value(listing.element()));
            }
            return list;
        }
        if (type instanceof FieldType.Mapping mapping) {
            Map<String, Object> map = new LinkedHashMap<>();
            List.of("a", "b").forEach(key -> {
                if (dice.once(2)) {
                    map.put(key, value(mapping.value()));
                }
            });
            return map;
        }
        return switch ((Scalar) type) {
            case BOOLEAN -> dice.once(2);
            case INTEGER -> dice.any(0, 1, 2, 3, 5, -1);
            case DOUBLE, DECIMAL -> dice.any(0.0, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 2.5, 3.0, 19.95, -1.0);
            case STRING -> dice.any(Literals.TEXTS);
            case MIXED -> dice.<Object>any("a", "b", "ab", "", "2", 0.0, 1.0, 2.5, -1.0, true, false);
            case TIMESTAMP -> dice.any("2025-10-01T00:00:00Z", "2025-10-31T22:00:00Z", "2025-11-02T00:00:00Z");
            default -> throw new IllegalArgumentException("no values of " + type.describe());
        };
    }
}
