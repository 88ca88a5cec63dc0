// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
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

    @Test
    void transfersAreAsOldAsTheirEvents() {
        assertThat(extract(true, 1_000, header(400))).isEqualTo(400);
        assertThat(extract(true, 1_000, header(Long.MAX_VALUE))).isEqualTo(1_000);
        assertThat(extract(true, 1_000, header(-1))).isEqualTo(RecordTime.IMPOSSIBLE);
        assertThat(extract(true, 1_000, new RecordHeaders())).isEqualTo(1_000);
        assertThat(extract(true, 1_000, new RecordHeaders().add(RecordTime.TIMESTAMP, new byte[3])))
                .isEqualTo(1_000);
    }

    @Test
    void headersOfOthersAreNotTrusted() {
        assertThat(extract(false, 1_000, header(400))).isEqualTo(1_000);
        assertThat(extract(false, 1_000, header(Long.MAX_VALUE))).isEqualTo(1_000);
    }

    private static Headers header(long timestamp) {
        return new RecordHeaders()
                .add(
                        RecordTime.TIMESTAMP,
                        ByteBuffer.allocate(Long.BYTES).putLong(timestamp).array());
    }

    private static long extract(long timestamp) {
        return extract(false, timestamp, new RecordHeaders());
    }

    private static long extract(boolean ofTransfers, long timestamp, Headers headers) {
        ConsumerRecord<Object, Object> record = new ConsumerRecord<>(
                "events", 0, 0, timestamp, TimestampType.CREATE_TIME, 0, 0, "key", "value", headers, Optional.empty());
        return new RecordTime(ofTransfers).extract(record, 123);
    }
}
