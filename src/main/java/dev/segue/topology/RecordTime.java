// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Returns the record's own timestamp. For a negative timestamp, Kafka Streams' extractors kill the thread or silently
 * drop the record; this extractor returns 0, which no real record has, and the segmenter makes the record a dead
 * letter.
 */
final class RecordTime implements TimestampExtractor {
    /** Stands for an impossible timestamp. */
    static final long IMPOSSIBLE = 0;

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return Math.max(IMPOSSIBLE, record.timestamp());
    }
}
