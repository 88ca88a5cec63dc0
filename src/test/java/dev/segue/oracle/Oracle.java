// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.segue.event.Cause;
import dev.segue.event.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The reference implementation, which follows docs/language.md literally. It keeps every customer's whole history as a
 * list, and evaluates every expression with CEL's own runtime at every event and at every instant at which a result
 * could change.
 */
final class Oracle {
    private List<OracleDefinition> definitions;
    private final OracleLanguage language;
    private final Map<String, OracleCustomer> customers = new TreeMap<>();
    private Instants instants;

    Oracle(List<OracleDefinition> definitions, OracleLanguage language) {
        this.language = language;
        this.definitions = definitions;
        this.instants = Instants.of(definitions);
    }

    /** Switches to other definitions; each customer is evaluated at the next call. */
    void become(List<OracleDefinition> others) {
        definitions = others;
        instants = Instants.of(others);
    }

    Set<String> customers() {
        return customers.keySet();
    }

    /** Applies one event after the last tick; returns the changes by time up to it and by the event itself. */
    List<Told> apply(Event sent, long tick, long detectedAt) {
        Event event = language.money().of(sent);
        OracleCustomer customer = customers.computeIfAbsent(
                event.customerId(), id -> new OracleCustomer(id, language.shapes(), definitions));
        List<Told> told = new ArrayList<>();
        if (customer.isDuplicate(event)) {
            return told;
        }
        told.addAll(advance(customer, Math.max(tick, event.time()), detectedAt));
        customer.add(event);
        long lateAt = event.time() < customer.now ? event.time() : Long.MAX_VALUE;
        evaluate(new Turn(customer, customer.at(customer.now), Cause.of(event), detectedAt, lateAt, told));
        return told;
    }

    /** Advances a customer to an instant. */
    List<Told> advance(String id, long to, long detectedAt) {
        OracleCustomer customer = customers.get(id);
        return customer == null ? List.of() : advance(customer, to, detectedAt);
    }

    private List<Told> advance(OracleCustomer customer, long to, long detectedAt) {
        List<Told> told = new ArrayList<>();
        if (customer.asked != definitions) {
            activate(customer, Math.max(to, customer.now), detectedAt, told);
        } else if (!customer.history().isEmpty() && to > customer.now) {
            NavigableSet<Long> open = instants.between(customer.now, to, customer);
            for (long now = customer.now; ; ) {
                // Evaluations at one instant may reveal further due instants.
                open.addAll(customer.dues.subSet(now + 1, to + 1));
                open.removeAll(List.copyOf(open.headSet(now + 1)));
                if (open.isEmpty()) {
                    break;
                }
                now = open.first();
                evaluate(new Turn(customer, customer.at(now), Cause.DEADLINE, detectedAt, Long.MAX_VALUE, told));
            }
        }
        customer.now = Math.max(customer.now, to);
        return told;
    }

    /** Ends memberships of removed definitions, and evaluates all others. */
    private void activate(OracleCustomer customer, long now, long detectedAt, List<Told> told) {
        Turn turn = new Turn(customer, customer.at(now), Cause.DEFINITION, detectedAt, Long.MAX_VALUE, told);
        Set<String> names = definitions.stream().map(OracleDefinition::name).collect(Collectors.toSet());
        customer.members.entrySet().stream()
                .filter(member -> !names.contains(member.getKey()))
                .sorted(Comparator.comparing(member -> member.getValue().segment()))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(turn::end);
        customer.holdsSince.keySet().retainAll(names);
        customer.leftAt.keySet().retainAll(names);
        customer.asked = definitions;
        evaluate(turn);
    }

    private void evaluate(Turn turn) {
        definitions.forEach(turn::evaluate);
        // An expression that was not evaluated, because another one decides, has no due instant until that one changes.
        turn.customer().dues.addAll(language.takeDues());
    }
}
