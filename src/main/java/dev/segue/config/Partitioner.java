package dev.segue.config;

import org.apache.kafka.common.utils.Utils;

/** How a producer chooses the partition of a record by its key. */
public enum Partitioner {
    /** Java's clients, and many others: {@code murmur2(key) & 0x7fffffff} modulo the number of partitions. */
    MURMUR2 {
        @Override
        public int partition(byte[] key, int partitions) {
            return Utils.toPositive(Utils.murmur2(key)) % partitions;
        }
    },
    /** librdkafka where nothing else is set ({@code consistent_random}): the unsigned CRC-32 modulo the number. */
    CRC32 {
        @Override
        public int partition(byte[] key, int partitions) {
            java.util.zip.CRC32 sum = new java.util.zip.CRC32();
            sum.update(key);
            return (int) (sum.getValue() % partitions);
        }
    };

    /**
     * The partition of a key.
     *
     * @param key not empty
     * @param partitions of the topic, above 0
     */
    public abstract int partition(byte[] key, int partitions);

    /** As settings spell it: {@code murmur2}. */
    public String label() {
        return this == MURMUR2 ? "murmur2" : "crc32";
    }
}
