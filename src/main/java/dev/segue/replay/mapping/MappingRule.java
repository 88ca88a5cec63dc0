package dev.segue.replay.mapping;

import dev.segue.event.EventType;
import dev.segue.replay.file.RefusedRow;
import dev.segue.replay.file.Row;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a mapping makes of the rows for which a condition holds. */
public sealed interface MappingRule {
    RowCondition when();

    /** Leaves rows out on purpose; they are counted under the reason. */
    record Ignore(RowCondition when, String reason) implements MappingRule {}

    /**
     * Makes events.
     *
     * @param goesOn whether the row goes to the rules behind this one as well
     * @param time of the event; null for the row's
     * @param grouping how rows become one event; null where each row is one
     * @param each a list, each of whose elements is one event; null where the row is
     * @param values where the event's fields come from
     */
    record Emit(
            RowCondition when,
            boolean goesOn,
            EventType type,
            EventId eventId,
            @Nullable RowTime time,
            @Nullable Grouping grouping,
            @Nullable Each each,
            List<FieldSource> values)
            implements MappingRule {}

    /**
     * A list in a row.
     *
     * @param text the expression as written
     */
    record Each(RowExpression list, String text) {
        /** Its elements; none where it is unset. */
        public Collection<?> of(Row row) throws RefusedRow {
            Object value = list.of(row);
            if (value instanceof Collection<?> elements) {
                return elements;
            }
            if (value == null || (value instanceof Map<?, ?> map && map.isEmpty())) {
                return List.of();
            }
            throw new RefusedRow(text + " is not a list", RefusedRow.quote(value));
        }
    }

    /**
     * Rows with one key, of one customer, that are near in time are one event. Its time and plain fields are the first
     * row's.
     *
     * @param withinMillis how far from the first row's time a row may be
     */
    record Grouping(RowExpression key, long withinMillis) {}
}
