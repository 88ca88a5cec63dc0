// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.definition.DefinitionSet;
import dev.segue.definition.DefinitionSource;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A published version of a definition.
 *
 * @param what {@code created}, {@code changed}, {@code removed}, or {@code restored} with the revision
 */
public record VersionRow(String version, long revision, String by, ShownTime at, String what) {

    /** Returns the versions that are known, the latest first. */
    static List<VersionRow> of(String definition, List<DefinitionSet> sets, Instant now, ZoneId zone) {
        List<VersionRow> rows = new ArrayList<>();
        String before = null;
        for (DefinitionSet set : sets) {
            String version = version(definition, set);
            if (!Objects.equals(version, before)) {
                rows.add(new VersionRow(
                        version == null ? "–" : version,
                        set.revision(),
                        set.by(),
                        ShownTime.of(set.at(), now, zone),
                        what(set, before, version)));
            }
            before = version;
        }
        Collections.reverse(rows);
        return List.copyOf(rows);
    }

    private static @Nullable String version(String definition, DefinitionSet set) {
        return set.sources().stream()
                .filter(source -> source.name().equals(definition))
                .map(DefinitionSource::version)
                .findFirst()
                .orElse(null);
    }

    private static String what(DefinitionSet set, @Nullable String before, @Nullable String now) {
        if (set.restores() != null) {
            return "restored as of revision " + set.restores();
        }
        return before == null ? "created" : now == null ? "removed" : "changed";
    }
}
