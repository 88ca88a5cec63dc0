// SPDX-License-Identifier: Apache-2.0
/**
 * Computes what a changed set of definitions would have done: the old and the new plan over the same events, in one
 * pass, with statistics per segment instead of changes. Start at {@link dev.segue.replay.backtest.Backtest}, which
 * {@link dev.segue.replay.backtest.BacktestPart} feeds, and {@link dev.segue.replay.backtest.BacktestReport}.
 */
@NullMarked
package dev.segue.replay.backtest;

import org.jspecify.annotations.NullMarked;
