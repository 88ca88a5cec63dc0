// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import dev.segue.plan.state.Membership;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts, for each reported segment of the new set, how many of its members are in each other segment of that set. */
final class Overlap {
    private final Map<String, Integer> rows;
    private final List<String> columns;
    private final Map<String, Integer> columnOf = new HashMap<>();
    private final long[][] common;

    /**
     * @param rows positions of the reported segments
     * @param segments of the new set
     */
    Overlap(Map<String, Integer> rows, int positions, List<String> segments) {
        this.rows = rows;
        this.columns = segments;
        this.common = new long[positions][0];
        for (int column = 0; column < segments.size(); column++) {
            columnOf.put(segments.get(column), column);
        }
        rows.values().forEach(row -> common[row] = new long[segments.size()]);
    }

    void count(List<Membership> memberships) {
        for (Membership membership : memberships) {
            Integer row = rows.get(membership.segment());
            if (row != null) {
                for (Membership other : memberships) {
                    common[row][columnOf.get(other.segment())]++;
                }
            }
        }
    }

    void add(Overlap other) {
        for (int row = 0; row < common.length; row++) {
            for (int column = 0; column < common[row].length; column++) {
                common[row][column] += other.common[row][column];
            }
        }
    }

    /** Returns the segments that have a member in common with a reported one, the largest share first. */
    List<SharedMembers> of(String segment) {
        Integer row = rows.get(segment);
        List<SharedMembers> shares = new ArrayList<>();
        if (row == null) {
            return shares;
        }
        long members = common[row][columnOf.get(segment)];
        for (int column = 0; column < columns.size(); column++) {
            long shared = common[row][column];
            if (shared > 0 && !columns.get(column).equals(segment)) {
                shares.add(new SharedMembers(columns.get(column), shared, (double) shared / members));
            }
        }
        shares.sort(Comparator.comparingLong(SharedMembers::members).reversed().thenComparing(SharedMembers::segment));
        return shares;
    }
}
