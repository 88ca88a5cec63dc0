// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.plan.explain.EvidenceText;
import dev.segue.value.ValueText;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A change of a membership.
 *
 * @param address of the customer's page
 * @param kind in lower case
 * @param value of a trait, as text; empty for others
 * @param cause what made it happen
 * @param reasons the evidence, one clause each
 */
public record ChangeRow(
        String customer, String address, String kind, ShownTime at, String value, String cause, List<String> reasons) {
    private static final int MOST_REASONS = 6;
    private static final int LONGEST = 160;

    public static ChangeRow of(Change change, Instant now, ZoneId zone) {
        Object value = change.value();
        return new ChangeRow(
                change.customerId(),
                Address.customer(change.customerId()),
                change.kind().name().toLowerCase(Locale.ROOT),
                ShownTime.of(change.effectiveAt(), now, zone),
                value == null ? "" : cut(value instanceof String text ? text : ValueText.of(value)),
                cause(change),
                change.evidence().stream()
                        .limit(MOST_REASONS)
                        .map(EvidenceText::brief)
                        .map(ChangeRow::cut)
                        .collect(Collectors.toUnmodifiableList()));
    }

    private static String cause(Change change) {
        Cause cause = change.cause();
        String type = cause.eventType();
        String words = switch (cause.kind()) {
            case EVENT -> "by " + (type == null ? "an event" : type);
            case DEADLINE -> "by time";
            case DEFINITION -> "by an edit of the definition";
            case MERGE -> "because two ids are one customer";
            case POPULATION -> "because percentiles moved";
            case ERASURE -> "because the customer was erased";
            case PRODUCT -> "because facts of a product changed";
        };
        return words
                + (change.correction() ? ", as a correction" : "")
                + (change.backfilled() ? ", from past events" : "");
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
