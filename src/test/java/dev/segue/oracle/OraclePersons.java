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
        List<Told> told = new ArrayList<>(oracle.apply(sent.of(id), tick, detectedAt));
        boolean isMerge = sent.type().name().equals("customers_merged");
        if ((isDuplicate && !isMerge) || sent.type().name().equals("customer_erased")) {
            return told;
        }
        OracleCustomer customer = oracle.customer(id);
        if (sent.type().name().equals("customers_merged")) {
            String other = text(sent, "other_id");
            String survivor = text(sent, "survivor");
            if (!other.isBlank()
                    && !other.equals(id)
                    && !customer.linked.containsKey(other)
                    && mayLink(customer, sent, other)) {
                told.addAll(
                        survivor.equals(other)
                                ? goesOnAs(id, person(other), sent, to, detectedAt)
                                : link(
                                        customer,
                                        sent,
                                        other,
                                        !survivor.equals(id) && !survivor.equals(key),
                                        to,
                                        detectedAt));
            }
            return told;
        }
        String named = text(sent, "anonymous_id");
        if (named.isBlank() || named.equals(key) || named.equals(id)) {
            return told;
        }
        Link known = customer.linked.get(named);
        if (known != null) {
            customer.linked.put(named, known.and(new Link(known.since(), sent.time())));
        } else if (mayLink(customer, sent, named)) {
            customer.linked.put(named, new Link(sent.time(), sent.time()));
            told.addAll(claim(named, id, sent.time(), true, false, to, detectedAt));
        }
        return told;
    }

    private List<Told> link(OracleCustomer customer, Event sent, String other, boolean isOpen, long to, long clock) {
        customer.linked.put(other, new Link(sent.time(), sent.time()));
        return claim(other, customer.id(), sent.time(), false, isOpen, to, clock);
    }

    private String person(String id) {
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
        if (oracle.knows(survivor)) {
            if (!hasRoom(oracle.customer(survivor), event.time())) {
                return List.of();
            }
            oracle.customer(survivor).linked.merge(id, new Link(event.time(), event.time()), Link::and);
        }
        return claim(id, survivor, event.time(), false, false, to, clock);
    }

    private List<Told> claim(String id, String into, long at, boolean device, boolean isOpen, long to, long clock) {
        GoesOn known = others.get(id);
        if (id.equals(into) || (known != null && known.into().equals(into))) {
            if (known != null && !device) {
                others.put(id, new GoesOn(into, false));
            }
            return List.of();
        }
        if (known == null) {
            if (isOpen && oracle.knows(id) && isFirst(oracle.customer(id), oracle.customer(into))) {
                if (!hasRoom(oracle.customer(id), at)) {
                    oracle.customer(into).linked.remove(id);
                    return List.of();
                }
                oracle.customer(id).linked.merge(into, new Link(at, at), Link::and);
                return claim(into, id, at, false, false, to, clock);
            }
            if (device && oracle.knows(id) && !oracle.customer(id).linked.isEmpty()) {
                oracle.customer(into).linked.remove(id);
                return List.of();
            }
            others.put(id, new GoesOn(into, device));
            return merge(id, into, at, to, clock);
        }
        OracleCustomer winner = oracle.customer(into);
        OracleCustomer owner = oracle.customer(person(known.into()));
        if (owner == winner) {
            others.put(id, new GoesOn(into, device && known.device()));
            return List.of();
        }
        if (!known.device()) {
            if (device) {
                winner.linked.remove(id);
                return List.of();
            }
            return claim(known.into(), into, at, false, isOpen, to, clock);
        }
        Link owned = owner.linked.get(id);
        if (owned != null && owned.seenAt() > at) {
            winner.linked.remove(id);
        } else {
            owner.linked.remove(id);
            others.put(id, new GoesOn(into, device));
        }
        return List.of();
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
        if (oracle.knows(id)) {
            Map<String, Link> linked = oracle.customer(id).linked;
            passed.forEach(other -> linked.merge(other, new Link(at, at), Link::and));
        }
        return oracle.merge(id, into, survivor, at, to, clock);
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
