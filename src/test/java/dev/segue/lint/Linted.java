// SPDX-License-Identifier: Apache-2.0
package dev.segue.lint;

import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.SmallShop;
import dev.segue.plan.PlanOptions;
import dev.segue.yaml.Problem;
import java.util.List;

/** The warnings about definitions of a small shop. */
final class Linted {
    private Linted() {}

    static List<Problem> text(String yaml) {
        try {
            return Lint.warnings(
                    new DefinitionReader(SmallShop.VOCABULARY)
                            .check(List.of(new DefinitionText("test.yaml", yaml)), List.of()),
                    SmallShop.VOCABULARY,
                    PlanOptions.defaults());
        } catch (InvalidDefinitions invalid) {
            throw new IllegalArgumentException(invalid.getMessage(), invalid);
        }
    }

    /** The warnings about one condition. */
    static List<Problem> when(String condition) {
        return text("segment: s\nwhen: >-\n  " + condition + "\n");
    }

    static List<String> messages(List<Problem> warnings) {
        return warnings.stream()
                .map(warning -> warning.line() + ":" + warning.column() + ": " + warning.message())
                .toList();
    }
}
