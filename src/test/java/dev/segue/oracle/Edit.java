// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import java.util.ArrayList;
import java.util.List;

/**
 * A change of definitions in the middle of a history. The old definitions contain everything that the new ones read, so
 * that all of it is stored.
 *
 * @param dropped the position of the definition that is removed, with all that refer to it; -1 for none
 * @param exchanged whether the first two exchange everything but their names and further keys, if possible
 */
record Edit(int dropped, boolean exchanged) {
    List<DefinitionTerm> of(List<DefinitionTerm> before) {
        List<DefinitionTerm> after = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        // Definitions refer only to those before them.
        for (int position = 0; position < before.size(); position++) {
            DefinitionTerm definition = before.get(position);
            if (position == dropped || gone.stream().anyMatch(definition::asksAbout)) {
                gone.addAll(definition.segments());
            } else {
                after.add(definition);
            }
        }
        if (exchanged && after.size() > 1) {
            DefinitionTerm first = after.get(0);
            DefinitionTerm second = after.get(1);
            if (first.canExchangeWith(second)) {
                after.set(0, first.withPartsOf(second));
                after.set(1, second.withPartsOf(first));
            }
        }
        return after;
    }
}
