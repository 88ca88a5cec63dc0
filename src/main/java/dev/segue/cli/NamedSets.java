// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.event.Vocabulary;
import dev.segue.replay.backtest.ComparedSet;
import java.util.Optional;

/** Sets of definitions that are known by a name instead of a place. */
interface NamedSets {
    String NOTHING = "nothing";
    String LIVE = "live";

    /** The names that exist without a cluster. */
    NamedSets BUILT_IN = (name, vocabulary) -> switch (name) {
        case NOTHING -> Optional.of(ComparedSet.nothing());
        case LIVE ->
            throw new UserError("--against live is the set that a cluster evaluates: name the cluster with --config, or"
                    + " the directory of the old definitions instead of live.");
        default -> Optional.empty();
    };

    /**
     * Returns the set of that name; empty if no set has the name.
     *
     * @throws UserError if the set cannot be read
     */
    Optional<ComparedSet> find(String name, Vocabulary vocabulary);
}
