package dev.segue.topology;

import dev.segue.event.BadRecord;
import dev.segue.serde.event.EventDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
 * A record that is not an event, as it stands among the dead letters: key, value and headers as they came, and who, where
 * and why in headers of our own. What is long is cut, so that a dead letter always fits.
 *
 * <p>A letter that was sent back stays where it is. A mark behind it in the same partition says so: the mark is deleted
 * with age no earlier than its letter.
 */
public final class DeadLetter {
    /** The longest value that is kept whole, in bytes. */
    public static final int LONGEST_VALUE = 64 * 1024;

    /** The longest key that is kept whole, in bytes: longer than any customer id that is allowed. */
    static final int LONGEST_KEY = 1024;

    /** All headers together: beyond this none is kept. */
    static final int LONGEST_HEADERS = 16 * 1024;

    private static final int LONGEST_DETAIL = 1024;

    /** Headers that begin so are ours; such headers of others are left out. */
    static final String OURS = "segue.";

    static final String REASON = OURS + "reason";
    static final String DETAIL = OURS + "detail";
    static final String TOPIC = OURS + "topic";
    static final String PARTITION = OURS + "partition";
    static final String OFFSET = OURS + "offset";
    static final String TIMESTAMP = OURS + "timestamp";

    /** Only where the value begins as Confluent's wire format does. */
    static final String SCHEMA_ID = OURS + "schema-id";

    /** Only where something was cut off: how many bytes key, value and headers had. */
    static final String CUT_FROM = OURS + "cut-from";

    /** Only in marks: the offset of the letter that was sent back. */
    static final String REDRIVEN = OURS + "redriven";

    /** Only in what was sent back: partition and offset of the letter. */
    static final String REDRIVEN_FROM = OURS + "redriven-from";

    private final Headers headers;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;

    private DeadLetter(Headers headers, byte @Nullable [] key, byte @Nullable [] value) {
        this.headers = headers;
        this.key = key;
        this.value = value;
    }

    /** @param refusedAt the clock, in milliseconds since the epoch: dead letters are kept from when they were refused */
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

    /** Reads a record of the dead letters; empty where it is none, such as a mark. */
    public static Optional<DeadLetter> read(ConsumerRecord<byte[], byte[]> record) {
        Headers headers = record.headers();
        boolean whole = headers.lastHeader(REASON) != null
                && headers.lastHeader(TOPIC) != null
                && number(headers, PARTITION).isPresent()
                && number(headers, OFFSET).isPresent()
                && number(headers, TIMESTAMP).isPresent();
        return whole ? Optional.of(new DeadLetter(headers, record.key(), record.value())) : Optional.empty();
    }

    /** The headers of the mark that says that the letter at an offset of the same partition was sent back. */
    public static Headers markOf(long offset) {
        Headers headers = new RecordHeaders();
        add(headers, REDRIVEN, Long.toString(offset));
        return headers;
    }

    /** The offset that a mark speaks of; empty where the record is no mark. */
    public static OptionalLong markedOffset(ConsumerRecord<byte[], byte[]> record) {
        return number(record.headers(), REDRIVEN);
    }

    /** For machines: {@code unknown-schema}. */
    public String reason() {
        return text(REASON);
    }

    /** For people, one sentence. */
    public String detail() {
        return headers.lastHeader(DETAIL) == null ? "" : text(DETAIL);
    }

    /** The topic that the record came from. */
    public String topic() {
        return text(TOPIC);
    }

    public int partition() {
        return (int) number(headers, PARTITION).orElseThrow();
    }

    public long offset() {
        return number(headers, OFFSET).orElseThrow();
    }

    /** The record's own timestamp in milliseconds since the epoch; 0 where it had none that can be. */
    public long timestamp() {
        return number(headers, TIMESTAMP).orElseThrow();
    }

    /** Empty where the value does not begin as Confluent's wire format does. */
    public OptionalInt schemaId() {
        OptionalLong id = number(headers, SCHEMA_ID);
        return id.isPresent() ? OptionalInt.of((int) id.getAsLong()) : OptionalInt.empty();
    }

    /** Whether key or value are not all there, so that the record cannot be sent back. */
    public boolean isCut() {
        return cutFrom(0) > LONGEST_KEY || cutFrom(1) > LONGEST_VALUE;
    }

    /** How many bytes the value had. */
    public long valueLength() {
        return Math.max(cutFrom(1), length(value));
    }

    public byte @Nullable [] key() {
        return key;
    }

    public byte @Nullable [] value() {
        return value;
    }

    /** The headers that the record came with, and where it was kept meanwhile. */
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
