// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import dev.segue.definition.DefinitionRule;
import java.util.List;

/** All triggers, with what they sent in the last 30 days and what came of it. */
public record TriggersPage(List<TriggerRow> rows) {
    public static TriggersPage of(ConsoleData data) {
        LiveDefinitions live = data.definitions();
        long from = TimeRange.MONTH.starts(data.now(), live.zone()).get(0);
        return new TriggersPage(live.definitions().stream()
                .filter(definition -> definition.rule() instanceof DefinitionRule.Trigger)
                .map(definition -> TriggerRow.of(definition, (DefinitionRule.Trigger) definition.rule(), data, from))
                .toList());
    }
}
