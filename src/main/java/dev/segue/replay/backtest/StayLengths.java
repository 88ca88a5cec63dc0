// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import org.jspecify.annotations.Nullable;

/**
 * How long customers stay in a segment.
 *
 * @param closed stays that ended within the window
 * @param open stays that had not ended at the end
 * @param median of the closed stays, in milliseconds, to four digits; null if there are none
 * @param ninetyPercent nine of ten closed stays are at most this long, in milliseconds
 */
public record StayLengths(
        long closed,
        long open,
        @Nullable Long median,
        @Nullable Long ninetyPercent) {}
