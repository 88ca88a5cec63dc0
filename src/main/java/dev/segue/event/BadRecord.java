// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import dev.segue.serde.registry.RegistryException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A record or line that is malformed and stays so on every retry: a dead letter. Failures of the registry are a {@link
 * RegistryException} instead, because the record itself may be good. The message is one sentence and holds no more of
 * the record than the offending value, shortened.
 */
public final class BadRecord extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public BadRecord(Reason reason, String message) {
        // Bad records may arrive as fast as good ones: a stack trace would cost more than decoding and add nothing.
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    public enum Reason {
        /** The value does not begin with byte 0 and a schema id. */
        NOT_AVRO_FRAMED,
        /**
         * The registry has no schema of this id, refuses access to it, or was not queried because too many unknown ids
         * arrived.
         */
        UNKNOWN_SCHEMA,
        /** The schema is not Avro, or too large. Retrying cannot help. */
        UNUSABLE_SCHEMA,
        /** The schema, or the {@code type}, is not an event type of the vocabulary. */
        UNKNOWN_EVENT_TYPE,
        /** The schema cannot be resolved against Segue's schema of the same name. */
        INCOMPATIBLE_SCHEMA,
        /** The record ends too early. */
        TRUNCATED,
        /** The bytes or the text do not match the schema or the format. */
        MALFORMED,
        /** The record exceeds a limit on bytes, elements or characters. */
        TOO_LARGE,
        /** The record has a field that its type does not define. */
        UNKNOWN_FIELD,
        /** A value does not fit its field. */
        WRONG_TYPE,
        /** The customer id is missing or not usable. */
        MISSING_CUSTOMER,
        /** The event has no event_id. */
        MISSING_EVENT_ID,
        /** The event has no occurred_at, or an impossible one. */
        IMPOSSIBLE_TIME;

        public static List<String> labels() {
            return Arrays.stream(values()).map(Reason::label).toList();
        }

        /** The name in headers, metrics and summaries, such as {@code missing-customer}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
