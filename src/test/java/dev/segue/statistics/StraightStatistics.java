// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

import dev.segue.avro.CustomerSession;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.Fields;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What docs/statistics.md says, computed straightforwardly: events are counted one by one, and all events of an open session are
 * kept. Pages have paths, forms and products have names, days are those of UTC, and nothing exceeds a limit.
 */
public final class StraightStatistics {
    private static final Duration SILENCE = Duration.ofMinutes(30);

    private final Map<String, BigDecimal> counts = new TreeMap<>();
    private final Map<String, Visitor> visitors = new HashMap<>();
    private final Map<String, List<String>> sessions = new TreeMap<>();
    private final List<Change> changes = new ArrayList<>();

    /**
     * An event of an open session.
     *
     * @param heard the customer's time when it came
     */
    private record Heard(Event event, Instant heard) {
        private Instant at() {
            return Instant.ofEpochMilli(event.time());
        }

        private boolean is(String type) {
            return event.type().name().equals(type);
        }
    }

    private static final class Visitor {
        private final Set<String> ids = new HashSet<>();
        private Instant now = Instant.MIN;
        private List<Heard> open = new ArrayList<>();

        private Instant first() {
            return open.stream().map(Heard::at).min(Comparator.naturalOrder()).orElseThrow();
        }

        private Instant last() {
            return open.stream().map(Heard::at).max(Comparator.naturalOrder()).orElseThrow();
        }

        private boolean isOver() {
            return !open.isEmpty()
                    && !open.stream()
                            .flatMap(event -> Stream.of(event.at(), event.heard))
                            .max(Comparator.naturalOrder())
                            .orElseThrow()
                            .plus(SILENCE)
                            .isAfter(now);
        }

        private boolean hasSeen(String page) {
            return open.stream().anyMatch(known -> page.equals(page(known.event)));
        }
    }

    /**
     * Counts an event; those of a customer in the order of their arrival.
     *
     * @param tick the last tick before it
     */
    public void event(Event event, Instant tick) {
        Visitor visitor = visitors.computeIfAbsent(event.customerId(), absent -> new Visitor());
        if (!visitor.ids.add(event.eventId())) {
            return;
        }
        Heard heard = new Heard(event, Instant.ofEpochMilli(event.time()));
        visitor.now = Stream.of(visitor.now, heard.at(), tick)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        count(heard);
        if (visitor.isOver()) {
            end(event.customerId(), visitor);
        }
        if (event.type().activity()) {
            visit(visitor, new Heard(event, visitor.now));
        }
    }

    private void visit(Visitor visitor, Heard event) {
        if (!visitor.open.isEmpty() && !event.at().isBefore(visitor.last().plus(SILENCE))) {
            end(event.event.customerId(), visitor);
        }
        if (!visitor.open.isEmpty() && !event.at().plus(SILENCE).isAfter(visitor.first())) {
            return;
        }
        String page = page(event.event);
        if (page != null && !visitor.hasSeen(page)) {
            add("page", page, event.at(), "VISITORS", BigDecimal.ONE);
        }
        visitor.open.add(event);
    }

    /** Ends the sessions that are over by then. */
    public void timeIs(Instant now) {
        visitors.forEach((customer, visitor) -> {
            visitor.now = now;
            if (visitor.isOver()) {
                end(customer, visitor);
            }
        });
    }

    private void count(Heard event) {
        Fields fields = event.event.fields();
        switch (event.event.type().name()) {
            case "page_viewed" -> add("page", page(event.event), event.at(), "VIEWS", BigDecimal.ONE);
            case "form_started" -> add("form", fields.get("form"), event.at(), "STARTED", BigDecimal.ONE);
            case "form_submitted" -> add("form", fields.get("form"), event.at(), "SUBMITTED", BigDecimal.ONE);
            case "product_viewed" -> product(fields, event.at(), "VIEWED", BigDecimal.ONE);
            case "product_added" -> product(fields, event.at(), "ADDED", quantity(fields));
            case "order_completed" -> {
                lines(fields).forEach(line -> product(line, event.at(), "ORDERED", quantity(line)));
                for (String name : List.of("product_id", "category")) {
                    lines(fields)
                            .map(line -> line.get(name))
                            .distinct()
                            .forEach(subject ->
                                    add(name.replace("_id", ""), subject, event.at(), "ORDERS", BigDecimal.ONE));
                }
            }
            case "order_refunded" ->
                lines(fields).forEach(line -> product(line, event.at(), "RETURNED", quantity(line)));
            default -> {}
        }
    }

    private static @Nullable String page(Event event) {
        return event.type().name().equals("page_viewed")
                ? (String) event.fields().get("path")
                : null;
    }

    private static Stream<Fields> lines(Fields order) {
        return order.get("products") instanceof List<?> products
                ? products.stream().map(Fields.class::cast)
                : Stream.empty();
    }

    private static BigDecimal quantity(Fields line) {
        Object quantity = line.get("quantity");
        return quantity == null || (double) quantity <= 0
                ? BigDecimal.ONE
                : new BigDecimal((double) quantity).setScale(6, RoundingMode.HALF_EVEN);
    }

    private void product(Fields line, Instant at, String measure, BigDecimal more) {
        add("product", line.get("product_id"), at, measure, more);
        add("category", line.get("category"), at, measure, more);
    }

    private void end(String customer, Visitor visitor) {
        List<Heard> events =
                visitor.open.stream().sorted(Comparator.comparing(Heard::at)).toList();
        visitor.open = new ArrayList<>();
        List<Heard> views =
                events.stream().filter(event -> event.is("page_viewed")).toList();
        long orders =
                events.stream().filter(event -> event.is("order_completed")).count();
        boolean isBounce = events.size() == 1 && views.size() == 1;
        String landing = null;
        String exit = null;
        if (!views.isEmpty()) {
            Heard first = views.get(0);
            Heard last = views.get(views.size() - 1);
            landing = page(first.event);
            exit = page(last.event);
            add("page", landing, first.at(), "LANDINGS", BigDecimal.ONE);
            add("page", landing, first.at(), "BOUNCES", isBounce ? BigDecimal.ONE : BigDecimal.ZERO);
            add("page", landing, first.at(), "LANDING_ORDERS", BigDecimal.valueOf(orders));
            add("page", exit, last.at(), "EXITS", BigDecimal.ONE);
        }
        Map<Object, Heard> begun = new TreeMap<>();
        for (Heard event : events) {
            if (event.is("form_started")) {
                begun.put(event.event.fields().get("form"), event);
            } else if (event.is("form_submitted")) {
                begun.remove(event.event.fields().get("form"));
            }
        }
        begun.forEach((form, event) -> add("form", form, event.at(), "ABANDONED", BigDecimal.ONE));
        Instant end = events.get(events.size() - 1).at();
        sessions.computeIfAbsent(customer, absent -> new ArrayList<>())
                .add(text(
                        events.get(0).at(),
                        end,
                        end.plus(SILENCE),
                        (long) events.size(),
                        (long) views.size(),
                        landing,
                        exit,
                        isBounce,
                        orders));
    }

    private static String text(@Nullable Object... values) {
        return Stream.of(values)
                .map(String::valueOf)
                .reduce((some, more) -> some + " " + more)
                .orElseThrow();
    }

    /** The sessions that have ended, by customer, in order of time. */
    public Map<String, List<String>> sessions() {
        // Late events may be a session that ends after later ones.
        sessions.values().forEach(ended -> ended.sort(null));
        return sessions;
    }

    /** Published sessions in the form of {@link #sessions()}. */
    public static Map<String, List<String>> texts(Collection<CustomerSession> published) {
        Map<String, List<String>> texts = new TreeMap<>();
        published.forEach(session -> texts.computeIfAbsent(session.getCustomerId(), absent -> new ArrayList<>())
                .add(text(
                        session.getStartedAt(),
                        session.getLastAt(),
                        session.getEndedAt(),
                        session.getEvents(),
                        session.getPageViews(),
                        session.getLandingPage(),
                        session.getExitPage(),
                        session.getBounced(),
                        session.getOrders())));
        texts.values().forEach(ended -> ended.sort(null));
        return texts;
    }

    /** Counts a change that an event or time caused. */
    public void change(Change change) {
        changes.add(change);
        Instant at = change.effectiveAt();
        if (change.kind() != Change.Kind.UPDATED) {
            add("segment", change.segment(), at, change.kind().name(), BigDecimal.ONE);
        }
        if (change.kind() == Change.Kind.EXITED) {
            long stay = Duration.between(change.enteredAt(), at).toMillis();
            add("segment", change.segment(), at, "stay " + StayBuckets.of(stay), BigDecimal.ONE);
        }
    }

    /**
     * Adds how many members segments have at the end of all windows of a period.
     *
     * @param to not included
     */
    public void sizes(Collection<String> segments, int partitions, Instant from, Instant to) {
        for (String segment : segments) {
            sizes(segment, partitions, ChronoUnit.HOURS, from, to);
            sizes(segment, partitions, ChronoUnit.DAYS, from, to);
        }
    }

    private void sizes(String segment, int partitions, ChronoUnit unit, Instant from, Instant to) {
        String size = unit == ChronoUnit.HOURS ? "HOUR" : "DAY";
        for (Instant start = from.truncatedTo(unit); start.isBefore(to); start = start.plus(1, unit)) {
            Instant end = start.plus(1, unit);
            long members = changes.stream()
                    .filter(change -> change.segment().equals(segment)
                            && change.effectiveAt().isBefore(end))
                    .mapToLong(change -> switch (change.kind()) {
                        case ENTERED -> 1;
                        case EXITED -> -1;
                        case UPDATED -> 0;
                    })
                    .sum();
            add(unit, "segment", segment, start, size + "_MEMBERS", BigDecimal.valueOf(members));
            add(unit, "segment", segment, start, size + "_PARTITIONS", BigDecimal.valueOf(partitions));
        }
    }

    private void add(String kind, @Nullable Object name, Instant at, String measure, BigDecimal more) {
        add(ChronoUnit.HOURS, kind, name, at, measure, more);
        add(ChronoUnit.DAYS, kind, name, at, measure, more);
    }

    private void add(ChronoUnit unit, String kind, @Nullable Object name, Instant at, String measure, BigDecimal more) {
        if (name != null && more.signum() != 0) {
            String window = unit == ChronoUnit.HOURS ? "hour" : "day";
            counts.merge(
                    window + "|" + at.truncatedTo(unit) + "|" + kind + "|" + name + " " + measure,
                    more,
                    BigDecimal::add);
        }
    }

    /** The counts other than 0, each by window, subject and measure. */
    public Map<String, String> counts() {
        Map<String, String> texts = new TreeMap<>();
        counts.forEach((key, count) -> texts.put(key, plain(count)));
        return texts;
    }

    /** Published windows in the form of {@link #counts()}. */
    public static Map<String, String> counts(Collection<Statistic> published) {
        Map<String, String> texts = new TreeMap<>();
        for (Statistic window : published) {
            String key = String.join(
                    "|",
                    window.size().label(),
                    Instant.ofEpochMilli(window.start()).toString(),
                    window.subject().kind().label(),
                    window.subject().name());
            window.counts()
                    .counts()
                    .keySet()
                    .forEach(measure ->
                            texts.put(key + " " + measure, plain(window.counts().shown(measure))));
            window.counts().stays().forEach((stay, count) -> texts.put(key + " stay " + stay, count.toString()));
        }
        return texts;
    }

    private static String plain(BigDecimal count) {
        return count.stripTrailingZeros().toPlainString();
    }
}
