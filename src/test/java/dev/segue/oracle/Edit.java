// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import java.util.ArrayList;
import java.util.List;

/**
 * A change of definitions in the middle of a history. What the new ones need, the old ones may not have kept.
 *
 * @param dropped the position of the definition that is removed, with all that refer to it; -1 for none
 * @param exchanged whether the first two exchange everything but their names and further keys, if possible
 * @param added further definitions; one with the name of another replaces it
 */
record Edit(int dropped, boolean exchanged, List<DefinitionTerm> added) {
    List<DefinitionTerm> of(List<DefinitionTerm> before) {
        List<DefinitionTerm> after = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        // Definitions refer only to those before them.
        for (int position = 0; position < before.size(); position++) {
            DefinitionTerm definition = before.get(position);
            if (position == dropped || gone.stream().anyMatch(definition::asksAbout)) {
                gone.addAll(definition.named());
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
        for (DefinitionTerm definition : added) {
            if (gone.stream().noneMatch(definition::asksAbout)) {
                List<String> names = after.stream().map(DefinitionTerm::name).toList();
                int replaced = names.indexOf(definition.name());
                if (replaced < 0) {
                    after.add(definition);
                } else {
                    after.set(replaced, definition);
                }
            }
        }
        return after;
    }

    /** Smaller edits, most drastic first. */
    List<Edit> simpler() {
        List<Edit> simpler = new ArrayList<>();
        if (dropped >= 0) {
            simpler.add(new Edit(-1, exchanged, added));
        }
        if (exchanged) {
            simpler.add(new Edit(dropped, false, added));
        }
        for (int index = 0; index < added.size(); index++) {
            List<DefinitionTerm> fewer = new ArrayList<>(added);
            DefinitionTerm term = fewer.remove(index);
            simpler.add(new Edit(dropped, exchanged, fewer));
            for (DefinitionTerm other : term.simpler()) {
                List<DefinitionTerm> changed = new ArrayList<>(added);
                changed.set(index, other);
                simpler.add(new Edit(dropped, exchanged, changed));
            }
        }
        return simpler;
    }
}
