// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.config.LimitSettings;
import dev.segue.event.BadRecord;
import dev.segue.event.BadRecord.Reason;
import dev.segue.event.Event;
import dev.segue.serde.event.Acceptance;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.event.EventInstant;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records into events and rejects the rest. Decides by facts of the log only (the record and its timestamp), so
 * that a replay decides the same way.
 */
public final class Admission {
    private final EventDecoder decoder;
    private final int longestId;
    private final Duration ahead;
    private final Acceptance acceptance;

    public Admission(EventDecoder decoder, LimitSettings limits) {
        this.decoder = decoder;
        this.longestId = limits.customerIdBytes();
        this.ahead = limits.ahead();
        this.acceptance = new Acceptance(limits);
    }

    /**
     * Decodes the event that a record contains.
     *
     * @param timestamp the record's own, in milliseconds since the epoch
     * @throws BadRecord if the record is not an event
     * @throws dev.segue.serde.registry.RegistryException if the decision needs the registry and it does not answer
     */
    public Event admit(byte @Nullable [] key, byte @Nullable [] value, long timestamp) throws BadRecord {
        String customerId = customerId(key);
        if (timestamp <= RecordTime.IMPOSSIBLE) {
            throw new BadRecord(Reason.IMPOSSIBLE_TIME, "the record's own timestamp is not after 1970-01-01");
        }
        Event event = decoder.decode(customerId, value);
        acceptance.require(event);
        EventInstant.requireNotAhead(event, timestamp, ahead);
        return event;
    }

    private String customerId(byte @Nullable [] key) throws BadRecord {
        if (key == null || key.length == 0) {
            throw new BadRecord(Reason.MISSING_CUSTOMER, "the record has no key");
        }
        if (key.length > longestId) {
            throw new BadRecord(
                    Reason.MISSING_CUSTOMER,
                    "the key has " + key.length + " bytes; limits.customer_id_bytes allows " + longestId);
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
