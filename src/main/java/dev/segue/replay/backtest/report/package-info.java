// SPDX-License-Identifier: Apache-2.0
/**
 * A backtest's report for readers: {@link dev.segue.replay.backtest.report.BacktestText} for the terminal, {@link
 * dev.segue.replay.backtest.report.BacktestJson} for programs, {@link dev.segue.replay.backtest.report.BacktestPage} for
 * a browser.
 */
@NullMarked
package dev.segue.replay.backtest.report;

import org.jspecify.annotations.NullMarked;
