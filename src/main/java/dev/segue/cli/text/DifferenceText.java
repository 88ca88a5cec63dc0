// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import dev.segue.definition.Definition;
import dev.segue.definition.SetDifference;
import dev.segue.plan.explain.NeededPast;
import dev.segue.value.DurationText;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes what a set of definitions changes in the one that is evaluated. */
public final class DifferenceText {
    private final SetDifference difference;
    private final NeededPast past;

    public DifferenceText(SetDifference difference, NeededPast past) {
        this.difference = difference;
        this.past = past;
    }

    /** @param next all definitions of the new set */
    public void print(List<Definition> next, PrintWriter out) {
        for (Definition definition : next) {
            if (difference.added().contains(definition.name())) {
                print("new", definition, out);
            }
        }
        for (Definition definition : next) {
            if (difference.changed().contains(definition.name())) {
                print("changed", definition, out);
            }
        }
        difference.removed().forEach(name -> out.println("removed    " + name));
        if (difference.options()) {
            out.println("changed    settings on which all definitions depend: zone, dedup_window or currency");
        }
        int same = difference.unchanged().size();
        if (same > 0) {
            out.println("unchanged  " + same + (same == 1 ? " definition" : " definitions"));
        }
    }

    private static String events(@Nullable Duration reach) {
        return reach == null
                ? "all past events"
                : reach.isZero() ? "past events" : "past events; it looks back " + DurationText.write(reach);
    }

    private void print(String kind, Definition definition, PrintWriter out) {
        out.printf("%-10s %s%n", kind, definition.name());
        if (definition.sinceNow()) {
            out.println("             begins with what is already kept, because of 'since: now'");
        } else if (past.reaches().containsKey(definition.name())) {
            Duration reach = past.reaches().get(definition.name());
            out.println("             is filled from " + events(reach));
        }
    }
}
