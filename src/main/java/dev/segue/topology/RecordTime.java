package dev.segue.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The record's own timestamp. Kafka Streams' extractors kill the thread on a negative one, or drop the record without a
 * word; here it becomes 0, which no real record has, and the segmenter makes a dead letter of it.
 */
final class RecordTime implements TimestampExtractor {
    /** Stands for a timestamp that cannot be. */
    static final long IMPOSSIBLE = 0;

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return Math.max(IMPOSSIBLE, record.timestamp());
    }
}
