// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.config.WidthSettings;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionSet;
import dev.segue.plan.explain.PlanDescription;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The published definitions.
 *
 * @param sets all published sets that are known, the latest last
 * @param definitions those of the latest set, in order of name; empty if they cannot be read
 * @param plan describes how they are evaluated; made when it is first asked for
 * @param width thresholds for warnings
 * @param zone whose days statistics count by
 * @param complaint why the latest set cannot be read; null if it can
 */
public record LiveDefinitions(
        List<DefinitionSet> sets,
        List<Definition> definitions,
        Supplier<PlanDescription> plan,
        WidthSettings width,
        ZoneId zone,
        @Nullable String complaint) {
    public LiveDefinitions {
        sets = List.copyOf(sets);
        definitions = List.copyOf(definitions);
    }

    /** Returns the set that is evaluated; empty if none was published. */
    public Optional<DefinitionSet> latest() {
        return sets.isEmpty() ? Optional.empty() : Optional.of(sets.get(sets.size() - 1));
    }

    /** Returns the definition with a name, or else the one that puts customers into a segment of this name. */
    public Optional<Definition> named(String name) {
        return definitions.stream()
                .filter(definition -> definition.name().equals(name))
                .findFirst()
                .or(() -> definitions.stream()
                        .filter(definition -> definition.segments().contains(name))
                        .findFirst());
    }
}
