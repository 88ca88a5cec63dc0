// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.segue.event.Event;
import dev.segue.oracle.OracleCustomer.Link;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Which ids are one person, as docs/language.md says. The device named by two customers is that of the one who named it
 * last.
 */
final class OraclePersons {
    static final int MOST_IDS = 4;
    static final int NEW_IDS_PER_DAY = 2;

    private static final long DAY = 86_400_000L;
    private static final Set<String> PLACEHOLDERS = Set.of("undefined", "00-00");

    private final Oracle oracle;
    private final Map<String, GoesOn> others = new HashMap<>();

    /** As which customer an id goes on. */
    private record GoesOn(String into, boolean device) {}

    OraclePersons(Oracle oracle) {
        this.oracle = oracle;
    }

    /**
     * Applies an event.
     *
     * @param to customers that become one live up to this instant first
     */
    List<Told> apply(Event sent, long tick, long to, long detectedAt) {
        String key = sent.customerId();
        String id = person(key);
        boolean isDuplicate = oracle.knows(id) && oracle.customer(id).isDuplicate(sent);
        boolean mayLink = !sent.type().name().equals("customer_erased")
                && (!isDuplicate || sent.type().name().equals("customers_merged"));
        List<Supplier<List<Told>>> claims = new ArrayList<>();
        List<Told> told = new ArrayList<>(oracle.apply(sent.of(id), tick, detectedAt, customer -> {
            if (mayLink) {
                claims.addAll(link(customer, sent, key, to, detectedAt));
            }
        }));
        claims.forEach(claim -> told.addAll(claim.get()));
        return told;
    }

    /** Links the id that an event names; returns what follows once the event has been evaluated, if anything does. */
    private List<Supplier<List<Told>>> link(OracleCustomer customer, Event sent, String key, long to, long clock) {
        String id = customer.id();
        if (sent.type().name().equals("customers_merged")) {
            String other = text(sent, "other_id");
            String survivor = text(sent, "survivor");
            if (other.isBlank()
                    || other.equals(id)
                    || customer.linked.containsKey(other)
                    || !mayLink(customer, sent, other)) {
                return List.of();
            }
            if (survivor.equals(other)) {
                return List.of(() -> goesOnAs(id, person(other), sent, to, clock));
            }
            customer.linked.put(other, new Link(sent.time(), sent.time()));
            boolean isOpen = !survivor.equals(id) && !survivor.equals(key);
            return List.of(() -> claim(other, id, sent.time(), false, isOpen, to, clock));
        }
        String named = text(sent, "anonymous_id");
        if (named.isBlank() || named.equals(key) || named.equals(id)) {
            return List.of();
        }
        Link known = customer.linked.get(named);
        if (known != null) {
            customer.linked.put(named, known.and(new Link(known.since(), sent.time())));
            return List.of();
        }
        if (!mayLink(customer, sent, named)) {
            return List.of();
        }
        customer.linked.put(named, new Link(sent.time(), sent.time()));
        return List.of(() -> claim(named, id, sent.time(), true, false, to, clock));
    }

    String person(String id) {
        return others.containsKey(id) ? person(others.get(id).into()) : id;
    }

    private static String text(Event event, String field) {
        return event.fields().get(field) instanceof String text ? text : "";
    }

    private static boolean mayLink(OracleCustomer customer, Event event, String id) {
        return !PLACEHOLDERS.contains(id) && hasRoom(customer, event.time());
    }

    private static boolean hasRoom(OracleCustomer customer, long at) {
        long young = customer.linked.values().stream()
                .filter(link -> link.since() > at - DAY && link.since() <= at)
                .count();
        return customer.linked.size() < MOST_IDS && young < NEW_IDS_PER_DAY;
    }

    /** A customer goes on as another one, whom the event names as the survivor. */
    private List<Told> goesOnAs(String id, String survivor, Event event, long to, long clock) {
        if (survivor.equals(id)) {
            return List.of();
        }
        List<Told> told = new ArrayList<>();
        if (oracle.knows(survivor)) {
            if (!hasRoom(oracle.customer(survivor), event.time())) {
                return List.of();
            }
            told.addAll(add(id, survivor, event.time(), to, clock));
        }
        told.addAll(claim(id, survivor, event.time(), false, false, to, clock));
        return told;
    }

    private List<Told> add(String id, String customer, long at, long to, long clock) {
        return oracle.relink(
                oracle.customer(customer), known -> known.linked.merge(id, new Link(at, at), Link::and), to, clock);
    }

    private List<Told> remove(String id, String customer, long to, long clock) {
        return oracle.relink(oracle.customer(customer), known -> known.linked.remove(id), to, clock);
    }

    private List<Told> claim(String id, String into, long at, boolean device, boolean isOpen, long to, long clock) {
        GoesOn known = others.get(id);
        if (id.equals(into) || (known != null && known.into().equals(into))) {
            if (known != null && !device) {
                others.put(id, new GoesOn(into, false));
            }
            return List.of();
        }
        return known == null
                ? claimFirst(id, into, at, device, isOpen, to, clock)
                : claimAgain(id, into, at, device, isOpen, known, to, clock);
    }

    private List<Told> claimFirst(
            String id, String into, long at, boolean device, boolean isOpen, long to, long clock) {
        if (isOpen && oracle.knows(id) && isFirst(oracle.customer(id), oracle.customer(into))) {
            if (!hasRoom(oracle.customer(id), at)) {
                return remove(id, into, to, clock);
            }
            List<Told> told = new ArrayList<>(add(into, id, at, to, clock));
            told.addAll(claim(into, id, at, false, false, to, clock));
            return told;
        }
        if (device && oracle.knows(id) && !oracle.customer(id).linked.isEmpty()) {
            return remove(id, into, to, clock);
        }
        others.put(id, new GoesOn(into, device));
        return merge(id, into, at, to, clock);
    }

    private List<Told> claimAgain(
            String id, String into, long at, boolean device, boolean isOpen, GoesOn known, long to, long clock) {
        String owner = person(known.into());
        if (owner.equals(into)) {
            others.put(id, new GoesOn(into, device && known.device()));
            return List.of();
        }
        if (!known.device()) {
            return device ? remove(id, into, to, clock) : claim(known.into(), into, at, false, isOpen, to, clock);
        }
        // Of two who use a device, the one seen with it last has it. A merger takes it for good from whoever got it
        // before.
        Link owned = oracle.customer(owner).linked.get(id);
        if (owned != null && (device ? owned.seenAt() : owned.since()) > at) {
            return remove(id, into, to, clock);
        }
        others.put(id, new GoesOn(into, device));
        return remove(id, owner, to, clock);
    }

    /** Of ids that name each other in a circle, the smallest goes on. */
    private List<Told> merge(String id, String into, long at, long to, long clock) {
        List<String> passed = new ArrayList<>(List.of(id));
        String next = into;
        while (others.containsKey(next) && !next.equals(id)) {
            passed.add(next);
            next = others.get(next).into();
        }
        String survivor = next.equals(id) ? Collections.min(passed) : next;
        others.remove(survivor);
        return oracle.merge(id, into, survivor, passed, at, to, clock);
    }

    /** Whether the first of two customers was seen first. */
    private static boolean isFirst(OracleCustomer one, OracleCustomer other) {
        long first =
                one.history().isEmpty() ? Long.MAX_VALUE : one.history().get(0).time();
        long second = other.history().isEmpty()
                ? Long.MAX_VALUE
                : other.history().get(0).time();
        return first < second || (first == second && one.id().compareTo(other.id()) < 0);
    }
}
