// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Returns the record's own timestamp, or the one in its header: a transfer is as old as the event that led to it, so that
 * it is handled at its place in a backlog, but retention must not delete it for that. For a negative timestamp, Kafka
 * Streams' extractors kill the thread or silently drop the record; this extractor returns 0, which no real record has,
 * and the segmenter makes the record a dead letter.
 */
final class RecordTime implements TimestampExtractor {
    /** Stands for an impossible timestamp. */
    static final long IMPOSSIBLE = 0;

    /** Header of transfers: milliseconds since the epoch in eight bytes. */
    static final String TIMESTAMP = DeadLetter.OURS + "origin-timestamp";

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        Header origin = record.headers().lastHeader(TIMESTAMP);
        boolean has = origin != null && origin.value() != null && origin.value().length == Long.BYTES;
        long timestamp = has ? ByteBuffer.wrap(origin.value()).getLong() : record.timestamp();
        return Math.max(IMPOSSIBLE, timestamp);
    }
}
