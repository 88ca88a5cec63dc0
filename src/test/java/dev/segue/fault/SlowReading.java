// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Delays every batch of records, so that a run lasts long enough for a fault to strike in its middle, however fast the
 * machine.
 */
public final class SlowReading implements ConsumerInterceptor<byte[], byte[]> {
    /** With the stage's batches of 50 records, this is at most 2,000 records per second. */
    private static final long HOLD_MS = 25;

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        if (!records.isEmpty()) {
            try {
                Thread.sleep(HOLD_MS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public void close() {}
}
