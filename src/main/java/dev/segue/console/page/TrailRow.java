// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.event.Change;
import dev.segue.event.CommonFields;
import dev.segue.event.Event;
import dev.segue.event.Field;
import dev.segue.event.Fields;
import dev.segue.event.TriggerDecision;
import dev.segue.value.ValueText;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One line of a customer's time line: an event, a change of a membership, or a decision of a trigger.
 *
 * @param time in milliseconds since the epoch
 * @param kind {@code event}, {@code entered}, {@code exited}, {@code updated} or {@code decision}
 * @param what the event's type, or the decision
 * @param name of the segment, trigger or customer; empty for events
 * @param address of its page; empty for events
 * @param details what more is known of it
 */
public record TrailRow(long time, String kind, ShownTime at, String what, String name, String address, String details) {
    private static final int LONGEST = 200;

    /** What is shown elsewhere, or says nothing to people. */
    private static final List<String> HIDDEN = List.of("event_id", "occurred_at", "session_id", "anonymous_id");

    /** Returns the latest lines first; what follows from an event is above it. */
    static List<TrailRow> of(CustomerTrail trail, Instant now, ZoneId zone, int most) {
        List<TrailRow> rows = new ArrayList<>();
        Stream.of(
                        trail.events().stream().map(event -> of(event, now, zone)),
                        trail.changes().stream().map(change -> of(change, now, zone)),
                        trail.decisions().stream().map(decision -> of(decision, now, zone)))
                .flatMap(lines -> lines)
                .sorted(Comparator.comparingLong(TrailRow::time))
                .forEach(row -> rows.add(0, row));
        return List.copyOf(rows.subList(0, Math.min(most, rows.size())));
    }

    /** Returns lines about customers instead of a trigger. */
    static List<TrailRow> ofDecisions(List<TriggerDecision> decisions, Instant now, ZoneId zone) {
        return decisions.stream()
                .map(decision -> of(decision, now, zone).about(decision.customerId()))
                .toList();
    }

    private TrailRow about(String customer) {
        return new TrailRow(time, kind, at, what, customer, Address.customer(customer), details);
    }

    private static TrailRow of(Event event, Instant now, ZoneId zone) {
        return new TrailRow(
                event.time(),
                "event",
                ShownTime.of(Instant.ofEpochMilli(event.time()), now, zone),
                event.type().name().replace('_', ' '),
                "",
                "",
                cut(fields(event)));
    }

    private static String fields(Event event) {
        return text(
                event.fields(),
                slot -> slot >= CommonFields.NAMES.size() || !HIDDEN.contains(CommonFields.NAMES.get(slot)));
    }

    private static String text(Fields fields, IntPredicate isShown) {
        List<String> texts = new ArrayList<>();
        List<Field> all = fields.type().fields();
        for (int slot = 0; slot < all.size(); slot++) {
            Object value = fields.get(slot);
            if (value != null && isShown.test(slot)) {
                texts.add(all.get(slot).name().replace('_', ' ') + " " + text(value));
            }
        }
        return String.join(", ", texts);
    }

    private static String text(Object value) {
        if (value instanceof Fields nested) {
            return "(" + text(nested, slot -> true) + ")";
        }
        if (value instanceof List<?> list) {
            return list.stream().map(TrailRow::text).collect(Collectors.joining("; "));
        }
        return value instanceof String text ? text : ValueText.of(value);
    }

    private static TrailRow of(Change change, Instant now, ZoneId zone) {
        ChangeRow row = ChangeRow.of(change, now, zone);
        String because = row.reasons().isEmpty() ? row.cause() : row.cause() + ": " + String.join("; ", row.reasons());
        return new TrailRow(
                change.effectiveAt().toEpochMilli(),
                row.kind(),
                row.at(),
                row.kind(),
                row.value().isEmpty() ? change.segment() : change.segment() + ": " + row.value(),
                Address.segment(change.segment()),
                because);
    }

    private static TrailRow of(TriggerDecision decision, Instant now, ZoneId zone) {
        String until = decision.until() == null
                ? ""
                : " Until " + ShownTime.of(decision.until(), now, zone).exact() + ".";
        return new TrailRow(
                decision.decidedAt().toEpochMilli(),
                "decision",
                ShownTime.of(decision.decidedAt(), now, zone),
                decision.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                decision.trigger() + " by " + decision.channel(),
                Address.trigger(decision.trigger()),
                cut(decision.reason() + until));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
