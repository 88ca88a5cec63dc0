// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.event.Vocabulary;
import dev.segue.replay.backtest.DefinitionSet;
import java.util.Optional;

/** Sets of definitions that are known by a name instead of a place. */
interface NamedSets {
    String NOTHING = "nothing";
    String LIVE = "live";

    /** The names that exist without a cluster. */
    NamedSets BUILT_IN = (name, vocabulary) -> switch (name) {
        case NOTHING -> Optional.of(DefinitionSet.nothing());
        case LIVE ->
            throw new UserError("--against live: this version of Segue cannot read the published set; name the"
                    + " directory of the old definitions instead, or use --against nothing.");
        default -> Optional.empty();
    };

    /**
     * Returns the set of that name; empty if no set has the name.
     *
     * @throws UserError if the set cannot be read
     */
    Optional<DefinitionSet> find(String name, Vocabulary vocabulary);
}
