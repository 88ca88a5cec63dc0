// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.oracle.OracleCustomer.Member;
import dev.segue.oracle.OracleCuts.Population;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
    /** The names of definitions that take their results from the past when a customer gets to know them. */
    private Set<String> filled = Set.of();

    private final OracleCuts cuts = new OracleCuts();
    private final OracleFacts facts = new OracleFacts();
    private long arrivals;
    /** The others, which are evaluated until the past has been read. */
    private List<OracleDefinition> silent = List.of();

    private boolean read = true;
    private final List<Decided> decided = new ArrayList<>();

    Oracle(List<OracleDefinition> definitions, OracleLanguage language) {
        this.language = language;
        this.definitions = definitions;
        this.instants = Instants.of(definitions);
    }

    /**
     * Switches to other definitions; each customer is evaluated at the next call.
     *
     * @param filledOnes names of those that take their results from the past, once it has been read; new customers have
     *     none
     */
    void become(List<OracleDefinition> others, Set<String> filledOnes) {
        definitions = others;
        filled = filledOnes;
        silent = others.stream()
                .filter(definition -> !filled.contains(definition.name()))
                .toList();
        read = filled.isEmpty();
        instants = Instants.of(others);
    }

    /** The past has been read. */
    void pastIsRead() {
        read = true;
    }

    /** What triggers have decided since the last call. */
    List<Decided> takeDecided() {
        List<Decided> taken = List.copyOf(decided);
        decided.clear();
        return taken;
    }

    Set<String> customers() {
        return customers.keySet();
    }

    /**
     * Applies one event after the last tick; returns the changes by time up to it and by the event itself.
     *
     * @param link links the ids that the event names
     */
    List<Told> apply(Event sent, long tick, long detectedAt, Consumer<OracleCustomer> link) {
        Event event = language.money().of(sent);
        if (event.erasesOrigin() && !customers.containsKey(event.customerId())) {
            return List.of(); // Nothing is known of the customer.
        }
        OracleCustomer customer = customer(event.customerId());
        List<Told> told = new ArrayList<>();
        boolean duplicate = customer.isDuplicate(event);
        boolean learns = read && customer.asked != definitions && !filled.isEmpty();
        if (learns || !duplicate) {
            told.addAll(advance(customer, Math.max(tick, event.time()), detectedAt));
        }
        customer.arrived.add(new OracleCustomer.Arrived(arrivals++, sent));
        if (duplicate) {
            told.addAll(relink(customer, link, Math.max(tick, event.time()), detectedAt));
            return told;
        }
        link.accept(customer);
        customer.add(event);
        long lateAt = event.time() < customer.now ? event.time() : Long.MAX_VALUE;
        Turn turn = new Turn(customer, customer.at(customer.now), Cause.of(event), detectedAt, lateAt, told);
        // A goal is one also while the past of its trigger is read.
        new SendingTurn(turn, definitions, decided).happened(event);
        evaluate(turn);
        return told;
    }

    /** Changes the other ids of a customer, and evaluates everything if they are others now. */
    List<Told> relink(OracleCustomer customer, Consumer<OracleCustomer> link, long to, long detectedAt) {
        Map<String, OracleCustomer.Link> before = Map.copyOf(customer.linked);
        link.accept(customer);
        Map<String, OracleCustomer.Link> after = Map.copyOf(customer.linked);
        if (before.keySet().equals(after.keySet())) {
            return List.of();
        }
        // Until then, the ids were the earlier ones.
        customer.linked.clear();
        customer.linked.putAll(before);
        List<Told> told = new ArrayList<>(advance(customer, to, detectedAt));
        customer.linked.clear();
        customer.linked.putAll(after);
        evaluate(new Turn(customer, customer.at(customer.now), Cause.MERGE, detectedAt, Long.MAX_VALUE, told));
        return told;
    }

    OracleCustomer customer(String id) {
        return customers.computeIfAbsent(
                id, absent -> new OracleCustomer(absent, language.shapes(), definitions, cuts, facts));
    }

    boolean knows(String id) {
        return customers.containsKey(id);
    }

    /**
     * The person goes on as another customer: every membership ends, and goes on there.
     *
     * @param survivor as whom the other customer goes on
     * @param passed the ids that lead there
     * @param at the time of the link
     */
    List<Told> merge(String id, String into, String survivor, List<String> passed, long at, long to, long detectedAt) {
        OracleCustomer other = customers.get(id);
        if (other == null) {
            return List.of();
        }
        List<Told> told = new ArrayList<>(advance(other, to, detectedAt));
        Map<String, Member> members = Map.copyOf(other.members);
        Turn leaving = new Turn(other, other.at(other.now), Cause.MERGE, detectedAt, Long.MAX_VALUE, told);
        members.entrySet().stream()
                .sorted(Comparator.comparing(member -> member.getValue().segment()))
                .map(Map.Entry::getKey)
                .forEach(definition -> leaving.end(definition, into));
        other.members.putAll(members);
        OracleCustomer.Link link = new OracleCustomer.Link(at, at);
        passed.forEach(next -> other.linked.merge(next, link, OracleCustomer.Link::and));
        customers.remove(id);
        OracleCustomer customer = customer(survivor);
        told.addAll(advance(customer, Math.max(to, other.now), detectedAt));
        told.stream()
                .filter(change -> change.customer().equals(survivor) && change.kind() == Change.Kind.EXITED)
                .forEach(change -> other.members
                        .values()
                        .removeIf(member -> member.segment().equals(change.segment())));
        customer.unite(other);
        Turn turn = new Turn(customer, customer.at(customer.now), Cause.MERGE, detectedAt, Long.MAX_VALUE, told);
        sending(turn).cancel(customer.sending.unite(other.sending));
        evaluate(turn);
        return told;
    }

    /** Nothing is known of a customer any more. */
    List<Told> erase(String id, long to, long detectedAt) {
        List<Told> told = new ArrayList<>(advance(id, to, detectedAt));
        OracleCustomer customer = customers.remove(id);
        if (customer != null) {
            Turn turn = new Turn(customer, customer.at(customer.now), Cause.ERASURE, detectedAt, Long.MAX_VALUE, told);
            customer.members.entrySet().stream()
                    .sorted(Comparator.comparing(member -> member.getValue().segment()))
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(turn::end);
            sending(turn).erased();
        }
        return told;
    }

    /** The customers of every population of the definitions, in buckets by id, each at its own time. */
    Map<Population, Map<String, Long>> count() {
        Map<Population, Map<String, Long>> counted = new HashMap<>();
        definitions.forEach(definition ->
                definition.percentiles().forEach(percentile -> counted.put(percentile.population(), new TreeMap<>())));
        for (OracleCustomer customer : customers.values()) {
            for (OracleDefinition definition : customer.asked) {
                for (Percentile percentile : definition.percentiles()) {
                    Long bucket = percentile.bucket(customer.at(customer.now));
                    if (bucket != null && counted.containsKey(percentile.population())) {
                        counted.get(percentile.population()).put(customer.id(), bucket);
                    }
                }
            }
        }
        return counted;
    }

    /** An instant at or before the first one at which time may change a result of a customer; at most a limit. */
    long nextInstant(long limit) {
        long next = limit;
        for (OracleCustomer customer : customers.values()) {
            if (customer.now >= limit) {
                continue;
            }
            NavigableSet<Long> open = instants.between(customer.now, limit, customer);
            open.addAll(customer.dues.subSet(customer.now + 1, limit + 1));
            open.addAll(customer.unseenFacts.subSet(customer.now + 1, limit + 1));
            next = open.isEmpty() ? next : Math.min(next, open.first());
        }
        return next;
    }

    /** The first instant, at or after a given one, at which no customer has a deadline that is known. */
    long instantWithoutDeadline(long from) {
        long instant = from;
        while (hasDeadline(instant)) {
            instant++;
        }
        return instant;
    }

    private boolean hasDeadline(long instant) {
        return customers.values().stream()
                .anyMatch(customer -> customer.dues.contains(instant)
                        || !instants.between(instant - 1, instant, customer).isEmpty());
    }

    boolean comparesCustomers() {
        return definitions.stream()
                .anyMatch(definition -> !definition.percentiles().isEmpty());
    }

    /** From now on, customers are compared with those counted at an instant. */
    void publish(Map<Population, Map<String, Long>> counted, long at) {
        counted.forEach((population, customersOfIt) ->
                cuts.add(population, new OracleCuts.Cut(at, List.copyOf(customersOfIt.values()))));
        customers.values().forEach(customer -> customer.unseenCuts.add(at));
    }

    /** Whether any customer has not been evaluated under facts that are valid at the customer's own time. */
    boolean areFactsUnseen() {
        return customers.values().stream()
                .anyMatch(customer -> first(customer.unseenFacts, Long.MIN_VALUE) <= customer.now);
    }

    /** From an instant on, this is known of a product. */
    void publish(String product, long at, Map<String, Object> values, Map<String, Map<String, Object>> variants) {
        facts.add(product, at, values, variants);
        customers.values().forEach(customer -> customer.unseenFacts.add(at));
    }

    /** Advances a customer to an instant. */
    List<Told> advance(String id, long to, long detectedAt) {
        OracleCustomer customer = customers.get(id);
        return customer == null ? List.of() : advance(customer, to, detectedAt);
    }

    private List<Told> advance(OracleCustomer customer, long to, long detectedAt) {
        List<Told> told = new ArrayList<>();
        boolean others = customer.asked != definitionsOf(customer);
        if (others && customer.asked != silent) {
            activate(customer, Math.max(to, customer.now), detectedAt, told);
            others = false;
        } else if (!customer.history().isEmpty()) {
            live(customer, Math.max(to, customer.now), detectedAt, told);
        }
        customer.now = Math.max(customer.now, to);
        customer.unseenCuts.headSet(customer.now, true).clear();
        customer.unseenFacts.headSet(customer.now, true).clear();
        if (others) {
            activate(customer, customer.now, detectedAt, told);
        }
        return told;
    }

    /** Evaluates a customer at every instant on the way at which time, or the values of others, may change a result. */
    private void live(OracleCustomer customer, long to, long detectedAt, List<Told> told) {
        NavigableSet<Long> open = instants.between(customer.now, to, customer);
        for (long now = customer.now; ; ) {
            // Evaluations at one instant may reveal further due instants.
            open.addAll(customer.dues.subSet(now + 1, to + 1));
            open.removeAll(List.copyOf(open.headSet(now + 1)));
            // Cuts and facts of earlier instants are seen at the customer's own time.
            long cut = first(customer.unseenCuts, now);
            long fact = first(customer.unseenFacts, now);
            long due = first(open, now);
            long next = Math.min(Math.min(cut, fact), due);
            if (next > to) {
                break;
            }
            now = next;
            customer.unseenCuts.headSet(now, true).clear();
            customer.unseenFacts.headSet(now, true).clear();
            Cause cause = now == cut ? Cause.POPULATION : now == fact ? Cause.PRODUCT : Cause.DEADLINE;
            boolean several = (now == cut ? 1 : 0) + (now == fact ? 1 : 0) + (now == due ? 1 : 0) > 1;
            cause = several ? OracleFacts.PERHAPS : cause;
            evaluate(new Turn(customer, customer.at(now), cause, detectedAt, Long.MAX_VALUE, told));
        }
    }

    private static long first(NavigableSet<Long> instants, long now) {
        return instants.isEmpty() ? Long.MAX_VALUE : Math.max(instants.first(), now);
    }

    private List<OracleDefinition> definitionsOf(OracleCustomer customer) {
        return read || customer.asked == definitions ? definitions : silent;
    }

    /** Ends memberships of removed definitions, and evaluates all others. */
    private void activate(OracleCustomer customer, long now, long detectedAt, List<Told> told) {
        int seen = told.size();
        Turn turn = new Turn(customer, customer.at(now), Cause.DEFINITION, detectedAt, Long.MAX_VALUE, told);
        Set<String> names = definitions.stream().map(OracleDefinition::name).collect(Collectors.toSet());
        customer.members.entrySet().stream()
                .filter(member -> !isGranted(member.getKey(), member.getValue()))
                .sorted(Comparator.comparing(member -> member.getValue().segment()))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(turn::end);
        customer.holdsSince.keySet().retainAll(names);
        customer.leftAt.keySet().retainAll(names);
        sending(turn).cancel(customer.sending.retain(names));
        customer.asked = definitionsOf(customer);
        if (read && !filled.isEmpty()) {
            silent.forEach(turn::evaluate);
            new SendingTurn(turn, silent, decided).ask(told.subList(seen, told.size()));
            seen = told.size();
            fill(customer, turn);
        }
        evaluate(turn, seen);
    }

    /** A segment that becomes a trait, or the reverse, ends and begins; unless its past is filled. */
    private boolean isGranted(String name, Member member) {
        return definitions.stream()
                .anyMatch(definition -> definition.name().equals(name)
                        && (filled.contains(name) || definition.kind().equals("trait") == (member.value() != null)));
    }

    /** Gives the definitions that do not know their past theirs. */
    private void fill(OracleCustomer customer, Turn turn) {
        OracleCustomer past = past(customer, turn.moment().now().toEpochMilli());
        Map<String, Member> before = new HashMap<>(customer.members);
        for (OracleDefinition definition : definitions) {
            if (filled.contains(definition.name())) {
                customer.takeFrom(past, definition.name(), staysUnknown(definition, before.get(definition.name())));
            }
        }
        customer.dues.addAll(past.dues);
        // The customer's own memberships may differ from those of the past, so what asks about them is asked again.
        Turn silent = new Turn(
                customer, turn.moment(), turn.cause(), turn.detectedAt(), turn.lateEventAt(), new ArrayList<>());
        List<OracleDefinition> ofPast = definitions.stream()
                .filter(definition -> filled.contains(definition.name()))
                .toList();
        ofPast.forEach(silent::evaluate);
        List<Told> begun = new ArrayList<>();
        for (OracleDefinition definition : ofPast) {
            List<Told> both = new ArrayList<>();
            Turn telling = new Turn(customer, turn.moment(), turn.cause(), turn.detectedAt(), turn.lateEventAt(), both);
            telling.tellPast(definition, before.get(definition.name()), customer.members.get(definition.name()));
            both.forEach(change -> (change.kind() == Change.Kind.EXITED ? turn.told() : begun).add(change));
        }
        turn.told().addAll(begun);
    }

    /** Returns whether a membership of the same kind may go on, because the past cannot tell. */
    private static boolean staysUnknown(OracleDefinition definition, @Nullable Member member) {
        return member != null
                && definition.readsThePresent()
                && definition.kind().equals("trait") == (member.value() != null)
                && (definition.kind().equals("group")
                        ? definition.choices().containsKey(member.segment())
                        : member.segment().equals(definition.name()));
    }

    /** The customer as all definitions would have left it if they had always been there. */
    private OracleCustomer past(OracleCustomer customer, long now) {
        List<OracleDefinition> ofMemberships = definitions.stream()
                .filter(definition -> definition.trigger() == null)
                .toList();
        Oracle past = new Oracle(ofMemberships, language);
        for (OracleCustomer.Arrived arrived : customer.arrived) {
            Event event = arrived.event().of(customer.id());
            List<Told> unused = past.apply(event, Long.MIN_VALUE, event.time(), customerOfPast -> {});
        }
        List<Told> unused = past.advance(customer.id(), now, now);
        return past.customers.getOrDefault(
                customer.id(),
                new OracleCustomer(customer.id(), language.shapes(), definitions, past.cuts, past.facts));
    }

    private SendingTurn sending(Turn turn) {
        return new SendingTurn(turn, turn.customer().asked, decided);
    }

    private void evaluate(Turn turn) {
        evaluate(turn, turn.told().size());
    }

    /** @param seen how many of the changes told so far triggers have seen */
    private void evaluate(Turn turn, int seen) {
        turn.customer().asked.forEach(turn::evaluate);
        sending(turn).ask(List.copyOf(turn.told().subList(seen, turn.told().size())));
        // An expression that was not evaluated, because another one decides, has no due instant until that one changes.
        turn.customer().dues.addAll(language.takeDues());
    }
}
