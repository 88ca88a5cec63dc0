// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import java.time.LocalDate;

/**
 * One day on which a segment changed.
 *
 * @param date in the configured time zone
 * @param members at the end of the day
 * @param entered how often a customer entered on that day
 * @param exited how often a customer left on that day
 */
public record DayReport(LocalDate date, long members, long entered, long exited) {}
