// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.event.Change;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One customer: memberships with their reasons, and what happened, the latest first.
 *
 * @param attributes values of traits
 * @param trail the time line
 * @param reach how far back the time line goes, as a sentence
 * @param trouble why not everything could be read; null if it could
 */
public record CustomerPage(
        String customer,
        List<Row> segments,
        List<Row> attributes,
        List<TrailRow> trail,
        String reach,
        @Nullable String trouble) {
    private static final int MOST_LINES = 200;

    /**
     * A membership.
     *
     * @param value of a trait; empty for others
     * @param group that the segment is a choice of; empty for others
     * @param why what led to it; empty if that was too long ago to be read
     */
    public record Row(String segment, String address, String value, String group, ShownTime since, String why) {}

    /** @return empty if nothing is known of the customer */
    public static Optional<CustomerPage> of(ConsoleData data, String customer) {
        List<Member> memberships = data.memberships(customer);
        CustomerTrail trail = data.trail(customer);
        if (memberships.isEmpty() && trail.isEmpty() && trail.trouble() == null) {
            return Optional.empty();
        }
        Instant now = data.now();
        ZoneId zone = data.definitions().zone();
        Map<String, Change> latest = new HashMap<>();
        trail.changes().stream()
                .sorted(Comparator.comparing(Change::effectiveAt))
                .forEach(change -> latest.put(change.segment(), change));
        List<Row> rows = memberships.stream()
                .map(member -> row(member, latest.get(member.membership().segment()), now, zone))
                .sorted(Comparator.comparing(Row::segment))
                .toList();
        return Optional.of(new CustomerPage(
                customer,
                rows.stream().filter(row -> row.value().isEmpty()).toList(),
                rows.stream().filter(row -> !row.value().isEmpty()).toList(),
                TrailRow.of(trail, now, zone, MOST_LINES),
                reach(trail, now, zone),
                trail.trouble()));
    }

    private static Row row(Member member, @Nullable Change change, Instant now, ZoneId zone) {
        MemberRow shown = MemberRow.of(member, now, zone);
        String group = member.membership().group();
        String segment = member.membership().segment();
        return new Row(
                segment,
                Address.segment(segment),
                shown.value(),
                group == null ? "" : group,
                shown.since(),
                change == null || change.kind() == Change.Kind.EXITED ? "" : why(ChangeRow.of(change, now, zone)));
    }

    private static String why(ChangeRow change) {
        return change.reasons().isEmpty() ? change.cause() : String.join("; ", change.reasons());
    }

    private static String reach(CustomerTrail trail, Instant now, ZoneId zone) {
        int lines = trail.events().size()
                + trail.changes().size()
                + trail.decisions().size();
        String shown = lines > MOST_LINES ? "The latest " + MOST_LINES + " of " + lines + " lines. " : "";
        return shown
                + (trail.since() == null
                        ? "Everything that is still in the log."
                        : "Since " + ShownTime.of(trail.since(), now, zone).exact()
                                + "; earlier records were not read.");
    }
}
