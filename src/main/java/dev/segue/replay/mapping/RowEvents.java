// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.event.Event;
import dev.segue.replay.file.RefusedRow;
import dev.segue.replay.file.Row;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Maps single rows, which no other rows complete, such as the messages of a tracker. Safe for several threads. */
public final class RowEvents {
    private final Mapping mapping;

    /** @throws IllegalArgumentException if the mapping combines rows */
    public RowEvents(Mapping mapping) {
        boolean groups = mapping.rules().stream()
                .anyMatch(rule -> rule instanceof MappingRule.Emit emit && emit.grouping() != null);
        if (groups || mapping.hasLineIds()) {
            throw new IllegalArgumentException(
                    "a mapping of messages cannot use 'group_by', and needs an 'event_id' that each message carries");
        }
        this.mapping = mapping;
    }

    /**
     * The events of one row, in the order of the rules.
     *
     * @param ignored the reason if a rule ignores the row on purpose, or the row has no elements; else null
     * @param dropped the members of the row that limits kept out of the events
     */
    public record Mapped(List<Event> events, @Nullable String ignored, int dropped) {
        public Mapped {
            events = List.copyOf(events);
        }
    }

    /** @throws RefusedRow if the row, or an element of it, cannot be mapped: no event of it is used then */
    public Mapped of(Row row) throws RefusedRow {
        String customer = mapping.customer(row);
        long time = mapping.time().of(row);
        List<Event> events = new ArrayList<>(1);
        boolean taken = false;
        for (MappingRule rule : mapping.rules()) {
            if (!rule.when().holds(row)) {
                continue;
            }
            if (rule instanceof MappingRule.Ignore ignore) {
                return new Mapped(events, ignore.reason(), row.fate().dropped());
            }
            MappingRule.Emit emit = (MappingRule.Emit) rule;
            taken = true;
            for (Row part : emit.each() == null ? List.of(row) : emit.each().rows(row)) {
                RowTime own = emit.time();
                events.add(new EventDraft(emit, customer, own == null ? time : own.of(part), "", part).finish());
            }
            if (!emit.goesOn()) {
                break;
            }
        }
        if (!taken) {
            throw mapping.noRuleFor(row);
        }
        return new Mapped(
                events,
                events.isEmpty() ? "no element in its list" : null,
                row.fate().dropped());
    }
}
