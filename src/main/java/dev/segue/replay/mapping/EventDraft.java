// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.event.BadRecord;
import dev.segue.event.CommonFields;
import dev.segue.event.Event;
import dev.segue.event.Fields;
import dev.segue.event.Origin;
import dev.segue.event.ProfileFields;
import dev.segue.replay.file.RefusedRow;
import dev.segue.replay.file.Row;
import dev.segue.serde.event.EventLimits;
import dev.segue.serde.event.OriginCheck;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event to which rows may still be added. */
public final class EventDraft {
    private final MappingRule.Emit rule;
    private final String customer;
    private final long time;
    private final String source;
    private final Row first;
    private final @Nullable Object[] values;
    /** Sums and lists, by the position of their source in the rule; null for plain fields. */
    private final @Nullable Object[] gathered;

    private final StringBuilder contents = new StringBuilder();
    private final List<Row.Fate> rows = new ArrayList<>(1);
    private final int ordinal;

    /** @throws RefusedRow if the row cannot begin such an event; the row is then unchanged */
    public EventDraft(MappingRule.Emit rule, String customer, long time, String source, Row first) throws RefusedRow {
        this.rule = rule;
        this.customer = customer;
        this.time = time;
        this.source = source;
        this.first = first;
        this.ordinal = first.fate().nextEvent();
        this.values = new Object[rule.type().record().fields().size()];
        this.gathered = new Object[rule.values().size()];
        List<String> cleared = new ArrayList<>(0);
        for (FieldSource value : rule.values()) {
            if (value instanceof FieldSource.Plain plain) {
                values[plain.slot()] = plain.of(first);
                if (values[plain.slot()] == null && plain.clears(first)) {
                    cleared.add(plain.name());
                }
            }
        }
        ProfileFields.clear(rule.type(), values, cleared);
        add(first);
    }

    public long time() {
        return time;
    }

    public long line() {
        return first.line();
    }

    /** The fates of all rows added so far. */
    public List<Row.Fate> rows() {
        return rows;
    }

    /** @throws RefusedRow if this row cannot be added; the draft is then unchanged */
    public void add(Row row) throws RefusedRow {
        @Nullable Object[] parts = new Object[gathered.length];
        for (int position = 0; position < parts.length; position++) {
            FieldSource value = rule.values().get(position);
            if (value instanceof FieldSource.Sum sum) {
                parts[position] = sum.of(row);
            } else if (value instanceof FieldSource.Lines lines) {
                parts[position] = lines.of(row);
            }
        }
        for (int position = 0; position < parts.length; position++) {
            Object part = parts[position];
            if (part != null) {
                gathered[position] = joined(gathered[position], part);
            }
        }
        if (rule.eventId().readsContents()) {
            contents.append(row.content()).append('\n');
        }
        rows.add(row.fate());
    }

    private static Object joined(@Nullable Object before, Object part) {
        if (part instanceof BigDecimal addend) {
            return before instanceof BigDecimal sum ? sum.add(addend) : addend;
        }
        @SuppressWarnings("unchecked")
        List<Object> list = before == null ? new ArrayList<>(2) : (List<Object>) before;
        list.addAll((List<?>) part);
        return list;
    }

    /** @throws RefusedRow if the rows do not form a valid event */
    public Event finish() throws RefusedRow {
        for (int position = 0; position < gathered.length; position++) {
            FieldSource value = rule.values().get(position);
            if (value instanceof FieldSource.Sum sum) {
                values[sum.slot()] = Conversion.convert(sum.type(), gathered[position], sum.name());
            } else if (value instanceof FieldSource.Lines lines) {
                values[lines.slot()] = gathered[position];
            }
        }
        requireFewElements();
        values[CommonFields.EVENT_ID] = eventId();
        values[CommonFields.OCCURRED_AT] = Instant.ofEpochMilli(time);
        try {
            OriginCheck.apply(rule.type(), values);
        } catch (BadRecord unknown) {
            throw new RefusedRow(
                    "an origin that is none of " + String.join(", ", Origin.WORDS),
                    String.valueOf(unknown.getMessage()));
        }
        return new Event(rule.type(), customer, new Fields(rule.type().record(), values));
    }

    private String eventId() throws RefusedRow {
        String id = rule.eventId().of(first, source, contents.toString(), ordinal);
        if (id.length() > EventLimits.ID) {
            throw new RefusedRow("an event_id of more than " + EventLimits.ID + " characters");
        }
        return id;
    }

    /** The processor rejects larger events, so a replay must too. */
    private void requireFewElements() throws RefusedRow {
        int elements = 0;
        for (Object value : values) {
            if (value instanceof Collection<?> list) {
                elements += list.size();
            } else if (value instanceof Map<?, ?> map) {
                elements += map.size();
            }
        }
        if (elements > EventLimits.ELEMENTS) {
            throw new RefusedRow("an event with more than " + EventLimits.ELEMENTS + " elements in its lists");
        }
    }
}
