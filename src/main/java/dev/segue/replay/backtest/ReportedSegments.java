// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The segments of all definitions that are not unchanged, each with a position. */
final class ReportedSegments {
    private final List<ReportedSegment> segments = new ArrayList<>();
    private final Both<Map<String, Integer>> positions = new Both<>(new HashMap<>(), new HashMap<>());

    ReportedSegments(List<DefinitionChange> changes) {
        for (DefinitionChange change : changes) {
            if (change.status() != DefinitionChange.Status.UNCHANGED) {
                change.segments().forEach(name -> add(new ReportedSegment(name, change)));
            }
        }
    }

    private void add(ReportedSegment segment) {
        if (segment.isBefore()) {
            positions.before().put(segment.name(), segments.size());
        }
        if (segment.isAfter()) {
            positions.after().put(segment.name(), segments.size());
        }
        segments.add(segment);
    }

    int size() {
        return segments.size();
    }

    ReportedSegment get(int position) {
        return segments.get(position);
    }

    List<ReportedSegment> all() {
        return segments;
    }

    /** Returns the positions by the segments' names, under each set of definitions. */
    Both<Map<String, Integer>> positions() {
        return positions;
    }
}
