// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.index;

import com.google.common.base.Suppliers;
import dev.segue.config.Settings;
import dev.segue.console.page.LiveDefinitions;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionSet;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.definition.PublishedReader;
import dev.segue.event.Vocabulary;
import dev.segue.plan.explain.PlanDescription;
import dev.segue.serde.output.DefinitionLog;
import dev.segue.serde.output.DefinitionRecordCodec;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The published definitions, read anew when there is another set. */
final class DefinitionRecords implements IndexedTopic {
    private final Settings settings;
    private final Vocabulary vocabulary;
    private final DefinitionRecordCodec codec;
    private DefinitionLog log;
    private Instant known = Instant.EPOCH;
    private boolean changed = true;
    private volatile LiveDefinitions live;

    DefinitionRecords(Settings settings, Vocabulary vocabulary, DefinitionRecordCodec codec) {
        this.settings = settings;
        this.vocabulary = vocabulary;
        this.codec = codec;
        this.log = new DefinitionLog(codec);
        this.live = live(List.of(), List.of(), null);
    }

    @Override
    public @Nullable Long tail() {
        return null;
    }

    @Override
    public void take(String key, byte @Nullable [] value) {
        log.add(key, value);
        changed = true;
    }

    @Override
    public void clear() {
        log = new DefinitionLog(codec);
        changed = true;
    }

    /** Reads the latest set if it is another one; called when no record is left. */
    void settle() {
        if (!changed) {
            return;
        }
        changed = false;
        List<DefinitionSet> sets = log.sets().sets();
        DefinitionSet latest = sets.isEmpty() ? null : sets.get(sets.size() - 1);
        String complaint = log.complaints().stream().findFirst().orElse(null);
        if (latest == null) {
            live = live(sets, List.of(), complaint);
        } else if (latest.at().equals(known)) {
            live = live(sets, live.definitions(), log.latestAt().equals(known) ? live.complaint() : complaint);
        } else {
            known = latest.at();
            live = read(sets, latest);
        }
    }

    private LiveDefinitions read(List<DefinitionSet> sets, DefinitionSet latest) {
        try {
            return live(sets, new PublishedReader(vocabulary).read(latest.sources()), null);
        } catch (InvalidDefinitions foreign) {
            return live(
                    sets,
                    List.of(),
                    "this installation cannot read revision " + latest.revision() + ": " + foreign.getMessage());
        }
    }

    private LiveDefinitions live(List<DefinitionSet> sets, List<Definition> definitions, @Nullable String complaint) {
        ZoneId zone = sets.isEmpty()
                ? settings.zone()
                : sets.get(sets.size() - 1).options().zone();
        return new LiveDefinitions(
                sets,
                definitions,
                Suppliers.memoize(() -> PlanDescription.of(definitions, vocabulary)),
                settings.segments().width(),
                zone,
                complaint);
    }

    LiveDefinitions live() {
        return live;
    }
}
