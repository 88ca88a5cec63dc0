// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.config.CurrencySettings;
import dev.segue.config.RefusedIds;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionSet;
import dev.segue.definition.DefinitionSource;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.definition.LiveSets;
import dev.segue.definition.PublishedSets;
import dev.segue.definition.SetOptions;
import dev.segue.event.OriginPrecedence;
import dev.segue.event.Vocabulary;
import dev.segue.plan.Plan;
import dev.segue.plan.SetPlans;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Published sets of a test, some of which are plans without definitions. */
final class ScenarioPlans extends Plans {
    private final Vocabulary vocabulary;
    private final List<DefinitionSet> sets = new ArrayList<>();
    private final Map<Long, Plan> given = new HashMap<>();
    private Instant latest = Instant.EPOCH;

    ScenarioPlans(Vocabulary vocabulary) {
        super(vocabulary, RefusedIds.usual());
        this.vocabulary = vocabulary;
    }

    PublishedSets published() {
        return new PublishedSets(sets);
    }

    /** @param only instead of all earlier sets */
    void publish(String definitions, Instant at, boolean only) throws InvalidDefinitions {
        publish(List.of(new DefinitionText("scenario.yaml", definitions)), at, only);
    }

    void publish(List<DefinitionText> texts, Instant at, boolean only) throws InvalidDefinitions {
        publishSources(new DefinitionReader(vocabulary).check(texts, List.of()).sources(), at, only);
    }

    void publish(Plan plan, Instant at, boolean only) {
        long revision = publishSources(List.of(), at, only);
        given.put(revision, plan);
    }

    private long publishSources(List<DefinitionSource> sources, Instant at, boolean only) {
        long revision = sets.isEmpty() ? 1 : sets.get(sets.size() - 1).revision() + 1;
        SetOptions options = new SetOptions(ZoneId.of("UTC"), 16, CurrencySettings.none(), OriginPrecedence.usual());
        if (only) {
            sets.clear();
        }
        latest = at.isAfter(latest) ? at : latest.plusMillis(1);
        sets.add(new DefinitionSet(revision, latest, "scenario", null, options, sources));
        return revision;
    }

    @Override
    SetPlans compile(LiveSets live, Unfilled unfilled) {
        Plan plan = given.get(live.live().revision());
        return plan == null ? super.compile(live, unfilled) : new SetPlans(plan, null);
    }
}
