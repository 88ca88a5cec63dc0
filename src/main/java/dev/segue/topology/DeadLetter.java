// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.event.BadRecord;
import dev.segue.serde.event.EventDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A record that is not an event, as stored among the dead letters: key, value and headers as they arrived, and the
 * reason, the origin and the processor's details in headers of our own. Long parts are cut, so that a dead letter
 * always fits into a record.
 *
 * <p>A letter that was sent back stays in the topic. A mark behind it in the same partition records that; retention
 * deletes the mark no earlier than its letter.
 */
public final class DeadLetter {
    /** The longest value that is kept whole, in bytes. */
    public static final int LONGEST_VALUE = 64 * 1024;

    /** The longest key that is kept whole, in bytes: longer than any allowed customer id. */
    static final int LONGEST_KEY = 1024;

    /** Limit for all headers together, in bytes; if they exceed it, none is kept. */
    static final int LONGEST_HEADERS = 16 * 1024;

    private static final int LONGEST_DETAIL = 1024;

    /** Prefix of our own headers; foreign headers with this prefix are dropped. */
    static final String OURS = "segue.";

    static final String REASON = OURS + "reason";
    static final String DETAIL = OURS + "detail";
    static final String TOPIC = OURS + "topic";
    static final String PARTITION = OURS + "partition";
    static final String OFFSET = OURS + "offset";
    static final String TIMESTAMP = OURS + "timestamp";

    /** Present only in letters of the collector: the name of the write key. */
    static final String SENDER = OURS + "sender";

    /** Present only if the value begins like Confluent's wire format. */
    static final String SCHEMA_ID = OURS + "schema-id";

    /** Present only if something was cut: the original bytes of key, value and headers. */
    static final String CUT_FROM = OURS + "cut-from";

    /** Present only in marks: the offset of the letter that was sent back. */
    static final String REDRIVEN = OURS + "redriven";

    /** Present only in records that were sent back: partition and offset of the letter. */
    static final String REDRIVEN_FROM = OURS + "redriven-from";

    private final Headers headers;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;

    private DeadLetter(Headers headers, byte @Nullable [] key, byte @Nullable [] value) {
        this.headers = headers;
        this.key = key;
        this.value = value;
    }

    /**
     * @param refusedAt the clock, in milliseconds since the epoch: the retention of dead letters starts at this time
     */
    static Record<byte[], Outgoing> of(
            Record<byte[], byte[]> record, BadRecord bad, RecordMetadata origin, long refusedAt) {
        byte[] key = record.key();
        byte[] value = record.value();
        Headers foreign = foreign(record.headers());
        long foreignLength = length(foreign);
        Headers headers = foreignLength > LONGEST_HEADERS ? new RecordHeaders() : foreign;
        if (length(key) > LONGEST_KEY || length(value) > LONGEST_VALUE || foreignLength > LONGEST_HEADERS) {
            add(headers, CUT_FROM, length(key) + "," + length(value) + "," + foreignLength);
        }
        add(headers, REASON, bad.reason().label());
        String detail = String.valueOf(bad.getMessage());
        add(headers, DETAIL, detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) : detail);
        add(headers, TOPIC, origin.topic());
        add(headers, PARTITION, Integer.toString(origin.partition()));
        add(headers, OFFSET, Long.toString(origin.offset()));
        add(headers, TIMESTAMP, Long.toString(record.timestamp()));
        EventDecoder.schemaId(value).ifPresent(id -> add(headers, SCHEMA_ID, Integer.toString(id)));
        Outgoing outgoing = Outgoing.anywhere(cut(value, LONGEST_VALUE));
        return new Record<>(cut(key, LONGEST_KEY), outgoing, refusedAt, headers);
    }

    /** Headers and value of a letter that did not come from a topic. */
    public static final class Collected {
        private final Headers headers;
        private final byte[] value;

        private Collected(Headers headers, byte[] value) {
            this.headers = headers;
            this.value = value;
        }

        public Headers headers() {
            return headers;
        }

        public byte[] value() {
            return value;
        }
    }

    /**
     * A message that the collector could not turn into events.
     *
     * @param sender the name of its write key
     * @param topic where its events would have gone
     * @param timestamp of its receipt, in milliseconds since the epoch
     * @param message the message with all that is needed to map it again
     */
    public static Collected collected(
            String sender, BadRecord.Reason reason, String detail, String topic, long timestamp, byte[] message) {
        Headers headers = new RecordHeaders();
        if (message.length > LONGEST_VALUE) {
            add(headers, CUT_FROM, "0," + message.length + ",0");
        }
        add(headers, SENDER, sender);
        add(headers, REASON, reason.label());
        add(headers, DETAIL, detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) : detail);
        add(headers, TOPIC, topic);
        add(headers, PARTITION, "-1");
        add(headers, OFFSET, "-1");
        add(headers, TIMESTAMP, Long.toString(timestamp));
        return new Collected(headers, Objects.requireNonNull(cut(message, LONGEST_VALUE)));
    }

    /** Parses a record of the dead-letter topic; empty if it is not a dead letter, such as a mark. */
    public static Optional<DeadLetter> read(ConsumerRecord<byte[], byte[]> record) {
        Headers headers = record.headers();
        boolean whole = headers.lastHeader(REASON) != null
                && headers.lastHeader(TOPIC) != null
                && number(headers, PARTITION).isPresent()
                && number(headers, OFFSET).isPresent()
                && number(headers, TIMESTAMP).isPresent();
        return whole ? Optional.of(new DeadLetter(headers, record.key(), record.value())) : Optional.empty();
    }

    /** Returns the headers of a mark: the letter at this offset of the same partition was sent back. */
    public static Headers markOf(long offset) {
        Headers headers = new RecordHeaders();
        add(headers, REDRIVEN, Long.toString(offset));
        return headers;
    }

    /** Returns the offset that a mark refers to; empty if the record is not a mark. */
    public static OptionalLong markedOffset(ConsumerRecord<byte[], byte[]> record) {
        return number(record.headers(), REDRIVEN);
    }

    /** Machine-readable, such as {@code unknown-schema}. */
    public String reason() {
        return text(REASON);
    }

    /** One sentence for people. */
    public String detail() {
        return headers.lastHeader(DETAIL) == null ? "" : text(DETAIL);
    }

    /** The name of the write key, if this is a message of the collector; empty for records of a topic. */
    public Optional<String> sender() {
        return headers.lastHeader(SENDER) == null ? Optional.empty() : Optional.of(text(SENDER));
    }

    /** The topic that the record came from, or that a collected message was meant for. */
    public String topic() {
        return text(TOPIC);
    }

    /** -1 for messages of the collector. */
    public int partition() {
        return (int) number(headers, PARTITION).orElseThrow();
    }

    /** -1 for messages of the collector. */
    public long offset() {
        return number(headers, OFFSET).orElseThrow();
    }

    /** The record's own timestamp in milliseconds since the epoch; 0 if it was impossible. */
    public long timestamp() {
        return number(headers, TIMESTAMP).orElseThrow();
    }

    /** Empty if the value does not begin like Confluent's wire format. */
    public OptionalInt schemaId() {
        OptionalLong id = number(headers, SCHEMA_ID);
        return id.isPresent() ? OptionalInt.of((int) id.getAsLong()) : OptionalInt.empty();
    }

    /** True if key or value was cut, so that the record cannot be sent back. */
    public boolean isCut() {
        return cutFrom(0) > LONGEST_KEY || cutFrom(1) > LONGEST_VALUE;
    }

    /** The original length of the value, in bytes. */
    public long valueLength() {
        return Math.max(cutFrom(1), length(value));
    }

    public byte @Nullable [] key() {
        return key;
    }

    public byte @Nullable [] value() {
        return value;
    }

    /** Returns the original headers, plus the partition and offset of the letter. */
    public Headers headersToSendBack(int letterPartition, long letterOffset) {
        Headers original = foreign(headers);
        add(original, REDRIVEN_FROM, letterPartition + "," + letterOffset);
        return original;
    }

    private long cutFrom(int part) {
        if (headers.lastHeader(CUT_FROM) == null) {
            return 0;
        }
        String[] parts = text(CUT_FROM).split(",", -1);
        return parts.length > part && parts[part].matches("\\d{1,18}") ? Long.parseLong(parts[part]) : 0;
    }

    private String text(String name) {
        return text(headers.lastHeader(name));
    }

    private static String text(Header header) {
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    private static OptionalLong number(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        if (header == null || header.value() == null || !text(header).matches("-?\\d{1,18}")) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(text(header)));
    }

    private static Headers foreign(Headers all) {
        Headers foreign = new RecordHeaders();
        for (Header header : all) {
            if (!header.key().startsWith(OURS)) {
                foreign.add(header);
            }
        }
        return foreign;
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
