// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.cluster;

import dev.segue.config.Settings;
import dev.segue.config.TopicCompression;
import dev.segue.config.TopicNames;
import dev.segue.config.TopicSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** The required configuration of every topic. */
record TopicLayout(List<Wanted> topics) {

    /** How a topic is partitioned. */
    enum Split {
        /** By customer, or by whatever tasks of the same number need: all of these topics have as many partitions. */
        BY_CUSTOMER,
        /** Exactly one partition. */
        SINGLE,
        /** Any number of partitions. */
        ANY
    }

    /**
     * One topic.
     *
     * @param compacted true if the latest value of each key is kept for ever; otherwise all records are kept for a
     *     limited time
     * @param properties configuration for the creation of the topic
     */
    record Wanted(String name, Split split, boolean compacted, Map<String, String> properties) {}

    static TopicLayout of(Settings all) {
        TopicSettings settings = all.topics();
        TopicNames names = settings.names();
        Map<String, String> compression = compression(settings.compression());
        Map<String, String> keptAWhile = with(kept(settings.retention()), compression);
        // The broker rejects records whose timestamps run ahead, which also bounds how far an event may run ahead.
        String ahead = Long.toString(all.limits().ahead().toMillis());
        List<Wanted> topics = new ArrayList<>(List.of(
                byCustomer(names.behaviorEvents(), dated(settings.retention(), ahead)),
                compacted(names.productFacts(), Split.SINGLE, Map.of()),
                byCustomer(names.control(), dated(settings.controlRetention(), ahead)),
                byCustomer(names.transfers(), kept(settings.controlRetention())),
                compacted(names.definitions(), Split.SINGLE, Map.of()),
                byCustomer(names.changes(), keptAWhile),
                byCustomer(names.activations(), keptAWhile),
                compacted(names.memberships(), Split.BY_CUSTOMER, compression),
                compacted(names.profiles(), Split.BY_CUSTOMER, compression),
                new Wanted(names.population(), Split.SINGLE, false, kept(settings.controlRetention())),
                new Wanted(names.deadLetters(), Split.ANY, false, keptAWhile)));
        if (all.statistics().enabled()) {
            topics.add(compacted(names.statistics(), Split.BY_CUSTOMER, compression));
            topics.add(byCustomer(names.sessions(), keptAWhile));
            topics.add(byCustomer(names.statisticsParts(), kept(settings.controlRetention())));
        }
        return new TopicLayout(List.copyOf(topics));
    }

    private static Wanted byCustomer(String name, Map<String, String> properties) {
        return new Wanted(name, Split.BY_CUSTOMER, false, properties);
    }

    private static Wanted compacted(String name, Split split, Map<String, String> further) {
        Map<String, String> policy = Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        return new Wanted(name, split, true, with(policy, further));
    }

    private static Map<String, String> compression(TopicCompression compression) {
        String type = compression.property();
        // Kafka's default level costs the broker more CPU time than it saves in bytes: see docs/performance.md.
        return compression == TopicCompression.GZIP
                ? Map.of(TopicConfig.COMPRESSION_TYPE_CONFIG, type, TopicConfig.COMPRESSION_GZIP_LEVEL_CONFIG, "1")
                : Map.of(TopicConfig.COMPRESSION_TYPE_CONFIG, type);
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> further) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(further);
        return Map.copyOf(all);
    }

    private static Map<String, String> kept(Duration retention) {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(retention.toMillis()));
    }

    private static Map<String, String> dated(Duration retention, String ahead) {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(retention.toMillis()),
                TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
                ahead);
    }
}
