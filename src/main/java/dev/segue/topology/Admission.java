package dev.segue.topology;

import dev.segue.config.LimitSettings;
import dev.segue.event.Event;
import dev.segue.serde.BadRecord;
import dev.segue.serde.BadRecord.Reason;
import dev.segue.serde.EventDecoder;
import dev.segue.serde.EventTime;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Tells events from records that are none. Decides by facts of the log only (the record and its timestamp), so that a
 * replay decides the same.
 */
final class Admission {
    private final EventDecoder decoder;
    private final Patience patience;
    private final int longestId;
    private final Duration ahead;

    Admission(EventDecoder decoder, LimitSettings limits, Patience patience) {
        this.decoder = decoder;
        this.patience = patience;
        this.longestId = limits.customerIdBytes();
        this.ahead = limits.ahead();
    }

    /**
     * @throws BadRecord where the record is no event
     * @throws dev.segue.serde.RegistryException where that cannot be told now, because the registry does not answer
     */
    Event admit(Record<byte[], byte[]> record) throws BadRecord {
        String customerId = customerId(record.key());
        if (record.timestamp() <= RecordTime.IMPOSSIBLE) {
            throw new BadRecord(Reason.IMPOSSIBLE_TIME, "the record's own timestamp is not after 1970-01-01");
        }
        // A registry that is away says nothing about the record, so the record waits.
        Event event = patience.answer(() -> decoder.decode(customerId, record.value()));
        EventTime.requireNotAhead(event, record.timestamp(), ahead);
        return event;
    }

    private String customerId(byte @Nullable [] key) throws BadRecord {
        if (key == null || key.length == 0) {
            throw new BadRecord(Reason.MISSING_CUSTOMER, "the record has no key");
        }
        if (key.length > longestId) {
            throw new BadRecord(
                    Reason.MISSING_CUSTOMER,
                    "the key has " + key.length + " bytes, more than the " + longestId
                            + " of limits.customer_id_bytes");
        }
        String id;
        try {
            id = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new BadRecord(Reason.MISSING_CUSTOMER, "the key is not UTF-8");
        }
        if (id.isBlank()) {
            throw new BadRecord(Reason.MISSING_CUSTOMER, "the key is blank");
        }
        return id;
    }
}
