// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.value.CountText;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * In which other segments the members of one are, too.
 *
 * @param of how many members were looked at, in words
 */
public record OverlapPart(String of, List<Row> rows) {
    /** More would take longer than a page should. */
    private static final int LOOKED_AT = 1_000;

    private static final int MOST = 12;
    public static final int WIDTH = 100;

    /**
     * Another segment.
     *
     * @param width of its bar, from 0 to {@link #WIDTH}
     */
    public record Row(String segment, String address, String customers, String share, int width) {}

    /** @param leftOut segments of which a member can be in one only */
    static OverlapPart of(String segment, Set<String> leftOut, ConsoleData data) {
        List<Member> members = data.members(segment, "", LOOKED_AT);
        Map<String, Integer> also = new HashMap<>();
        for (Member member : members) {
            for (Member other : data.memberships(member.customer())) {
                String name = other.membership().segment();
                if (!leftOut.contains(name)) {
                    also.merge(name, 1, Integer::sum);
                }
            }
        }
        int all = Math.max(1, members.size());
        List<Row> rows = also.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .map(entry -> new Row(
                        entry.getKey(),
                        Address.segment(entry.getKey()),
                        CountText.of(entry.getValue()),
                        CountText.percent((double) entry.getValue() / all),
                        (int) Math.round((double) entry.getValue() / all * WIDTH)))
                .toList();
        long size = data.members(segment);
        String of = size > members.size()
                ? "the first " + CountText.of(members.size()) + " of " + CountText.of(size) + " members, by id"
                : CountText.of(members.size(), "member");
        return new OverlapPart(of, rows);
    }
}
