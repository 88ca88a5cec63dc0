// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.config.ZoneText;
import dev.segue.plan.PlanOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that apply to all definitions and take precedence over the settings. */
final class EvaluationOptions {
    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "The time zone of hours and weekdays of events without one, and of dates if the"
                    + " customer's profile has none, such as Europe/Berlin. Default: that of the settings, else UTC.")
    private @Nullable String zone;

    @Option(
            names = "--dedup-window",
            paramLabel = "N",
            description = "Among how many of a customer's latest events a repeated event_id is a duplicate,"
                    + " 1 to 256. Default: that of the settings, else 16.")
    private @Nullable Integer dedupWindow;

    /** @throws UserError if a value is wrong */
    PlanOptions over(PlanOptions settings) {
        PlanOptions options = settings;
        try {
            options = zone == null ? options : options.withZone(ZoneText.read(zone));
        } catch (IllegalArgumentException refusal) {
            throw UserError.of("--zone", refusal);
        }
        try {
            return dedupWindow == null ? options : options.withDedupWindow(dedupWindow);
        } catch (IllegalArgumentException refusal) {
            throw UserError.of("--dedup-window", refusal);
        }
    }
}
