// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.replay.file.BrokenFile;
import dev.segue.replay.file.CsvRows;
import dev.segue.replay.file.Findings;
import dev.segue.replay.file.JsonRows;
import dev.segue.replay.file.ReadReport;
import dev.segue.replay.file.RefusedRow;
import dev.segue.replay.file.Row;
import dev.segue.replay.file.RowSource;
import dev.segue.replay.mapping.EventDraft;
import dev.segue.replay.mapping.Mapping;
import dev.segue.replay.mapping.MappingRule;
import dev.segue.replay.mapping.RowTime;
import dev.segue.replay.mapping.TrackerRows;
import dev.segue.serde.event.Acceptance;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events that a mapping makes of one file, in the order of their first rows, so a file in order of time yields
 * events in order of time.
 *
 * <p>A group ends with the first row of the file that is more than the grouping's {@code within} away from the group's
 * first row in time, or {@value #LONGEST_WAIT} rows after it, or with the file. Events after an open group wait for it,
 * so at most that many rows are in memory.
 */
final class MappedEvents implements EventReader {
    private static final int LONGEST_WAIT = 100_000;

    private final Path file;
    private final Mapping mapping;
    private final Acceptance acceptance;
    private final RowSource source;
    private final String sourceName;
    private final ArrayDeque<Slot> waiting = new ArrayDeque<>();
    private final Map<GroupKey, Draft> open = new HashMap<>();
    private final Refusals refusals = new Refusals();
    private final Refusals ignored = new Refusals();
    private final Findings findings = new Findings();
    private final long now;
    private long rows;
    private long events;
    private boolean ended;
    private @Nullable String brokenOff;

    private record GroupKey(MappingRule rule, String customer, String key) {}

    /** An event at its place in the order. */
    private sealed interface Slot {}

    /** An event that links the ids of a tracker's message. */
    private record Link(Event event, long line) implements Slot {}

    /** An event of a rule; with a key while rows may still be added. */
    private static final class Draft implements Slot {
        private final EventDraft draft;
        private final @Nullable GroupKey key;
        private final long reach;
        private final long lastRow;

        Draft(EventDraft draft, @Nullable GroupKey key, long reach, long lastRow) {
            this.draft = draft;
            this.key = key;
            this.reach = reach;
            this.lastRow = lastRow;
        }

        boolean takes(long time, long row) {
            return row <= lastRow && Math.abs(time - draft.time()) <= reach;
        }
    }

    /** @param now the current time, in milliseconds since the epoch; later events are counted */
    MappedEvents(Path file, Mapping mapping, Acceptance acceptance, long now) {
        this.now = now;
        this.file = file;
        this.mapping = mapping;
        this.acceptance = mapping.earliest() == null ? acceptance : acceptance.withEarliest(mapping.earliest());
        this.source = mapping.format() instanceof Mapping.Format.Csv csv
                ? new CsvRows(file, mapping.columns(), csv.dialect(), findings)
                : new JsonRows(
                        file, mapping.columns(), mapping.format().equals(new Mapping.Format.Json(true)), findings);
        this.sourceName = sourceName(file);
    }

    /** The file's name without compression suffixes: ids must not change when a file is unpacked. */
    static String sourceName(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.replaceFirst("\\.gz$", "").replaceFirst("\\.[A-Za-z]{1,6}$", "");
    }

    @Override
    public @Nullable Event next() {
        while (true) {
            Slot head = waiting.peek();
            if (head != null && !isOpen(head)) {
                waiting.remove();
                Event event = head instanceof Draft draft ? finish(draft.draft) : finish((Link) head);
                if (event != null) {
                    return event;
                }
            } else if (!ended) {
                readRow();
            } else {
                return null;
            }
        }
    }

    private boolean isOpen(Slot slot) {
        return slot instanceof Draft draft && draft.key != null && open.get(draft.key) == draft;
    }

    private Event finish(Link link) {
        events++;
        Ahead.note(findings, link.event.time(), now, link.line);
        return link.event;
    }

    private @Nullable Event finish(EventDraft draft) {
        try {
            Event event = draft.finish();
            events++;
            Ahead.note(findings, event.time(), now, draft.line());
            return event;
        } catch (RefusedRow refused) {
            draft.rows().forEach(row -> refuse(row, refused, draft.line()));
            return null;
        }
    }

    private void refuse(Row.Fate row, RefusedRow refused, long line) {
        if (row.refuse()) {
            refusals.add(refused.reason(), refused.detail(), line);
        }
    }

    private void readRow() {
        try {
            rows++;
            Row row = source.next();
            if (row == null) {
                end();
            } else {
                take(row);
            }
        } catch (RefusedRow refused) {
            refusals.add(refused.reason(), refused.detail(), source.line());
        } catch (BrokenFile broken) {
            brokenOff = broken.getMessage();
            end();
        }
    }

    /** Ends all groups; the last attempt to read did not yield a row. */
    private void end() {
        rows--;
        ended = true;
        open.clear();
    }

    private void take(Row read) {
        TrackerRows tracker = mapping.tracker();
        Row row = tracker == null ? read : tracker.withRealIds(read, acceptance.refusedIds());
        List<Link> links = List.of();
        try {
            String customer = mapping.customer(row);
            long time = mapping.time().of(row);
            requireAcceptable(customer, time, mapping.time(), row);
            endGroups(time);
            if (tracker != null) {
                links = tracker.links(row, time).stream()
                        .map(event -> new Link(event, row.line()))
                        .toList();
                waiting.addAll(links);
            }
            boolean taken = false;
            for (MappingRule rule : mapping.rules()) {
                if (!rule.when().holds(row)) {
                    continue;
                }
                boolean first = !taken;
                taken = true;
                if (rule instanceof MappingRule.Ignore ignore) {
                    if (links.isEmpty()) {
                        ignored.add(ignore.reason(), "", row.line());
                    }
                    return;
                }
                if (rule instanceof MappingRule.Emit emit && !emitAll(emit, customer, time, row, first)) {
                    break;
                }
            }
            if (!taken) {
                throw mapping.noRuleFor(row);
            }
            if (row.fate().dropped() > 0) {
                findings.add(ReadReport.Finding.Kind.DROPPED_MEMBERS, row.line(), "");
            }
        } catch (RefusedRow refused) {
            waiting.removeAll(links);
            refuse(row.fate(), refused, row.line());
        }
    }

    private void requireAcceptable(String customer, long time, RowTime source, Row row) throws RefusedRow {
        try {
            acceptance.requireRealCustomer(customer);
            if (!acceptance.accepts(time)) {
                acceptance.requireNotBefore(time, source.expression().text(row));
            }
        } catch (BadRecord bad) {
            throw new RefusedRow(bad.reason().label(), String.valueOf(bad.getMessage()));
        }
    }

    /** @return true if the row continues to the rules after this one */
    private boolean emitAll(MappingRule.Emit rule, String customer, long time, Row row, boolean first)
            throws RefusedRow {
        if (rule.each() == null) {
            emit(rule, customer, time, row);
            return rule.goesOn();
        }
        Collection<?> elements = rule.each().of(row);
        if (elements.isEmpty() && first && !rule.goesOn()) {
            ignored.add("no element in " + rule.each().text(), "", row.line());
        }
        for (Object element : elements) {
            try {
                emit(rule, customer, time, row.with(element));
            } catch (RefusedRow refused) {
                refuse(row.fate(), refused, row.line());
            }
        }
        return rule.goesOn();
    }

    private void emit(MappingRule.Emit rule, String customer, long rowTime, Row row) throws RefusedRow {
        RowTime ownTime = rule.time();
        long time = ownTime == null ? rowTime : ownTime.of(row);
        if (ownTime != null) {
            requireAcceptable(customer, time, ownTime, row);
        }
        MappingRule.Grouping grouping = rule.grouping();
        if (grouping == null) {
            waiting.add(new Draft(new EventDraft(rule, customer, time, sourceName, row), null, 0, rows));
            return;
        }
        String key = grouping.key().text(row);
        if (key.isBlank()) {
            throw new RefusedRow("no value to group by");
        }
        GroupKey groupKey = new GroupKey(rule, customer, key);
        Draft group = open.get(groupKey);
        if (group != null && group.takes(time, rows)) {
            group.draft.add(row);
            return;
        }
        EventDraft draft = new EventDraft(rule, customer, time, sourceName, row);
        Draft begun = new Draft(draft, groupKey, grouping.withinMillis(), rows + LONGEST_WAIT);
        open.put(groupKey, begun);
        waiting.add(begun);
    }

    /** Ends the groups at the head of the queue that cannot take a row of this time. */
    private void endGroups(long time) {
        for (Slot slot : waiting) {
            if (slot instanceof Draft head && head.key != null) {
                if (head.takes(time, rows)) {
                    return;
                }
                open.remove(head.key, head);
            }
        }
    }

    @Override
    public List<ReadReport> reports() {
        List<String> absent =
                source.absent().stream().filter(mapping.readColumns()::contains).toList();
        return List.of(new ReadReport(
                file.toString(),
                rows,
                events,
                refusals.list(),
                ignored.list(),
                brokenOff,
                source.lines(),
                null,
                findings.list(),
                absent));
    }

    @Override
    public long bytesRead() {
        return source.bytesRead();
    }

    @Override
    public void close() {
        source.close();
    }
}
