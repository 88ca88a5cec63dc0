// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RecordTimeTest {
    @Test
    void usesTimestampOfRecord() {
        assertThat(extract(1_700_000_000_000L)).isEqualTo(1_700_000_000_000L);
    }

    @Test
    void keepsRecordWithoutTimestampAsImpossible() {
        assertThat(extract(-1)).isEqualTo(RecordTime.IMPOSSIBLE);
        assertThat(extract(Long.MIN_VALUE)).isEqualTo(RecordTime.IMPOSSIBLE);
    }

    private static long extract(long timestamp) {
        ConsumerRecord<Object, Object> record = new ConsumerRecord<>(
                "events",
                0,
                0,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                "key",
                "value",
                new RecordHeaders(),
                Optional.empty());
        return new RecordTime().extract(record, 123);
    }
}
