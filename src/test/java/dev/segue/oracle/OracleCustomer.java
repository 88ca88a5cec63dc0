// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.segue.event.CommonFields;
import dev.segue.event.Event;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The complete data of one customer: the history and the published changes. */
final class OracleCustomer {
    private static final int REMEMBERED_IDS = 16;

    private final String id;
    private final Shapes shapes;
    private final OracleCuts cuts;
    private final OracleFacts facts;
    private final List<Event> history = new ArrayList<>();
    private final IdentityHashMap<Event, Map<String, Element>> elements = new IdentityHashMap<>();
    /** Orders the events of one time: those of a united customer come later. */
    private final IdentityHashMap<Event, Long> arrivals = new IdentityHashMap<>();

    private long inserted;
    private final List<String> ids = new ArrayList<>();
    private final List<String> segments = new ArrayList<>();
    /** The streams that an expression has read since the last event. */
    private final Map<String, List<Element>> streams = new HashMap<>();
    /** Null until an expression reads a stream of orders. */
    private @Nullable StandingOrders orders;

    private Element profile;

    /** All events in the order in which they arrived, duplicates included. */
    final List<Arrived> arrived = new ArrayList<>();

    /** @param number of all events of all customers */
    record Arrived(long number, Event event) {}

    /** The membership by the definition's name. */
    final Map<String, Member> members = new HashMap<>();

    /** The time since which a definition's condition has held without interruption. */
    final Map<String, Long> holdsSince = new HashMap<>();

    /** The time at which the customer last left a definition. */
    final Map<String, Long> leftAt = new HashMap<>();

    /** The other ids of the same person. */
    final Map<String, Link> linked = new LinkedHashMap<>();

    /** What triggers have decided. */
    final OracleSending sending = new OracleSending();

    /** Instants at which any result may change. */
    final NavigableSet<Long> dues = new TreeSet<>();

    /** The instants of cuts that the customer has not seen. */
    final NavigableSet<Long> unseenCuts = new TreeSet<>();

    /** The instants of facts that the customer has not seen. */
    final NavigableSet<Long> unseenFacts = new TreeSet<>();

    long now = Long.MIN_VALUE;

    /** The definitions of the last evaluation. */
    List<OracleDefinition> asked;

    OracleCustomer(String id, Shapes shapes, List<OracleDefinition> asked, OracleCuts cuts, OracleFacts facts) {
        this.id = id;
        this.cuts = cuts;
        this.facts = facts;
        unseenFacts.addAll(facts.instants());
        this.asked = asked;
        this.shapes = shapes;
        this.profile = new Element(shapes.profile(), Map.of());
    }

    /** A membership: its start, and the last published value and carry. */
    record Member(
            String segment,
            long enteredAt,
            Map<String, Object> carry,
            @Nullable Object value) {}

    /** Since when another id is this customer's, and when an event last named it. */
    record Link(long since, long seenAt) {
        Link and(Link other) {
            return new Link(Math.min(since, other.since), Math.max(seenAt, other.seenAt));
        }
    }

    String id() {
        return id;
    }

    List<Event> history() {
        return history;
    }

    boolean isDuplicate(Event event) {
        return ids.subList(Math.max(0, ids.size() - REMEMBERED_IDS), ids.size()).contains(event.eventId());
    }

    /** Inserts the event after all of its time or earlier: in order of (time, arrival). */
    void add(Event arrived) {
        Event event = NamedProducts.of(arrived);
        ids.add(event.eventId());
        insert(event);
    }

    private void insert(Event event) {
        int index = 0;
        while (index < history.size() && history.get(index).time() <= event.time()) {
            index++;
        }
        history.add(index, event);
        arrivals.put(event, inserted++);
        streams.clear();
        orders = null;
        if (List.of("profile_updated", "customer_erased").contains(event.type().name())) {
            profile = KnownProfile.of(history, shapes);
        }
    }

    /** The elements of a stream, oldest first; null if there is no such stream. */
    private @Nullable List<Element> stream(String name) {
        if (shapes.keyed().containsKey(name)) {
            List<Element> known = streams.get(name);
            if (known == null) {
                known = KeyedStreams.of(name, shapes.keyed().get(name), this::stream);
                streams.put(name, known);
            }
            return known;
        }
        return shapes.streams().containsKey(name) ? streams.computeIfAbsent(name, this::elements) : null;
    }

    private List<Element> elements(String stream) {
        return switch (stream) {
            case "cart" -> CartFold.lines(history, shapes);
            case "purchase" -> orders().purchases();
            case "item_bought" -> orders().items();
            default ->
                history.stream()
                        .filter(event -> stream.equals("activity")
                                ? event.type().activity()
                                : event.type().name().equals(stream))
                        .map(event -> elements.computeIfAbsent(event, first -> new HashMap<>())
                                .computeIfAbsent(
                                        stream,
                                        first -> shapes.element(stream, event).arrived(arrivals.get(event))))
                        .toList();
        };
    }

    private StandingOrders orders() {
        if (orders == null) {
            orders = new StandingOrders(history, shapes);
        }
        return orders;
    }

    /** The configured time zone, and every zone in the customer's events. */
    Set<ZoneId> zones() {
        Set<ZoneId> zones = new HashSet<>(Set.of(shapes.zone(null)));
        history.forEach(event -> zones.add(shapes.zone(event.fields().get(CommonFields.TIMEZONE))));
        return zones;
    }

    Moment at(long instant) {
        ZoneId zone = shapes.zone(profile.select("timezone"));
        return new Moment(this::stream, profile, ids(), segments, Instant.ofEpochMilli(instant), zone, cuts, facts);
    }

    private Element ids() {
        List<String> all = new ArrayList<>(new TreeSet<>(linked.keySet()));
        all.add(0, id);
        return new Element(shapes.customer(), Map.of("id", id, "ids", all));
    }

    void enter(String definition, Member member) {
        members.put(definition, member);
        if (!segments.contains(member.segment())) {
            segments.add(member.segment());
        }
    }

    /** Becomes one person with another customer, whose events arrived later if they are of one time. */
    void unite(OracleCustomer other) {
        for (Event event : other.history) {
            insert(event);
        }
        arrived.addAll(other.arrived);
        arrived.sort(Comparator.comparingLong(Arrived::number));
        List<String> both = new ArrayList<>();
        for (int back = 1; back <= REMEMBERED_IDS; back++) {
            addFromEnd(ids, back, both);
            addFromEnd(other.ids, back, both);
        }
        List<String> latest = both.subList(0, Math.min(both.size(), REMEMBERED_IDS));
        Collections.reverse(latest);
        ids.clear();
        ids.addAll(latest);
        other.members.forEach((definition, theirs) -> {
            Member own = members.get(definition);
            if (own == null) {
                enter(definition, theirs);
            } else if (theirs.enteredAt() < own.enteredAt()) {
                enter(definition, new Member(own.segment(), theirs.enteredAt(), own.carry(), own.value()));
            }
        });
        other.holdsSince.forEach((definition, since) -> holdsSince.merge(definition, since, Math::min));
        other.leftAt.forEach((definition, at) -> leftAt.merge(definition, at, Math::max));
        other.linked.forEach((linkedId, link) -> {
            if (!linkedId.equals(id)) {
                linked.merge(linkedId, link, Link::and);
            }
        });
        dues.addAll(other.dues);
    }

    private static void addFromEnd(List<String> all, int back, List<String> to) {
        if (back <= all.size()) {
            to.add(all.get(all.size() - back));
        }
    }

    /** Takes a definition's membership and waits from the same customer's past; it may have none. */
    /** @param compares whether the definition has percentiles: the past knows none, so it cannot tell that nobody was in */
    void takeFrom(OracleCustomer past, String definition, boolean compares) {
        Member member = past.members.get(definition);
        if (members.containsKey(definition) && (member != null || !compares)) {
            leave(definition);
        }
        if (member != null) {
            enter(definition, member);
        }
        take(past.holdsSince, holdsSince, definition);
        take(past.leftAt, leftAt, definition);
    }

    private static void take(Map<String, Long> from, Map<String, Long> into, String definition) {
        Long known = from.get(definition);
        if (known == null) {
            into.remove(definition);
        } else {
            into.put(definition, known);
        }
    }

    void leave(String definition) {
        segments.remove(members.remove(definition).segment());
    }
}
