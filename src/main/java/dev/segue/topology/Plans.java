// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.config.RefusedIds;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionSet;
import dev.segue.definition.DefinitionSource;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.definition.LiveSets;
import dev.segue.definition.PublishedReader;
import dev.segue.definition.SetOptions;
import dev.segue.event.Vocabulary;
import dev.segue.plan.MissingPast;
import dev.segue.plan.Plan;
import dev.segue.plan.PlanOptions;
import dev.segue.plan.SetPlans;
import dev.segue.plan.explain.NeededPast;
import dev.segue.plan.state.Keeping;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compiles published sets, each once for all tasks of an instance. Safe for several threads. */
public class Plans {
    /** Plans of earlier sets are needed only until every customer has been visited. */
    private static final int MOST = 32;

    private final Vocabulary vocabulary;
    private final RefusedIds placeholders;
    /** By the instant at which a set was published, because revisions may begin again. */
    private final Map<Instant, List<Definition>> definitions = new Recent<>();

    private final Map<List<Object>, SetPlans> plans = new Recent<>();
    private final Map<List<Object>, Unfilled> missing = new Recent<>();

    /** @param placeholders see {@link PlanOptions} */
    public Plans(Vocabulary vocabulary, RefusedIds placeholders) {
        this.vocabulary = vocabulary;
        this.placeholders = placeholders;
    }

    /**
     * Returns the definitions of a set.
     *
     * @throws ForeignSet if this installation cannot evaluate it
     */
    public synchronized List<Definition> definitions(DefinitionSet set) {
        try {
            return read(set);
        } catch (InvalidDefinitions invalid) {
            throw new ForeignSet(set.revision(), invalid);
        }
    }

    /** Returns why this installation cannot evaluate a set; null if it can. */
    public synchronized @Nullable String complaint(DefinitionSet set) {
        try {
            List<Definition> unused = read(set);
            return null;
        } catch (InvalidDefinitions invalid) {
            return invalid.getMessage();
        }
    }

    /**
     * Compiles the set that is evaluated, with the aggregates of those that are kept.
     *
     * @throws ForeignSet if this installation cannot evaluate one of them
     */
    public synchronized Plan of(LiveSets sets) {
        return of(sets, Unfilled.NONE).full();
    }

    /**
     * Compiles what a task needs to change from sets to the next ones, so that no task has to wait for it.
     *
     * @throws ForeignSet if this installation cannot evaluate one of them
     */
    public void prepare(LiveSets before, LiveSets next) {
        if (next.isAfter(before)) {
            SetPlans unused = of(next, unfilled(before, Unfilled.NONE, next));
        }
    }

    /** As {@link #of(LiveSets)}, while some definitions do not know their past. */
    synchronized SetPlans of(LiveSets sets, Unfilled unfilled) {
        List<Object> key = List.of(instants(sets), unfilled);
        SetPlans known = plans.get(key);
        if (known == null) {
            known = compile(sets, unfilled);
            plans.put(key, known);
        }
        return known;
    }

    private static List<Instant> instants(LiveSets sets) {
        return Stream.concat(Stream.of(sets.live()), sets.kept().stream())
                .map(DefinitionSet::at)
                .toList();
    }

    SetPlans compile(LiveSets sets, Unfilled unfilled) {
        try {
            List<List<Definition>> kept = new ArrayList<>();
            for (DefinitionSet set : sets.kept()) {
                kept.add(without(unfilled, read(set)));
            }
            List<Definition> live = read(sets.live());
            Set<String> missing = live.stream()
                    .filter(definition -> unfilled.ids().contains(definition.id()))
                    .map(Definition::name)
                    .collect(Collectors.toSet());
            return SetPlans.compile(live, kept, missing, unfilled.told(), vocabulary, options(sets.live()));
        } catch (InvalidDefinitions invalid) {
            throw new ForeignSet(sets.live().revision(), invalid);
        }
    }

    private PlanOptions options(DefinitionSet set) {
        SetOptions options = set.options();
        return new PlanOptions(
                options.zone(), options.dedupWindow(), options.currency(), options.origins(), placeholders);
    }

    private static List<Definition> without(Unfilled unfilled, List<Definition> definitions) {
        return definitions.stream()
                .filter(definition -> !unfilled.ids().contains(definition.id()))
                .toList();
    }

    /**
     * Returns which definitions of a set do not know their past when it follows others.
     *
     * @param unfilled of those before
     * @throws ForeignSet if this installation cannot evaluate one of the sets
     */
    synchronized Unfilled unfilled(LiveSets before, Unfilled unfilled, LiveSets next) {
        List<Object> key = List.of(instants(before), unfilled, instants(next));
        Unfilled known = missing.get(key);
        if (known == null) {
            known = findUnfilled(before, unfilled, next);
            missing.put(key, known);
        }
        return known;
    }

    private Unfilled findUnfilled(LiveSets before, Unfilled unfilled, LiveSets next) {
        boolean isComparable = before.live().options().means(next.live().options());
        List<Definition> known = isComparable ? without(unfilled, definitions(before.live())) : List.of();
        Map<Integer, Keeping> kept =
                isComparable ? of(before, unfilled).silent().keeping() : Map.of();
        List<Definition> live = definitions(next.live());
        Set<String> names = new MissingPast(known, kept, vocabulary, options(next.live())).of(live);
        Set<String> ids = new HashSet<>();
        live.stream().filter(one -> names.contains(one.name())).forEach(one -> ids.add(one.id()));
        // What was never filled, or has another meaning now, is not complete if it returns.
        Set<String> evaluated = live.stream().map(Definition::id).collect(Collectors.toSet());
        next.kept()
                .forEach(set -> set.sources().stream()
                        .map(DefinitionSource::id)
                        .filter(id -> !evaluated.contains(id)
                                && (!isComparable || unfilled.ids().contains(id)))
                        .forEach(ids::add));
        Set<String> told = new HashSet<>(unfilled.told());
        before.live().sources().forEach(source -> told.add(source.name()));
        told.retainAll(names);
        return new Unfilled(ids, told);
    }

    /**
     * Returns the definitions of a set that know only a part of the past.
     *
     * @param since see {@link TaskPast}
     */
    synchronized ShortHistories histories(DefinitionSet set, Map<String, Long> since) {
        ShortHistories histories = new ShortHistories();
        if (!since.isEmpty()) {
            for (Definition definition : definitions(set)) {
                Long known = since.get(definition.id());
                if (known != null) {
                    histories.add(definition.name(), known, NeededPast.reach(definition, vocabulary, options(set)));
                }
            }
        }
        return histories;
    }

    private List<Definition> read(DefinitionSet set) throws InvalidDefinitions {
        List<Definition> known = definitions.get(set.at());
        if (known == null) {
            known = new PublishedReader(vocabulary).read(set.sources());
            definitions.put(set.at(), known);
        }
        return known;
    }

    /** Forgets the oldest entries. */
    private static final class Recent<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MOST;
        }
    }
}
