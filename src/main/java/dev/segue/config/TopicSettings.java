// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.time.Duration;

/**
 * Settings with which topics are created at the first start. Later starts only check them.
 *
 * @param partitions partitions of every topic that is keyed by customer, 1 to 1000; the most instances that can share
 *     the work
 * @param replicationFactor copies of each partition, 1 to 9; -1 uses the broker's default
 * @param partitioner the hash by which producers of events choose the partition of a customer
 * @param compression of changes, memberships, profiles and dead letters
 * @param retention how long events, changes and dead letters are kept, 1 h to 10 years
 * @param controlRetention how long ticks and transfers are kept, 1 h to 30 d; must be longer than the longest outage
 */
public record TopicSettings(
        TopicNames names,
        int partitions,
        int replicationFactor,
        Partitioner partitioner,
        TopicCompression compression,
        Duration retention,
        Duration controlRetention) {

    /** @throws IllegalArgumentException if a value is invalid; the message names it */
    public TopicSettings {
        Checks checks = new Checks();
        checks.within("topics.partitions", partitions, 1, 1000);
        checks.that(
                replicationFactor == -1 || (replicationFactor >= 1 && replicationFactor <= 9),
                "topics.replication_factor must be from 1 to 9, or -1 for the broker's default, not %d",
                replicationFactor);
        checks.within("topics.retention", retention, Duration.ofHours(1), Duration.ofDays(3650));
        checks.within("topics.control_retention", controlRetention, Duration.ofHours(1), Duration.ofDays(30));
        checks.end();
    }

    /** Uses the partitioner of Kafka's Java clients, and the default compression. */
    public TopicSettings(
            TopicNames names, int partitions, int replicationFactor, Duration retention, Duration controlRetention) {
        this(
                names,
                partitions,
                replicationFactor,
                Partitioner.MURMUR2,
                TopicCompression.GZIP,
                retention,
                controlRetention);
    }

    public static TopicSettings defaults() {
        return new TopicSettings(TopicNames.prefixed(""), 6, -1, Duration.ofDays(7), Duration.ofHours(24));
    }
}
