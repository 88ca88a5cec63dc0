// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.replay.Until;
import dev.segue.replay.backtest.BacktestWindow;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The time that a backtest reports on. */
final class WindowOptions {
    @Option(
            names = "--from",
            paramLabel = "INSTANT",
            description =
                    "Report on changes from this instant on, such as 2025-11-01T00:00:00Z; earlier events count as"
                            + " history. Default: the first event.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "INSTANT|+DURATION",
            description = "Advance time to an instant such as 2025-12-01T00:00:00Z (later events are left out), or to a"
                    + " duration after the last event such as +2h. Default: the last event.")
    private @Nullable String to;

    /** @throws UserError if a time is malformed, or the end is before the begin */
    BacktestWindow read() {
        Until end = to == null ? BacktestWindow.all().to() : until("--to", to);
        Until begin = from == null ? null : until("--from", from);
        if (begin instanceof Until.AfterLast) {
            throw new UserError("--from: '" + from + "' is after the last event; name an instant such as"
                    + " 2025-11-01T00:00:00Z.");
        }
        long first = begin instanceof Until.At at ? at.instant() : Long.MIN_VALUE;
        if (end instanceof Until.At at && at.instant() < first) {
            throw new UserError("--from " + from + " is after --to " + to + ".");
        }
        return new BacktestWindow(first, end);
    }

    private static Until until(String option, String text) {
        try {
            return Until.parse(text);
        } catch (IllegalArgumentException unreadable) {
            throw UserError.of(option, unreadable);
        }
    }
}
