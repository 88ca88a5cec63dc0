// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.definition.CheckedDefinitions.Placed;
import dev.segue.definition.language.Reference;
import dev.segue.event.Nearest;
import dev.segue.yaml.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Links triggers with their channels, and checks what they name. */
final class TriggerLinks {
    private final Names names;
    private final boolean whole;
    private final Map<String, Definition> byName = new HashMap<>();

    /**
     * @param definitions those that could be read
     * @param whole whether all files could be read; if not, a missing name may be defined in an unread file
     */
    TriggerLinks(Names names, List<Placed> definitions, boolean whole) {
        this.names = names;
        this.whole = whole;
        definitions.forEach(placed -> byName.put(placed.definition().name(), placed.definition()));
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        for (Reference channel : names.toChannels()) {
            if (whole && !names.channels().contains(channel.to())) {
                problems.add(channel.problem("there is no channel '" + channel.to() + "'."
                        + (names.channels().isEmpty()
                                ? " Define one in a document of its own, such as 'channel: email' with a 'consent'."
                                : Nearest.hint(channel.to(), names.channels()))));
            }
        }
        for (Reference trait : names.toTraits()) {
            Definition known = byName.get(trait.to());
            if (known != null && !(known.rule() instanceof DefinitionRule.Trait)) {
                problems.add(trait.problem("'" + trait.to() + "' is a " + known.kind()
                        + ", not a trait. 'best_hour' needs a trait whose value is an hour, 0 to 23."));
            }
        }
        return problems;
    }

    /** Returns a definition; a trigger with what its channel says. */
    Placed linked(Placed placed) {
        return placed.definition().rule() instanceof DefinitionRule.Trigger trigger
                ? placed.through(byName.get(trigger.channelName()))
                : placed;
    }
}
