// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import dev.segue.definition.DefinitionRule;
import dev.segue.event.TriggerDecision;
import java.util.List;
import java.util.Map;

/**
 * One definition under both sets.
 *
 * @param segments one; for a group, one per choice
 * @param decisions how often a trigger decided what, under the old and the new set; empty for all others
 */
public record DefinitionReport(
        DefinitionChange change, List<SegmentReport> segments, Both<Map<TriggerDecision.Kind, Long>> decisions) {

    /** Returns whether it decides what is sent, instead of who is in a segment. */
    public boolean isTrigger() {
        return change.latest().rule() instanceof DefinitionRule.Trigger;
    }

    /** What activating the new set would publish for all segments together. */
    public Activation activation() {
        return segments.stream().map(SegmentReport::activation).reduce(Activation.NONE, Activation::and);
    }
}
