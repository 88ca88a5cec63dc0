package dev.segue.topology;

import dev.segue.serde.BadRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A record that is not an event, as it goes to the dead letters: key, value and headers as they came, and who, where and
 * why in headers of our own.
 */
final class DeadLetter {
    static final String REASON = "segue.reason";
    static final String DETAIL = "segue.detail";
    static final String TOPIC = "segue.topic";
    static final String PARTITION = "segue.partition";
    static final String OFFSET = "segue.offset";
    static final String TIMESTAMP = "segue.timestamp";

    /** Only where something was cut off: how many bytes key and value had. */
    static final String CUT_FROM = "segue.cut-from";

    /**
     * A producer sends a megabyte at most, headers included. A record of just that size must not stop the processor only
     * because it is bad as well.
     */
    static final int LONGEST = 900_000;

    private DeadLetter() {}

    static Record<byte[], Outgoing> of(Record<byte[], byte[]> record, BadRecord bad, RecordMetadata origin) {
        Headers headers = new RecordHeaders(record.headers());
        byte[] key = record.key();
        byte[] value = record.value();
        if (length(key) + length(value) + length(record.headers()) > LONGEST) {
            headers = new RecordHeaders();
            key = cut(key, LONGEST / 10);
            value = cut(value, LONGEST / 10 * 9);
            add(headers, CUT_FROM, length(record.key()) + "," + length(record.value()));
        }
        add(headers, REASON, bad.reason().label());
        add(headers, DETAIL, String.valueOf(bad.getMessage()));
        add(headers, TOPIC, origin.topic());
        add(headers, PARTITION, Integer.toString(origin.partition()));
        add(headers, OFFSET, Long.toString(origin.offset()));
        add(headers, TIMESTAMP, Long.toString(record.timestamp()));
        return new Record<>(key, Outgoing.anywhere(value), record.timestamp(), headers);
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte @Nullable [] cut(byte @Nullable [] bytes, int longest) {
        return bytes == null || bytes.length <= longest ? bytes : Arrays.copyOf(bytes, longest);
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static long length(Headers headers) {
        long length = 0;
        for (Header header : headers) {
            length += header.key().length() + length(header.value());
        }
        return length;
    }
}
