package dev.segue.oracle;

import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The reference: what LANGUAGE.md section 4 says, word for word. Every customer's whole history is a list, every
 * question is put to CEL's own runtime, and it is put at every event and at every instant at which anything could change.
 */
final class Oracle {
    private static final int REMEMBERED_IDS = 16;

    private final List<OracleDefinition> definitions;
    private final OracleLanguage language;
    private final Map<String, Customer> customers = new TreeMap<>();
    private final List<Long> durations = new ArrayList<>();

    Oracle(List<OracleDefinition> definitions, OracleLanguage language) {
        this.language = language;
        this.definitions = definitions;
        definitions.forEach(definition -> durations.addAll(definition.durations()));
    }

    /** One that knows the same definitions and no customer. */
    Oracle fresh() {
        return new Oracle(definitions, language);
    }

    Set<String> customers() {
        return customers.keySet();
    }

    /** All that is known of a customer. */
    private static final class Customer {
        private final String id;
        private final List<Event> history = new ArrayList<>();
        private final IdentityHashMap<Event, Map<String, Element>> elements = new IdentityHashMap<>();
        private final List<String> ids = new ArrayList<>();
        private final Map<String, Member> memberships = new TreeMap<>();
        private Map<String, List<Element>> streams = Map.of();
        private long now = Long.MIN_VALUE;

        Customer(String id) {
            this.id = id;
        }
    }

    /** Since when a customer is in, and the carry last told. */
    private record Member(long enteredAt, Map<String, Object> carry) {}

    /** Why it is asked. */
    private record Occasion(Cause cause, long detectedAt, long lateEventAt) {}

    /** One event, after the last tick; the changes of the time up to it and of itself. */
    List<Told> apply(Event event, long tick, long detectedAt) {
        Customer customer = customers.computeIfAbsent(event.customerId(), Customer::new);
        List<Told> told = new ArrayList<>();
        int known = customer.ids.size();
        if (customer.ids.subList(Math.max(0, known - REMEMBERED_IDS), known).contains(event.eventId())) {
            return told;
        }
        told.addAll(advance(customer, Math.max(tick, event.time()), detectedAt));
        customer.ids.add(event.eventId());
        insert(customer.history, event);
        customer.elements.put(event, elements(event));
        customer.streams = streams(customer);
        long lateAt = event.time() < customer.now ? event.time() : Long.MAX_VALUE;
        ask(customer, customer.now, new Occasion(Cause.of(event), detectedAt, lateAt), told);
        return told;
    }

    /** Time has come to an instant. */
    List<Told> advance(String id, long to, long detectedAt) {
        Customer customer = customers.get(id);
        return customer == null ? List.of() : advance(customer, to, detectedAt);
    }

    private List<Told> advance(Customer customer, long to, long detectedAt) {
        List<Told> told = new ArrayList<>();
        List<Long> times = customer.history.stream().map(Event::time).toList();
        for (long instant : Instants.between(customer.now, to, times, durations)) {
            ask(customer, instant, new Occasion(Cause.DEADLINE, detectedAt, Long.MAX_VALUE), told);
        }
        customer.now = Math.max(customer.now, to);
        return told;
    }

    /** Behind all events of its time or earlier: in order of (time, arrival). */
    private static void insert(List<Event> history, Event event) {
        int index = 0;
        while (index < history.size() && history.get(index).time() <= event.time()) {
            index++;
        }
        history.add(index, event);
    }

    /** What the event is in each stream that it is in. */
    private Map<String, Element> elements(Event event) {
        Map<String, Element> elements = new TreeMap<>();
        elements.put(event.type().name(), language.shapes().element(event.type().name(), event));
        if (event.type().activity()) {
            elements.put("activity", language.shapes().element("activity", event));
        }
        return elements;
    }

    private Map<String, List<Element>> streams(Customer customer) {
        Map<String, List<Element>> streams = new TreeMap<>();
        language.shapes().streams().keySet().forEach(name -> streams.put(name, new ArrayList<>()));
        for (Event event : customer.history) {
            customer.elements
                    .get(event)
                    .forEach((stream, element) -> streams.get(stream).add(element));
        }
        streams.put("cart", CartFold.lines(customer.history, language.shapes()));
        return streams;
    }

    private void ask(Customer customer, long now, Occasion occasion, List<Told> told) {
        Moment moment = new Moment(customer.streams, Instant.ofEpochMilli(now));
        for (OracleDefinition definition : definitions) {
            ask(definition, customer, moment, occasion, told);
        }
    }

    private static void ask(
            OracleDefinition definition, Customer customer, Moment moment, Occasion occasion, List<Told> told) {
        Member member = customer.memberships.get(definition.name());
        Question when = definition.when();
        if (member == null) {
            if (definition.enters(moment)) {
                Map<String, Object> carry = carry(definition, moment);
                customer.memberships.put(
                        definition.name(), new Member(moment.now().toEpochMilli(), carry));
                told.add(change(definition, Change.Kind.ENTERED, customer, moment, occasion, when, carry, null));
            }
        } else if (definition.leaves(moment)) {
            customer.memberships.remove(definition.name());
            Question decided = definition.until() == null ? when : definition.until();
            told.add(change(definition, Change.Kind.EXITED, customer, moment, occasion, decided, Map.of(), member));
        } else if (definition.updatesCarry()) {
            Map<String, Object> carry = carry(definition, moment);
            if (!carry.equals(member.carry())) {
                customer.memberships.put(definition.name(), new Member(member.enteredAt(), carry));
                told.add(change(definition, Change.Kind.UPDATED, customer, moment, occasion, when, carry, null));
            }
        }
    }

    private static Map<String, Object> carry(OracleDefinition definition, Moment moment) {
        Map<String, Object> carry = new LinkedHashMap<>();
        definition.carry().forEach((name, question) -> {
            Object value = question.answer(moment);
            if (value != null) {
                carry.put(name, value);
            }
        });
        return carry;
    }

    private static Told change(
            OracleDefinition definition,
            Change.Kind kind,
            Customer customer,
            Moment moment,
            Occasion occasion,
            Question decided,
            Map<String, Object> carry,
            @Nullable Member left) {
        return new Told(
                customer.id,
                definition.name(),
                kind,
                null,
                null,
                moment.now(),
                Instant.ofEpochMilli(occasion.detectedAt()),
                left == null ? null : Instant.ofEpochMilli(left.enteredAt()),
                occasion.cause(),
                evidence(decided, moment),
                carry,
                left != null && occasion.lateEventAt() <= left.enteredAt());
    }

    private static List<Told.Why> evidence(Question decided, Moment moment) {
        Map<String, Told.Why> lines = new LinkedHashMap<>();
        for (Question reading : decided.readings()) {
            Object value = reading.answer(moment);
            if (value != null) {
                lines.putIfAbsent(reading.text(), new Told.Why(reading.text(), value, false));
            }
        }
        return List.copyOf(lines.values());
    }
}
