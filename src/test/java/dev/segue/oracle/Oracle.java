package dev.segue.oracle;

import dev.segue.event.Cause;
import dev.segue.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The reference: what LANGUAGE.md section 4 says, word for word. Every customer's whole history is a list, every
 * question is put to CEL's own runtime, and it is put at every event and at every instant at which anything could change.
 */
final class Oracle {
    private final List<OracleDefinition> definitions;
    private final OracleLanguage language;
    private final Map<String, OracleCustomer> customers = new TreeMap<>();
    private final Instants instants;

    Oracle(List<OracleDefinition> definitions, OracleLanguage language) {
        this.language = language;
        this.definitions = definitions;
        this.instants = Instants.of(definitions);
    }

    /** One that knows the same definitions and no customer. */
    Oracle fresh() {
        return new Oracle(definitions, language);
    }

    Set<String> customers() {
        return customers.keySet();
    }

    /** One event, after the last tick; the changes of the time up to it and of itself. */
    List<Told> apply(Event event, long tick, long detectedAt) {
        OracleCustomer customer =
                customers.computeIfAbsent(event.customerId(), id -> new OracleCustomer(id, language.shapes()));
        List<Told> told = new ArrayList<>();
        if (customer.isDuplicate(event)) {
            return told;
        }
        told.addAll(advance(customer, Math.max(tick, event.time()), detectedAt));
        customer.add(event);
        long lateAt = event.time() < customer.now ? event.time() : Long.MAX_VALUE;
        ask(new Turn(customer, customer.at(customer.now), Cause.of(event), detectedAt, lateAt, told));
        return told;
    }

    /** Time has come to an instant. */
    List<Told> advance(String id, long to, long detectedAt) {
        OracleCustomer customer = customers.get(id);
        return customer == null ? List.of() : advance(customer, to, detectedAt);
    }

    private List<Told> advance(OracleCustomer customer, long to, long detectedAt) {
        List<Told> told = new ArrayList<>();
        if (!customer.history().isEmpty() && to > customer.now) {
            SortedSet<Long> open = instants.between(customer.now, to, customer);
            for (long now = customer.now; ; ) {
                // What was asked at one instant may show others at which something is due.
                open.addAll(customer.dues.subSet(now + 1, to + 1));
                open.removeAll(List.copyOf(open.headSet(now + 1)));
                if (open.isEmpty()) {
                    break;
                }
                now = open.first();
                ask(new Turn(customer, customer.at(now), Cause.DEADLINE, detectedAt, Long.MAX_VALUE, told));
            }
        }
        customer.now = Math.max(customer.now, to);
        return told;
    }

    private void ask(Turn turn) {
        definitions.forEach(turn::ask);
        // What was not asked, because something else decides, need not be looked at before that changes.
        turn.customer().dues.addAll(language.takeDues());
    }
}
