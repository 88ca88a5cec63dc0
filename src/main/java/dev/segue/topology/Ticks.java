// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.config.LimitSettings;
import dev.segue.event.BadRecord;
import dev.segue.event.ProductFacts;
import dev.segue.serde.output.Control;
import dev.segue.serde.output.ControlCodec;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads the control topic. A tick far ahead of its own record's timestamp would fire every customer's deadlines, so it
 * is rejected; so are such cuts, after which no others would be taken.
 */
final class Ticks {
    private final ControlCodec codec;
    private final Patience patience;
    private final long ahead;

    Ticks(ControlCodec codec, LimitSettings limits, Patience patience) {
        this.codec = codec;
        this.patience = patience;
        this.ahead = limits.ahead().toMillis();
    }

    /** @throws BadRecord if the record is not a control message or its time is impossible */
    Control read(Record<byte[], byte[]> record) throws BadRecord {
        byte @Nullable [] value = record.value();
        if (value == null) {
            throw new BadRecord(BadRecord.Reason.MALFORMED, "the control record has no value");
        }
        Control control = patience.answer(() -> codec.decode(value));
        if (control instanceof Control.Tick tick && isImpossible(tick.at(), record.timestamp())) {
            throw impossible("tick", tick.at(), record.timestamp());
        }
        if (control instanceof Control.Moved moved && isImpossible(moved.table().at(), record.timestamp())) {
            throw impossible("instant of the cuts", moved.table().at(), record.timestamp());
        }
        if (control instanceof Control.Known known) {
            for (ProductFacts facts : known.facts()) {
                if (isImpossible(facts.at(), record.timestamp())) {
                    throw impossible("instant of the facts", facts.at(), record.timestamp());
                }
            }
        }
        return control;
    }

    private boolean isImpossible(long at, long timestamp) {
        return at <= RecordTime.IMPOSSIBLE || at - timestamp > ahead;
    }

    private BadRecord impossible(String what, long at, long timestamp) {
        return new BadRecord(
                BadRecord.Reason.IMPOSSIBLE_TIME,
                "the " + what + " " + at + " is not after 1970, or more than " + ahead
                        + " ms after its record's timestamp " + timestamp);
    }
}
