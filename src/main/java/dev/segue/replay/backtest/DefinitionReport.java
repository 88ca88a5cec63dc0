// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import java.util.List;

/**
 * One definition under both sets.
 *
 * @param segments one; for a group, one per choice
 */
public record DefinitionReport(DefinitionChange change, List<SegmentReport> segments) {

    /** What activating the new set would publish for all segments together. */
    public Activation activation() {
        return segments.stream().map(SegmentReport::activation).reduce(Activation.NONE, Activation::and);
    }
}
