package dev.segue.event;

import dev.segue.serde.registry.RegistryException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A record or a line that is not what it should be, and will not get better by trying again: a dead letter. Trouble
 * with the registry is a {@link RegistryException} instead, because then the record may be good. The message is one
 * sentence and holds no more of the record than the offending value, shortened.
 */
public final class BadRecord extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public BadRecord(Reason reason, String message) {
        // Bad records may come as fast as good ones: a stack trace would cost more than decoding and tell nothing.
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why a record is refused. */
    public enum Reason {
        /** It does not begin with byte 0 and a schema id. */
        NOT_AVRO_FRAMED,
        /** The registry does not know its schema id, does not give it to us, or was not asked: too many came. */
        UNKNOWN_SCHEMA,
        /** Its schema is not Avro, or too large: nothing but another record can mend that. */
        UNUSABLE_SCHEMA,
        /** Its schema, or its {@code type}, is no event type of the vocabulary. */
        UNKNOWN_EVENT_TYPE,
        /** Its schema cannot be read as ours of the same name. */
        INCOMPATIBLE_SCHEMA,
        /** It ends too early. */
        TRUNCATED,
        /** Its bytes or its text are not what schema or format promise. */
        MALFORMED,
        /** It passes a limit on bytes, elements or characters. */
        TOO_LARGE,
        /** It has a field that its type does not have. */
        UNKNOWN_FIELD,
        /** A value does not fit its field. */
        WRONG_TYPE,
        /** It says not, or not usably, whose it is. */
        MISSING_CUSTOMER,
        /** It has no event_id. */
        MISSING_EVENT_ID,
        /** It has no occurred_at, or one that cannot be. */
        IMPOSSIBLE_TIME;

        /** The labels of all. */
        public static List<String> labels() {
            return Arrays.stream(values()).map(Reason::label).toList();
        }

        /** For headers, metrics and summaries: {@code missing-customer}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
