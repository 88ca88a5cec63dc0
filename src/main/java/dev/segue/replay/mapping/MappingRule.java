// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.event.EventType;
import dev.segue.replay.file.RefusedRow;
import dev.segue.replay.file.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events that a mapping makes from the rows that match a condition. */
public sealed interface MappingRule {
    RowCondition when();

    /** Skips rows on purpose; they are counted under the reason. */
    record Ignore(RowCondition when, String reason) implements MappingRule {}

    /**
     * Makes events.
     *
     * @param goesOn true if the row continues to the later rules
     * @param time of the event; null for the row's
     * @param grouping how rows become one event; null if each row is one
     * @param each a list, each of whose elements is one event; null if the row is
     * @param values the sources of the event's fields
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
        /** The elements of the list; empty if it is unset. */
        public Collection<?> of(Row row) throws RefusedRow {
            Object value = list.of(row);
            if (value instanceof Collection<?> elements) {
                return elements;
            }
            if (value == null || (value instanceof Map<?, ?> map && map.isEmpty())) {
                return List.of();
            }
            throw new RefusedRow(text + " is not a list", RefusedRow.quote(value)).at(list.path(row));
        }

        /** The row once for each element of the list, with that element as its current item. */
        List<Row> rows(Row row) throws RefusedRow {
            List<Row> rows = new ArrayList<>();
            for (Object element : of(row)) {
                rows.add(row.with(element, list.path(row, rows.size())));
            }
            return rows;
        }
    }

    /**
     * Rows with equal keys, of one customer, that are near in time form one event. Its time and plain fields are the
     * first row's.
     *
     * @param withinMillis largest difference from the first row's time, in milliseconds
     */
    record Grouping(RowExpression key, long withinMillis) {}
}
