// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.replay.file.RefusedRow;
import dev.segue.replay.file.Row;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The source of an event's id. Each is a function of the file, so that a second reading yields equal ids. */
sealed interface EventId {

    /**
     * The id of an event that begins with this row.
     *
     * @param ordinal number of the event among those that begin with this row, from 1
     */
    String of(Row first, String source, String contents, int ordinal) throws RefusedRow;

    private static String suffix(int ordinal) {
        return ordinal == 1 ? "" : "." + ordinal;
    }

    /** This id for a rule that makes several events of one row. */
    default EventId forElements() {
        return this;
    }

    /** Returns true if {@link #of} needs the contents of all rows. */
    default boolean readsContents() {
        return false;
    }

    /** File and line: equal rows are two events. */
    record OfLine() implements EventId {
        @Override
        public String of(Row first, String source, String contents, int ordinal) {
            return source + ":" + first.line() + suffix(ordinal);
        }
    }

    /** A hash of the rows' cells: equal rows are one event, delivered twice. */
    record OfContent() implements EventId {
        @Override
        public String of(Row first, String source, String contents, int ordinal) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(contents.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(hash, 0, 12) + suffix(ordinal);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java platform has SHA-256", impossible);
            }
        }

        @Override
        public boolean readsContents() {
            return true;
        }
    }

    /**
     * An id that the file contains.
     *
     * @param numbered true if one row has several events with this id, which must differ
     */
    record OfRow(RowExpression expression, boolean numbered) implements EventId {
        @Override
        public String of(Row first, String source, String contents, int ordinal) throws RefusedRow {
            String id = expression.text(first);
            if (id.isBlank()) {
                throw new RefusedRow("no event_id");
            }
            return numbered ? id + suffix(ordinal) : id;
        }

        @Override
        public EventId forElements() {
            return new OfRow(expression, true);
        }
    }
}
