// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.config.RefusedIds;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionSet;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.definition.LiveSets;
import dev.segue.definition.PublishedReader;
import dev.segue.definition.SetOptions;
import dev.segue.event.Vocabulary;
import dev.segue.plan.Plan;
import dev.segue.plan.PlanOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles published sets, each once for all tasks of an instance. Safe for several threads. */
public class Plans {
    /** Plans of earlier sets are needed only until every customer has been visited. */
    private static final int MOST = 32;

    private final Vocabulary vocabulary;
    private final RefusedIds placeholders;
    private final Map<Long, List<Definition>> definitions = new Recent<>();
    private final Map<List<Long>, Plan> plans = new Recent<>();

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
        List<Long> key = new ArrayList<>();
        key.add(sets.live().revision());
        sets.kept().forEach(set -> key.add(set.revision()));
        Plan plan = plans.get(key);
        if (plan == null) {
            plan = compile(sets);
            plans.put(key, plan);
        }
        return plan;
    }

    Plan compile(LiveSets sets) {
        try {
            List<List<Definition>> kept = new ArrayList<>();
            for (DefinitionSet set : sets.kept()) {
                kept.add(read(set));
            }
            SetOptions options = sets.live().options();
            return Plan.compile(
                    read(sets.live()),
                    kept,
                    vocabulary,
                    new PlanOptions(options.zone(), options.dedupWindow(), options.currency(), placeholders));
        } catch (InvalidDefinitions invalid) {
            throw new ForeignSet(sets.live().revision(), invalid);
        }
    }

    private List<Definition> read(DefinitionSet set) throws InvalidDefinitions {
        List<Definition> known = definitions.get(set.revision());
        if (known == null) {
            known = new PublishedReader(vocabulary).read(set.sources());
            definitions.put(set.revision(), known);
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
