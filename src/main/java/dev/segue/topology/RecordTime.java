// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Returns the record's own timestamp or, of a transfer, the one in its header: a transfer is as old as the event that led
 * to it, so that it is handled at its place in a backlog, but retention must not delete it for that. For a negative timestamp, Kafka
 * Streams' extractors kill the thread or silently drop the record; this extractor returns 0, which no real record has,
 * and the segmenter makes the record a dead letter.
 */
final class RecordTime implements TimestampExtractor {
    /** Stands for an impossible timestamp. */
    static final long IMPOSSIBLE = 0;

    /** Header of transfers: milliseconds since the epoch in eight bytes. */
    static final String TIMESTAMP = DeadLetter.OURS + "origin-timestamp";

    private final boolean ofTransfers;

    /** @param ofTransfers whether the records are Segue's own; others' headers are not trusted */
    RecordTime(boolean ofTransfers) {
        this.ofTransfers = ofTransfers;
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        long own = record.timestamp();
        return Math.max(IMPOSSIBLE, ofTransfers ? Math.min(own, origin(record, own)) : own);
    }

    private static long origin(ConsumerRecord<Object, Object> record, long otherwise) {
        Header origin = record.headers().lastHeader(TIMESTAMP);
        boolean has = origin != null && origin.value() != null && origin.value().length == Long.BYTES;
        return has ? ByteBuffer.wrap(origin.value()).getLong() : otherwise;
    }
}
