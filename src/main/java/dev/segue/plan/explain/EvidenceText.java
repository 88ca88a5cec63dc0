// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.explain;

import dev.segue.event.Evidence;
import dev.segue.value.ValueText;

/** One piece of evidence as a clause, such as {@code order_completed.count() is at least 2}. */
public final class EvidenceText {
    private EvidenceText() {}

    /** Returns the clause, with remarks about how exact the value is. */
    public static String of(Evidence evidence) {
        return evidence.expression() + " is " + (evidence.atLeast() ? "at least " : "")
                + ValueText.of(evidence.value())
                + (evidence.atLeast() ? " (the plan counts no further than necessary)" : "")
                + (evidence.approximate() ? " (approximate: a limit was reached)" : "")
                + (evidence.historySince() == null
                        ? ""
                        : " (events from before " + evidence.historySince() + " are unknown)");
    }

    /** Returns the clause without remarks, for lists. */
    public static String brief(Evidence evidence) {
        return evidence.expression() + " is "
                + (evidence.approximate() ? "about " : evidence.atLeast() ? "at least " : "")
                + ValueText.of(evidence.value());
    }
}
