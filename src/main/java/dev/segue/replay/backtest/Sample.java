// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import dev.segue.event.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer who is a member at the end under one set only.
 *
 * @param change since which the sets disagree; null if it was not kept
 * @param ofNewSet true if the new set yielded the change
 * @param missing what would have to change for the customer to enter under the other set, as {@code why} lists it;
 *     empty if the other set does not have the segment
 */
public record Sample(String customer, @Nullable Change change, boolean ofNewSet, List<String> missing) {}
