// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import dev.segue.definition.Definition;
import org.jspecify.annotations.Nullable;

/** A segment, choice or trait of a definition that is new, changed or removed. */
record ReportedSegment(String name, DefinitionChange definition) {

    boolean isBefore() {
        return defines(definition.before());
    }

    boolean isAfter() {
        return defines(definition.after());
    }

    private boolean defines(@Nullable Definition side) {
        return side != null && side.segments().contains(name);
    }
}
