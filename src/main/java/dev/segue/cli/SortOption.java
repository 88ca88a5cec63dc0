// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.replay.SortWithin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How far files of events are sorted by time. */
final class SortOption {
    @Option(
            names = "--sort-within",
            paramLabel = "DURATION",
            description = "Sort an event by time if it follows an event of the same file that is later"
                    + " by at most this, such as 10m or 7d; 0s keeps every file's own order. Default: the whole file,"
                    + " as far as 256 MiB of events.")
    private @Nullable String within;

    SortWithin read() {
        try {
            return within == null ? SortWithin.wholeFile() : SortWithin.parse(within);
        } catch (IllegalArgumentException unreadable) {
            throw UserError.of("--sort-within", unreadable);
        }
    }
}
