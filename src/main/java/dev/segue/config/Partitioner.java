// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.util.Locale;
import org.apache.kafka.common.utils.Utils;

/** The hash by which a producer chooses the partition of a key. */
public enum Partitioner {
    /** Kafka's Java clients, and many others: {@code murmur2(key) & 0x7fffffff} modulo the number of partitions. */
    MURMUR2 {
        @Override
        public int partition(byte[] key, int partitions) {
            return Utils.toPositive(Utils.murmur2(key)) % partitions;
        }
    },
    /** librdkafka's default ({@code consistent_random}): the unsigned CRC-32 modulo the number of partitions. */
    CRC32 {
        @Override
        public int partition(byte[] key, int partitions) {
            java.util.zip.CRC32 sum = new java.util.zip.CRC32();
            sum.update(key);
            return (int) (sum.getValue() % partitions);
        }
    },
    /** As {@link #MURMUR2}; an event that arrives in another partition is sent on to this one. */
    REROUTE {
        @Override
        public int partition(byte[] key, int partitions) {
            return MURMUR2.partition(key, partitions);
        }
    };

    /**
     * The partition of a key.
     *
     * @param key not empty
     * @param partitions number of partitions of the topic, above 0
     */
    public abstract int partition(byte[] key, int partitions);

    /** Returns whether an event in the wrong partition is sent to the right one. */
    public boolean sendsOn() {
        return this == REROUTE;
    }

    /** The spelling in settings, such as {@code murmur2}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
