// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.replay.file.Columns;
import dev.segue.replay.file.CsvDialect;
import dev.segue.replay.file.RefusedRow;
import dev.segue.replay.file.Row;
import dev.segue.serde.event.EventLimits;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns foreign rows into events. Immutable; read with {@link MappingReader}.
 *
 * <p>A row's customer and time are evaluated first; then the first rule whose condition holds takes the row, and later
 * rules follow if that rule continues. A row that matches no rule is refused.
 */
public final class Mapping {
    /** The reason for refusing a row that no rule takes. */
    public static final String NO_RULE = "no rule of the mapping matches it";

    private static final int SHOWN = 3;

    private final Format format;
    private final Columns columns;
    private final RowExpression customer;
    private final RowTime time;
    private final @Nullable Instant earliest;
    private final List<MappingRule> rules;
    private final List<Integer> conditionColumns;
    private final Set<String> readColumns;
    private final @Nullable TrackerRows tracker;

    /** The format of the file. */
    public sealed interface Format {
        record Csv(CsvDialect dialect) implements Format {}

        /** One object per line, or one array of objects. */
        record Json(boolean array) implements Format {}
    }

    Mapping(
            Format format,
            Columns columns,
            RowExpression customer,
            RowTime time,
            @Nullable Instant earliest,
            List<MappingRule> rules,
            List<Integer> conditionColumns,
            Set<String> readColumns,
            @Nullable TrackerRows tracker) {
        this.format = format;
        this.columns = columns;
        this.customer = customer;
        this.time = time;
        this.earliest = earliest;
        this.rules = List.copyOf(rules);
        this.conditionColumns = List.copyOf(conditionColumns);
        this.readColumns = Set.copyOf(readColumns);
        this.tracker = tracker;
    }

    public Format format() {
        return format;
    }

    public Columns columns() {
        return columns;
    }

    public String customer(Row row) throws RefusedRow {
        String id = customer.text(row).strip();
        if (id.isEmpty()) {
            throw new RefusedRow("no customer");
        }
        if (id.length() > EventLimits.ID) {
            throw new RefusedRow("a customer's id of more than " + EventLimits.ID + " characters");
        }
        return id;
    }

    public RowTime time() {
        return time;
    }

    /** The earliest time of events, if the mapping sets one; else the settings apply. */
    @Nullable
    public Instant earliest() {
        return earliest;
    }

    public List<MappingRule> rules() {
        return rules;
    }

    /** What is done with rows that are messages of a tracker; null if the mapping does not say that they are. */
    public @Nullable TrackerRows tracker() {
        return tracker;
    }

    /** The names of the columns that expressions read. */
    public Set<String> readColumns() {
        return readColumns;
    }

    /** Returns true if an event's id may consist of the file's name and the line. */
    public boolean hasLineIds() {
        return rules.stream()
                .anyMatch(rule -> rule instanceof MappingRule.Emit emit && emit.eventId() instanceof EventId.OfLine);
    }

    /** Includes the cells that the conditions read, because a surplus blank or capital is hard to spot otherwise. */
    public RefusedRow noRuleFor(Row row) {
        String cells = conditionColumns.stream()
                .limit(SHOWN)
                .filter(column -> !columns.json(column))
                .map(column -> columns.names().get(column) + " is " + RefusedRow.quote(row.text(column)))
                .collect(Collectors.joining(", "));
        boolean blanks = conditionColumns.stream()
                .anyMatch(column -> !row.text(column).equals(row.text(column).strip()));
        return new RefusedRow(NO_RULE, cells + (blanks ? "; blanks count, .trim() removes them" : ""));
    }
}
