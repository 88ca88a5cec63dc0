package dev.segue.replay;

import dev.segue.event.EventType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a mapping makes of the rows for which a condition holds. */
sealed interface Rule {
    RowCondition when();

    /** Leaves rows out on purpose; they are counted under the reason. */
    record Ignore(RowCondition when, String reason) implements Rule {}

    /**
     * Makes events.
     *
     * @param grouping how rows become one event; null where each row is one
     * @param values where the event's fields come from
     */
    record Emit(
            RowCondition when,
            EventType type,
            EventId eventId,
            @Nullable Grouping grouping,
            List<FieldSource> values) implements Rule {}

    /**
     * Rows with one key, of one customer, that are near in time are one event. Its time and plain fields are the first
     * row's.
     *
     * @param withinMillis how far from the first row's time a row may be
     */
    record Grouping(RowExpression key, long withinMillis) {}
}
