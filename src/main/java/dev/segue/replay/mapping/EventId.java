package dev.segue.replay.mapping;

import dev.segue.replay.file.RefusedRow;
import dev.segue.replay.file.Row;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How an event gets its id. Every way is a function of the file, so that a second reading gives the same ids. */
sealed interface EventId {

    /**
     * The id of an event that begins with this row.
     *
     * @param ordinal of the events that begin with it, from 1
     */
    String of(Row first, String source, String contents, int ordinal) throws RefusedRow;

    private static String suffix(int ordinal) {
        return ordinal == 1 ? "" : "." + ordinal;
    }

    /** Whether {@link #of} needs the contents of all rows. */
    default boolean readsContents() {
        return false;
    }

    /** File and line: rows that are equal are two events. */
    record OfLine() implements EventId {
        @Override
        public String of(Row first, String source, String contents, int ordinal) {
            return source + ":" + first.line() + suffix(ordinal);
        }
    }

    /** A hash of the rows' cells: rows that are equal are one event, delivered twice. */
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

    /** What the source calls it. */
    record OfRow(RowExpression expression) implements EventId {
        @Override
        public String of(Row first, String source, String contents, int ordinal) throws RefusedRow {
            String id = expression.text(first);
            if (id.isBlank()) {
                throw new RefusedRow("no event_id");
            }
            return id;
        }
    }
}
