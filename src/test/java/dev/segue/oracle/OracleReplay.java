// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.segue.event.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** What a replay publishes: if customers are compared, time passes for all of them at each full minute. */
final class OracleReplay {
    private static final long MINUTE = 60_000;

    private final Oracle oracle;
    private final OraclePersons persons;
    private final List<Told> told = new ArrayList<>();
    /** The minutes at which counts may differ because of events, or because others moved. */
    private final TreeSet<Long> open = new TreeSet<>();

    private long now = Long.MIN_VALUE;

    OracleReplay(Oracle oracle) {
        this.oracle = oracle;
        this.persons = new OraclePersons(oracle);
    }

    /** Returns the changes ordered by instant, then customer, then in the order in which they became true. */
    List<Told> run(List<Event> events, long until) {
        boolean compares = oracle.comparesCustomers();
        for (Event event : events) {
            if (compares) {
                passTo(event.time());
                if (!event.erasesOrigin() || oracle.knows(persons.person(event.customerId()))) {
                    open.add(full(Math.max(event.time(), now + 1))); // Others leave an unknown customer unknown.
                }
            }
            told.addAll(persons.apply(event, now, Math.max(event.time(), now), event.time()));
        }
        if (compares && !events.isEmpty()) {
            passTo(until);
            pass(until);
        }
        oracle.customers().forEach(customer -> told.addAll(oracle.advance(customer, until, until)));
        told.sort(Comparator.comparing(Told::effectiveAt).thenComparing(Told::customer));
        return told;
    }

    private static long full(long instant) {
        return Math.floorDiv(instant + MINUTE - 1, MINUTE) * MINUTE;
    }

    private void passTo(long instant) {
        for (long minute = next(instant); minute < instant; minute = next(instant)) {
            open.remove(minute);
            pass(minute);
        }
        now = Math.max(now, Math.floorDiv(instant - 1, MINUTE) * MINUTE);
    }

    private long next(long limit) {
        long due = full(oracle.nextInstant(limit));
        Long change = open.isEmpty() ? null : open.first();
        return change == null ? due : Math.min(due, change);
    }

    private void pass(long minute) {
        now = Math.max(now, minute);
        advance();
        oracle.publish(oracle.count(), now);
        int before = told.size();
        advance();
        if (told.size() > before) {
            open.add(full(now + 1));
        }
    }

    private void advance() {
        oracle.customers().forEach(customer -> told.addAll(oracle.advance(customer, now, now)));
    }
}
