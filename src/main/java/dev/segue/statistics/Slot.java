// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

/**
 * A subject in one hour, the unit in which tasks count.
 *
 * @param hour its beginning, in milliseconds since the epoch
 */
public record Slot(Subject subject, long hour) {}
