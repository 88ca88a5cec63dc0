// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.explain;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionParts;
import dev.segue.definition.DefinitionRule;
import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Streams;
import dev.segue.event.OriginPrecedence;
import dev.segue.event.Vocabulary;
import dev.segue.plan.DependencyOrder;
import dev.segue.plan.Plan;
import dev.segue.plan.expression.Aggregate;
import dev.segue.plan.expression.AggregateNeeds;
import dev.segue.plan.expression.ExpressionCompiler;
import dev.segue.plan.state.Zones;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Describes for people what a plan stores and when it evaluates its definitions.
 *
 * @param aggregates by their stable id
 * @param definitions by name, in evaluation order
 */
public record PlanDescription(
        Map<Integer, AggregateDescription> aggregates, Map<String, DefinitionDescription> definitions) {
    private static final long BYTES_ALWAYS = 37;
    private static final long BYTES_OF_EVENT_ID = 6;
    private static final long BYTES_OF_MEMBERSHIP = 38;

    /**
     * One definition in the plan.
     *
     * @param deciding the aggregates on which the result depends
     * @param carried further aggregates, which are read only to fill the carry
     * @param readsIds whether the result depends on the ids of the customer
     * @param wakes when time alone may change the result
     * @param references the segments that it reads with in_segment
     * @param referencedBy the definitions that read its segments
     */
    public record DefinitionDescription(
            Definition definition,
            List<AggregateDescription> deciding,
            List<AggregateDescription> carried,
            boolean readsIds,
            List<WakeDescription> wakes,
            SortedSet<String> references,
            SortedSet<String> referencedBy) {}

    private record Uses(Set<Integer> deciding, Set<Integer> carried) {}

    /** Describes the plan that {@link Plan#compile} creates from the same definitions. */
    public static PlanDescription of(List<Definition> definitions, Vocabulary vocabulary) {
        Streams streams = new Streams(vocabulary);
        AggregateNeeds needs =
                new AggregateNeeds(vocabulary, streams, new Zones(ZoneOffset.UTC), OriginPrecedence.usual());
        Map<Definition, Uses> uses = new LinkedHashMap<>();
        Map<Integer, SortedSet<String>> readers = new HashMap<>();
        for (Definition definition : DependencyOrder.of(definitions)) {
            Uses used = uses(definition, streams, needs);
            uses.put(definition, used);
            for (Set<Integer> ids : List.of(used.deciding(), used.carried())) {
                ids.forEach(id ->
                        readers.computeIfAbsent(id, absent -> new TreeSet<>()).add(definition.name()));
            }
        }
        Map<Integer, AggregateDescription> aggregates = new LinkedHashMap<>();
        for (Aggregate aggregate : needs.build()) {
            SortedSet<String> names = readers.getOrDefault(aggregate.id(), new TreeSet<>());
            aggregates.put(aggregate.id(), AggregateDescription.of(aggregate, needs::words, names));
        }
        Map<String, DefinitionDescription> described = new LinkedHashMap<>();
        uses.forEach((definition, used) -> described.put(
                definition.name(),
                new DefinitionDescription(
                        definition,
                        pick(aggregates, used.deciding()),
                        pick(aggregates, used.carried()),
                        used.deciding().contains(AggregateNeeds.customerIds()),
                        WakeFinder.of(definition),
                        new TreeSet<>(definition.references()),
                        referencedBy(definition, definitions))));
        return new PlanDescription(aggregates, described);
    }

    private static Uses uses(Definition definition, Streams streams, AggregateNeeds needs) {
        Set<Integer> deciding = new TreeSet<>();
        Set<Integer> carried = new TreeSet<>();
        DefinitionParts.deciding(definition)
                .values()
                .forEach(expression -> deciding.addAll(aggregates(expression, streams, needs)));
        definition.carry().values().forEach(expression -> carried.addAll(aggregates(expression, streams, needs)));
        carried.removeAll(deciding);
        return new Uses(deciding, carried);
    }

    private static Set<Integer> aggregates(Expression expression, Streams streams, AggregateNeeds needs) {
        ExpressionCompiler compiler = new ExpressionCompiler(streams, needs);
        compiler.compile(expression);
        Set<Integer> ids = new TreeSet<>();
        compiler.readings().forEach(reading -> reading.forEachAggregate(ids::add));
        compiler.hidden().forEach(reading -> reading.forEachAggregate(ids::add));
        return ids;
    }

    private static List<AggregateDescription> pick(Map<Integer, AggregateDescription> all, Set<Integer> ids) {
        List<AggregateDescription> picked = new ArrayList<>();
        all.forEach((id, aggregate) -> {
            if (ids.contains(id)) {
                picked.add(aggregate);
            }
        });
        return List.copyOf(picked);
    }

    private static SortedSet<String> referencedBy(Definition definition, List<Definition> definitions) {
        SortedSet<String> names = new TreeSet<>();
        for (Definition other : definitions) {
            boolean uses = other.rule() instanceof DefinitionRule.Trigger trigger
                    && trigger.channelName().equals(definition.name());
            if (uses || other.references().stream().anyMatch(definition.segments()::contains)) {
                names.add(other.name());
            }
        }
        return names;
    }

    /**
     * Estimates the size of a stored state without its aggregates, in bytes: the clock, the totals of all events, the
     * ids of the latest events and the memberships.
     */
    public static long bytesBesideAggregates(long recentIds, long memberships) {
        return BYTES_ALWAYS + BYTES_OF_EVENT_ID * recentIds + BYTES_OF_MEMBERSHIP * memberships;
    }
}
