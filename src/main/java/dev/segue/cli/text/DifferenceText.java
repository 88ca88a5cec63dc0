// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionSet;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.definition.PublishedReader;
import dev.segue.definition.SetDifference;
import dev.segue.event.Vocabulary;
import dev.segue.plan.explain.PlanDescription;
import dev.segue.plan.explain.PlanDescription.DefinitionDescription;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Describes what a set of definitions changes in the one that is evaluated. */
public final class DifferenceText {
    private final @Nullable DefinitionSet live;
    private final SetDifference difference;
    private final Vocabulary vocabulary;

    /** @param live null if none is evaluated yet */
    public DifferenceText(@Nullable DefinitionSet live, SetDifference difference, Vocabulary vocabulary) {
        this.live = live;
        this.difference = difference;
        this.vocabulary = vocabulary;
    }

    /** @param next all definitions of the new set */
    public void print(List<Definition> next, PrintWriter out) {
        Set<String> kept = kept();
        PlanDescription plan = PlanDescription.of(next, vocabulary);
        difference.added().forEach(name -> print("new", name, plan, kept, out));
        difference.changed().forEach(name -> print("changed", name, plan, kept, out));
        difference.removed().forEach(name -> out.println("removed    " + name));
        if (difference.options()) {
            out.println("changed    settings on which all definitions depend: zone, dedup_window or currency");
        }
        int same = difference.unchanged().size();
        if (same > 0) {
            out.println("unchanged  " + same + (same == 1 ? " definition" : " definitions"));
        }
    }

    private static void print(String kind, String name, PlanDescription plan, Set<String> kept, PrintWriter out) {
        out.printf("%-10s %s%n", kind, name);
        DefinitionDescription described = plan.definitions().get(name);
        Set<String> missing = described == null ? new TreeSet<>() : stored(described);
        missing.removeAll(kept);
        missing.forEach(words -> out.println("             begins empty: " + words));
    }

    private static Set<String> stored(DefinitionDescription described) {
        Set<String> stored = new TreeSet<>();
        Stream.concat(described.deciding().stream(), described.carried().stream())
                .forEach(aggregate -> stored.add(ExplainText.words(aggregate)));
        return stored;
    }

    /** Returns what the evaluated set keeps of each customer. */
    private Set<String> kept() {
        Set<String> kept = new TreeSet<>();
        if (live != null) {
            try {
                List<Definition> definitions = new PublishedReader(vocabulary).read(live.sources());
                PlanDescription.of(definitions, vocabulary)
                        .definitions()
                        .values()
                        .forEach(described -> kept.addAll(stored(described)));
            } catch (InvalidDefinitions foreign) {
                // Everything counts as new then, which is true for this installation's event schemas.
                return kept;
            }
        }
        return kept;
    }
}
