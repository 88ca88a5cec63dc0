// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.definition.DefinitionSet;
import dev.segue.serde.output.DefinitionLog;

/** Finds published sets that an option names. */
final class Revisions {
    private Revisions() {}

    /**
     * Reads the number of a revision.
     *
     * @param argument the argument or option, for the message
     * @throws UserError if it is not a number
     */
    static long number(String argument, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException mistake) {
            throw new UserError(argument + ": '" + text + "' is not the number of a revision, such as 3. 'segue"
                    + " definitions' lists the published revisions.");
        }
    }

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
