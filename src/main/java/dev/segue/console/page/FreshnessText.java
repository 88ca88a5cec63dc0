// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.value.CountText;
import java.time.Duration;
import java.util.Locale;

/**
 * How up to date a page is, in words.
 *
 * @param level how much of a problem it is
 */
public record FreshnessText(Level level, String text, String detail) {
    private static final Duration FRESH = Duration.ofSeconds(10);
    /** A few records are always on their way. */
    private static final long MUCH = 20_000;

    /** How much of a problem it is. */
    public enum Level {
        FRESH,
        LOADING,
        STALE
    }

    public static FreshnessText of(Freshness freshness) {
        Duration age = freshness.age();
        String trouble = freshness.trouble();
        if (trouble != null || (age != null && age.compareTo(FRESH) > 0)) {
            String since = age == null
                    ? "Kafka has not answered yet"
                    : "Kafka last answered " + ShownTime.length(age) + " ago";
            return new FreshnessText(Level.STALE, since, trouble == null ? "The console keeps trying." : trouble);
        }
        if (age == null) {
            return new FreshnessText(Level.LOADING, "Connecting to Kafka", "The console has just been started.");
        }
        if (!freshness.isComplete()) {
            String missing = freshness.topics().stream()
                    .filter(topic -> !topic.isThere())
                    .map(Freshness.Topic::name)
                    .findFirst()
                    .orElse("");
            return missing.isEmpty()
                    ? new FreshnessText(
                            Level.LOADING,
                            "Reading: " + CountText.of(freshness.behind(), "record") + " left",
                            "Counts are not whole yet.")
                    : new FreshnessText(
                            Level.LOADING,
                            "Topic " + missing + " does not exist yet",
                            "'segue run' creates it at its first start.");
        }
        if (freshness.behind() > MUCH) {
            return new FreshnessText(
                    Level.LOADING,
                    CountText.of(freshness.behind(), "record") + " behind",
                    "The cluster writes faster than the console reads.");
        }
        return new FreshnessText(
                Level.FRESH,
                "As of " + (age.toSeconds() < 1 ? "now" : ShownTime.length(age) + " ago"),
                "Everything in Kafka has been read.");
    }

    /** The word in the style sheet. */
    public String style() {
        return level.name().toLowerCase(Locale.ROOT);
    }
}
