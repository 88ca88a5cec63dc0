// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

/**
 * The counts of a subject in one window.
 *
 * @param start when the window begins, in milliseconds since the epoch
 */
public record Statistic(WindowSize size, long start, Subject subject, WindowCounts counts) {}
