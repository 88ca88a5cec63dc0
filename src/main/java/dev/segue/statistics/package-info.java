// SPDX-License-Identifier: Apache-2.0
/**
 * Counts by subject and window: what a task has counted and not sent ({@link dev.segue.statistics.PendingCounts}), and what a
 * window holds ({@link dev.segue.statistics.Statistic}). All counts can be added, so that they may be added up in any order.
 */
@NullMarked
package dev.segue.statistics;

import org.jspecify.annotations.NullMarked;
