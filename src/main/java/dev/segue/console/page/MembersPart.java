// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some members of a segment, in order of their ids.
 *
 * @param first the address of the first ones; null if these are the first
 * @param next the address of those that follow; null if there are none
 * @param hasValues whether members have values, as those of a trait
 */
public record MembersPart(
        List<MemberRow> rows,
        @Nullable String first,
        @Nullable String next,
        boolean hasValues) {
    static final int SIZE = 50;

    static MembersPart of(String segment, String after, TimeRange range, ConsoleData data, ZoneId zone) {
        List<Member> found = data.members(segment, after, SIZE + 1);
        List<Member> shown = found.subList(0, Math.min(SIZE, found.size()));
        String next = found.size() > SIZE
                ? address(segment, range, shown.get(SIZE - 1).customer())
                : null;
        return new MembersPart(
                shown.stream()
                        .map(member -> MemberRow.of(member, data.now(), zone))
                        .toList(),
                after.isEmpty() ? null : address(segment, range, ""),
                next,
                shown.stream().anyMatch(member -> member.membership().value() != null));
    }

    private static String address(String segment, TimeRange range, String after) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("range", range == TimeRange.WEEK ? "" : range.word());
        parameters.put("after", after);
        return Address.of(Address.segment(segment), parameters) + "#members";
    }
}
