// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

/**
 * The members that a segment has in common with another segment of the new set at the end.
 *
 * @param segment the other segment
 * @param members how many are in both
 * @param share of the reported segment's members, above 0 and at most 1
 */
public record SharedMembers(String segment, long members, double share) {}
