// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether definitions may be published that look back further than the topic of events still holds. */
final class PastOption {
    @Option(
            names = "--accept-short-history",
            description =
                    "Publishes definitions that look back further than the topic of events still holds. Their results"
                            + " are then as if those customers had begun with the first event that is left.")
    private boolean accepted;

    /**
     * @param shortage see {@link dev.segue.runtime.operate.PastReach#shortage}
     * @throws UserError if there is one that was not accepted
     */
    void require(@Nullable String shortage) {
        if (shortage != null && !accepted) {
            throw new UserError("Nothing was published. " + shortage + " Add --accept-short-history if they may know"
                    + " less, or write 'since: now' into a definition that needs no past.");
        }
    }
}
