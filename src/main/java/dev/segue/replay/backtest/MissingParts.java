// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionParts;
import dev.segue.definition.DefinitionRule;
import dev.segue.definition.language.Expression;
import dev.segue.plan.explain.Missing;
import dev.segue.plan.explain.Why;
import dev.segue.plan.state.CustomerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lists what keeps a customer out of a segment. */
final class MissingParts {
    private MissingParts() {}

    /** @param now the instant, in milliseconds since the epoch */
    static List<String> of(Definition definition, String segment, CustomerState state, Why why, long now) {
        Map<String, Expression> parts = DefinitionParts.of(definition);
        List<String> missing = new ArrayList<>();
        if (definition.rule() instanceof DefinitionRule.Group) {
            missing.addAll(Missing.of(why.evaluate(parts.get(segment), state, now), true));
            return missing;
        }
        if (parts.containsKey("when")) {
            missing.addAll(Missing.of(why.evaluate(parts.get("when"), state, now), true));
        }
        if (parts.containsKey("until")) {
            missing.addAll(Missing.of(why.evaluate(parts.get("until"), state, now), false));
        }
        return missing;
    }
}
