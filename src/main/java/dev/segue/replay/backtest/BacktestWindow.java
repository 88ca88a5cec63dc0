// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import dev.segue.replay.Until;

/**
 * The time that a backtest reports on. Earlier events count as history; later events are left out.
 *
 * @param from the first instant whose changes are reported, in milliseconds since the epoch; {@link Long#MIN_VALUE} for
 *     all
 * @param to the instant to which every customer's time advances in the end
 */
public record BacktestWindow(long from, Until to) {

    /** Everything, until the last event of all customers. */
    public static BacktestWindow all() {
        return new BacktestWindow(Long.MIN_VALUE, new Until.AfterLast(0));
    }

    /** Returns true if changes at the instant, in milliseconds since the epoch, are reported. */
    boolean reports(long instant) {
        return instant >= from;
    }
}
