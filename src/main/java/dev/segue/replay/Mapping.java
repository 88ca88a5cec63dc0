package dev.segue.replay;

import dev.segue.serde.EventLimits;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How foreign rows become events. Immutable; read with {@link MappingReader}.
 *
 * <p>A row's customer and time are asked first; then the first rule whose condition holds takes the row. A row that no
 * rule takes is refused.
 */
public final class Mapping {
    private final String name;
    private final Format format;
    private final Columns columns;
    private final RowExpression customer;
    private final RowExpression time;
    private final TimeFormat timeFormat;
    private final @Nullable Instant earliest;
    private final List<Rule> rules;

    /** What the file is. */
    sealed interface Format {
        /** A header, then rows. */
        record Csv(char separator) implements Format {}

        /** One object a line. */
        record JsonLines() implements Format {}
    }

    Mapping(
            String name,
            Format format,
            Columns columns,
            RowExpression customer,
            RowExpression time,
            TimeFormat timeFormat,
            @Nullable Instant earliest,
            List<Rule> rules) {
        this.name = name;
        this.format = format;
        this.columns = columns;
        this.customer = customer;
        this.time = time;
        this.timeFormat = timeFormat;
        this.earliest = earliest;
        this.rules = List.copyOf(rules);
    }

    public String name() {
        return name;
    }

    Format format() {
        return format;
    }

    Columns columns() {
        return columns;
    }

    String customer(Row row) throws RefusedRow {
        String id = customer.text(row).strip();
        if (id.isEmpty()) {
            throw new RefusedRow("no customer");
        }
        if (id.length() > EventLimits.ID) {
            throw new RefusedRow("a customer's id of more than " + EventLimits.ID + " characters");
        }
        return id;
    }

    long time(Row row) throws RefusedRow {
        return timeFormat.read(time.text(row));
    }

    /** The earliest time that an event can have where the mapping says so; else that of the settings holds. */
    @Nullable
    Instant earliest() {
        return earliest;
    }

    Rule rule(Row row) throws RefusedRow {
        for (Rule rule : rules) {
            if (rule.when().holds(row)) {
                return rule;
            }
        }
        throw new RefusedRow("no rule of the mapping takes it");
    }
}
