// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One segment, choice or trait under both sets.
 *
 * @param before under the old set; null if that does not define it
 * @param after under the new set; null if that does not define it
 * @param onlyBefore up to ten customers who are members under the old set only, with those of known reason first
 * @param onlyAfter up to ten customers who are members under the new set only
 * @param overlap with every other segment of the new set that has a common member
 */
public record SegmentReport(
        String name,
        @Nullable SideReport before,
        @Nullable SideReport after,
        Activation activation,
        List<Sample> onlyBefore,
        List<Sample> onlyAfter,
        List<SharedMembers> overlap) {

    /** Under the old set; without members if that does not define it. */
    public SideReport old() {
        return before == null ? SideReport.NONE : before;
    }

    /** Under the new set; without members if that does not define it. */
    public SideReport changed() {
        return after == null ? SideReport.NONE : after;
    }
}
