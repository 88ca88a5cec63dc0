// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.config.RefusedIds;
import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.replay.file.Columns;
import dev.segue.replay.file.RefusedRow;
import dev.segue.replay.file.Row;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows that are messages of a tracker: what is done with them besides the mapping's rules. */
public final class TrackerRows {
    private static final String TYPE = "type";
    private static final String MESSAGE_ID = "messageId";

    /** The columns that such rows must have. */
    static final List<String> COLUMNS = Stream.concat(Stream.of(TYPE, MESSAGE_ID), TrackerIds.MEMBERS.stream())
            .toList();

    private final Columns columns;
    private final TrackerLinks links;

    /** @param columns with all of {@link #COLUMNS} */
    TrackerRows(Columns columns, TrackerLinks links) {
        this.columns = columns;
        this.links = links;
    }

    /** The row without the ids that are nobody's. */
    public Row withRealIds(Row row, RefusedIds refused) {
        Row real = row;
        for (String name : TrackerIds.MEMBERS) {
            int column = columns.indexOf(name);
            String id = TrackerIds.real(row.text(column), refused);
            real = real.with(column, id);
        }
        return real;
    }

    /**
     * The events that link the ids of the row. An {@code alias} never merges, because nothing says who sent the message.
     *
     * @param row of {@link #withRealIds}
     * @param time of the row, in milliseconds since the epoch
     * @throws RefusedRow if the row cannot become such an event
     */
    public List<Event> links(Row row, long time) throws RefusedRow {
        TrackerIds ids = new TrackerIds(
                text(row, TrackerIds.USER), text(row, TrackerIds.ANONYMOUS), text(row, TrackerIds.PREVIOUS));
        String messageId = text(row, MESSAGE_ID);
        try {
            List<Event> found = links.of(
                    row.text(columns.indexOf(TYPE)),
                    ids,
                    messageId == null ? "" : messageId,
                    Instant.ofEpochMilli(time),
                    false);
            if (!found.isEmpty() && messageId == null) {
                throw new RefusedRow("no event_id");
            }
            return found;
        } catch (BadRecord bad) {
            throw new RefusedRow(bad.reason().label(), String.valueOf(bad.getMessage()));
        }
    }

    private @Nullable String text(Row row, String name) {
        String text = row.text(columns.indexOf(name)).strip();
        return text.isEmpty() ? null : text;
    }
}
