// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class PartitionerTest {
    @Test
    void murmur2AgreesWithJavaProducer() {
        for (int number = 0; number < 1_000; number++) {
            byte[] key = bytes("customer-" + number + "-ü");
            for (int partitions : new int[] {1, 6, 17, 1000}) {
                assertThat(Partitioner.MURMUR2.partition(key, partitions))
                        .isEqualTo(BuiltInPartitioner.partitionForKey(key, partitions));
            }
        }
    }

    /** The checksum's published check value is 0xcbf43926, which is negative as an int. */
    @Test
    void crc32IsUnsignedChecksum() {
        assertThat(Partitioner.CRC32.partition(bytes("123456789"), 6)).isEqualTo((int) (0xcbf43926L % 6));
        assertThat(Partitioner.CRC32.partition(bytes("123456789"), 1000)).isEqualTo(262);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
