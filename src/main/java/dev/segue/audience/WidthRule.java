package dev.segue.audience;

import dev.segue.config.WidthSettings;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionRule;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Tells segments that are too narrow or too wide to be of use. A trait is never too wide: that everybody has a usual hour
 * is as it should be.
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

    /** How many customers there must be; 0 where nothing is ever said. */
    public int afterCustomers() {
        return settings.afterCustomers();
    }

    /** All that can be judged, ascending. */
    public List<String> segments() {
        return List.copyOf(segments);
    }

    /**
     * The segment, where it is too narrow or too wide.
     *
     * @param customers all there are
     * @param members those whom the segment holds now
     * @param held whether it held anybody before; one that all have left has done its work
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
