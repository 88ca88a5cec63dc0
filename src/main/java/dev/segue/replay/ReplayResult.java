// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import dev.segue.event.Change;
import dev.segue.event.TriggerDecision;
import java.util.List;

/**
 * The result of a replay.
 *
 * @param changes ordered by effective instant, then customer, then emission: at one instant in dependency order, and
 *     within a group the EXITED before the ENTERED
 * @param decisions of triggers, ordered by instant, then customer, then emission
 */
public record ReplayResult(List<Change> changes, List<TriggerDecision> decisions, ReplaySummary summary) {}
