// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class InOrderTest {
    private static final TopicPartition ONE = new TopicPartition("events", 0);
    private static final TopicPartition OTHER = new TopicPartition("events", 1);

    private final InOrder order = new InOrder(Set.of(ONE, OTHER));

    private static List<ConsumerRecord<byte[], byte[]>> records(TopicPartition partition, long... timestamps) {
        return LongStream.of(timestamps)
                .mapToObj(timestamp -> new ConsumerRecord<>(
                        partition.topic(),
                        partition.partition(),
                        0,
                        timestamp,
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        new byte[0],
                        new byte[0],
                        new RecordHeaders(),
                        Optional.empty()))
                .toList();
    }

    private List<Long> taken() {
        return order.take().stream().map(ConsumerRecord::timestamp).toList();
    }

    @Test
    void takesNothingBeforeAnEarlierRecordMayCome() {
        order.add(ONE, records(ONE, 5, 6), false);
        assertThat(taken()).isEmpty();
        order.add(OTHER, records(OTHER, 1, 5), false);
        assertThat(taken()).containsExactly(1L, 5L, 5L);
        order.add(OTHER, List.of(), true);
        assertThat(taken()).containsExactly(6L);
        assertThat(order.isDone()).isFalse();
        order.add(ONE, records(ONE, 7), true);
        assertThat(taken()).containsExactly(7L);
        assertThat(order.isDone()).isTrue();
    }

    @Test
    void recordsOfOnePartitionStayInTheirOrder() {
        order.add(ONE, records(ONE, 5, 1), true);
        order.add(OTHER, records(OTHER, 3), true);
        assertThat(taken()).containsExactly(3L, 5L, 1L);
    }

    @Test
    void partitionWithManyRecordsWaits() {
        order.add(ONE, records(ONE, LongStream.range(0, 5_001).toArray()), false);
        assertThat(order.wanted()).containsExactly(OTHER);
        assertThat(order.unwanted()).containsExactly(ONE);
    }

    @Test
    void emptyPartitionsAreDone() {
        order.add(ONE, List.of(), true);
        order.add(OTHER, List.of(), true);
        assertThat(taken()).isEmpty();
        assertThat(order.isDone()).isTrue();
    }
}
