// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.definition.DefinitionSet;
import dev.segue.serde.output.DefinitionLog;

/** Finds published sets that an option names. */
final class Revisions {
    private Revisions() {}

    /** @throws UserError if there is no such revision */
    static DefinitionSet find(DefinitionLog log, long revision) {
        return log.sets()
                .revision(revision)
                .orElseThrow(() -> new UserError(
                        log.latestRevision() == 0
                                ? "Nothing has been published."
                                : "There is no revision " + revision + "; there are revisions up to "
                                        + log.latestRevision() + ". 'segue definitions' lists them."));
    }
}
