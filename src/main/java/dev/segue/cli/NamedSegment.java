// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.definition.Definition;
import dev.segue.event.Nearest;
import java.util.List;
import java.util.TreeSet;

/** Finds a definition by its own name or by that of one of a group's choices. */
final class NamedSegment {
    private NamedSegment() {}

    /** @throws UserError with the nearest name if there is no such segment */
    static Definition find(String name, List<Definition> definitions) {
        TreeSet<String> known = new TreeSet<>();
        for (Definition definition : definitions) {
            if (definition.name().equals(name) || definition.segments().contains(name)) {
                return definition;
            }
            known.add(definition.name());
            known.addAll(definition.segments());
        }
        String hint = Nearest.hint(name, known);
        throw new UserError("There is no segment '" + name + "'."
                + (hint.isEmpty() ? " There are: " + String.join(", ", known) + "." : hint));
    }
}
