// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.event.BadRecord;
import dev.segue.event.Nearest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Selects dead letters. */
final class LettersOption {
    @Option(names = "--reason", paramLabel = "REASON", description = "Only letters rejected for this reason.")
    private @Nullable String reason;

    @Option(
            names = "--since",
            paramLabel = "INSTANT",
            description = "Only letters rejected at this instant or later, such as 2025-11-01T12:00:00Z.")
    private @Nullable String since;

    /** @throws UserError if there is no such reason */
    @Nullable
    String reason() {
        List<String> labels = BadRecord.Reason.labels();
        if (reason != null && !labels.contains(reason)) {
            throw new UserError("--reason: '" + reason + "' is not a reason." + Nearest.hint(reason, labels));
        }
        return reason;
    }

    /** @throws UserError if it is not a timestamp */
    @Nullable
    Instant since() {
        try {
            return since == null ? null : Instant.parse(since);
        } catch (DateTimeException unreadable) {
            throw new UserError("--since: '" + since + "' is not a timestamp like 2025-11-01T12:00:00Z.");
        }
    }
}
