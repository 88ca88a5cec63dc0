// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import dev.segue.event.TriggerDecision;
import dev.segue.value.ValueText;

/** One line about a decision of a trigger. */
public final class DecisionText {
    private DecisionText() {}

    public static String of(TriggerDecision decision) {
        return ValueText.instant(decision.decidedAt().toEpochMilli()) + "  " + decision.kind()
                + (decision.until() == null
                        ? ""
                        : " until " + ValueText.instant(decision.until().toEpochMilli()))
                + "  " + decision.reason();
    }
}
