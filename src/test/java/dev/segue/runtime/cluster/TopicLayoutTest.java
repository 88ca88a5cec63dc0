// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.Partitioner;
import dev.segue.config.Settings;
import dev.segue.config.TopicCompression;
import dev.segue.config.TopicNames;
import dev.segue.config.TopicSettings;
import dev.segue.runtime.cluster.TopicLayout.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TopicLayoutTest {
    private static final List<String> READ_BY_OTHERS = List.of(
            "segment-changes",
            "activations",
            "segment-memberships",
            "customer-profiles",
            "dead-letters",
            "segue-statistics",
            "customer-sessions");

    @Test
    void whatOthersReadIsStoredWithTheSetCompression() {
        Map<String, Map<String, String>> properties = properties(TopicCompression.GZIP);
        assertThat(READ_BY_OTHERS)
                .allSatisfy(topic -> assertThat(properties.get(topic))
                        .containsEntry("compression.type", "gzip")
                        .containsEntry("compression.gzip.level", "1"));
        assertThat(properties).hasSizeGreaterThan(READ_BY_OTHERS.size());
        properties.keySet().removeAll(READ_BY_OTHERS);
        assertThat(properties.values()).allSatisfy(other -> assertThat(other).doesNotContainKey("compression.type"));
    }

    @Test
    void spellsCompressionAsKafkaDoes() {
        assertThat(properties(TopicCompression.NONE).get("segment-changes"))
                .containsEntry("compression.type", "uncompressed")
                .doesNotContainKey("compression.gzip.level");
        assertThat(properties(TopicCompression.PRODUCER).get("customer-profiles"))
                .containsEntry("compression.type", "producer")
                .containsEntry("cleanup.policy", "compact");
    }

    private static Map<String, Map<String, String>> properties(TopicCompression compression) {
        TopicSettings settings = new TopicSettings(
                TopicNames.prefixed(""),
                6,
                1,
                Partitioner.MURMUR2,
                compression,
                Duration.ofDays(7),
                Duration.ofDays(1));
        return TopicLayout.of(Settings.defaults().withTopics(settings)).topics().stream()
                .collect(Collectors.toMap(Wanted::name, Wanted::properties));
    }
}
