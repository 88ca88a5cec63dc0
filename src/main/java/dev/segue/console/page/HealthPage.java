// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.value.CountText;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well the console follows the topics that it reads.
 *
 * @param trouble why the cluster cannot be read; null if it can
 */
public record HealthPage(FreshnessText freshness, @Nullable String trouble, List<Row> topics) {
    /**
     * One topic.
     *
     * @param state in words
     * @param isWell whether nothing is wrong with it
     * @param latest the timestamp of the latest record; null if none was read
     * @param problem where the first record is that could not be decoded, and why; null if there is none
     */
    public record Row(
            String topic,
            String state,
            boolean isWell,
            String read,
            String behind,
            @Nullable ShownTime latest,
            String undecodable,
            @Nullable String problem) {}

    public static HealthPage of(ConsoleData data) {
        Freshness freshness = data.freshness();
        Instant now = data.now();
        ZoneId zone = data.definitions().zone();
        return new HealthPage(
                FreshnessText.of(freshness),
                freshness.trouble(),
                freshness.topics().stream().map(topic -> row(topic, now, zone)).toList());
    }

    private static Row row(Freshness.Topic topic, Instant now, ZoneId zone) {
        Long latest = topic.latest();
        return new Row(
                topic.name(),
                state(topic),
                topic.isThere() && topic.undecodable() == 0,
                CountText.of(topic.read()),
                CountText.of(topic.behind()),
                latest == null ? null : ShownTime.of(Instant.ofEpochMilli(latest), now, zone),
                CountText.of(topic.undecodable()),
                topic.firstUndecodable());
    }

    private static String state(Freshness.Topic topic) {
        if (!topic.isThere()) {
            return "does not exist yet";
        }
        return topic.isWhole() ? "read" : "being read for the first time";
    }
}
