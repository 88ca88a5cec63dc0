// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest.report;

import dev.segue.event.TriggerDecision;
import dev.segue.replay.backtest.DefinitionReport;
import java.util.ArrayList;
import java.util.List;

/**
 * How often a trigger decided something.
 *
 * @param old under the old set of definitions
 * @param changed under the new set
 */
public record DecisionRows(TriggerDecision.Kind decision, long old, long changed) {

    /** Returns a row for each decision that was made under one of the sets; none for a definition that is no trigger. */
    static List<DecisionRows> of(DefinitionReport definition) {
        List<DecisionRows> rows = new ArrayList<>();
        for (TriggerDecision.Kind kind : TriggerDecision.Kind.values()) {
            long old = definition.decisions().before().getOrDefault(kind, 0L);
            long changed = definition.decisions().after().getOrDefault(kind, 0L);
            if (old + changed > 0) {
                rows.add(new DecisionRows(kind, old, changed));
            }
        }
        return rows;
    }
}
