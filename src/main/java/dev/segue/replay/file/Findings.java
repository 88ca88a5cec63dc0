// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what is read as it is written, although it probably means something else, with the first place of each kind. */
public final class Findings {
    private final Map<ReadReport.Finding.Kind, Long> counts = new EnumMap<>(ReadReport.Finding.Kind.class);
    private final Map<ReadReport.Finding.Kind, ReadReport.Line> first = new EnumMap<>(ReadReport.Finding.Kind.class);

    /** @param line from 1 */
    public void add(ReadReport.Finding.Kind kind, long line, String detail) {
        counts.merge(kind, 1L, Long::sum);
        first.putIfAbsent(kind, new ReadReport.Line(line, detail));
    }

    public List<ReadReport.Finding> list() {
        List<ReadReport.Finding> all = new ArrayList<>();
        first.forEach((kind, line) -> all.add(new ReadReport.Finding(kind, counts.getOrDefault(kind, 0L), line)));
        return List.copyOf(all);
    }
}
