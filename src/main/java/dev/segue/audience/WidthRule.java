// SPDX-License-Identifier: Apache-2.0
package dev.segue.audience;

import dev.segue.config.WidthSettings;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionRule;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds segments that are too narrow or too wide to be useful. A trait is never too wide: every customer is expected to
 * have a usual hour.
 */
public final class WidthRule {
    private final WidthSettings settings;
    private final SortedSet<String> segments = new TreeSet<>();
    private final SortedSet<String> traits = new TreeSet<>();

    public WidthRule(WidthSettings settings, List<Definition> definitions) {
        this.settings = settings;
        for (Definition definition : definitions) {
            segments.addAll(definition.segments());
            if (definition.rule() instanceof DefinitionRule.Trait) {
                traits.add(definition.name());
            }
        }
    }

    /** The number of customers from which segments are judged; 0 disables the check. */
    public int afterCustomers() {
        return settings.afterCustomers();
    }

    /** All segments that can be judged, ascending. */
    public List<String> segments() {
        return List.copyOf(segments);
    }

    /**
     * Returns the segment if it is too narrow or too wide.
     *
     * @param customers number of all customers
     * @param members number of current members
     * @param held true if it ever had a member; a segment that all members have left is not too narrow
     */
    public Optional<SegmentWidth> judge(String segment, long customers, long members, boolean held) {
        if (settings.afterCustomers() == 0 || customers < settings.afterCustomers()) {
            return Optional.empty();
        }
        boolean tooNarrow = members == 0 && !held;
        boolean tooWide = members >= settings.nearlyEverybody() * customers && !traits.contains(segment);
        return tooNarrow || tooWide ? Optional.of(new SegmentWidth(segment, customers, members)) : Optional.empty();
    }
}
