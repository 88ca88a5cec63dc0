// SPDX-License-Identifier: Apache-2.0
package dev.segue.catalogue;

import dev.segue.event.TriggerDecision;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decision of a trigger as a scenario expects it.
 *
 * @param until null if time alone does not change the decision
 * @param send what is sent; null if not stated
 */
record ExpectedDecision(
        String customer,
        String trigger,
        TriggerDecision.Kind kind,
        Instant at,
        @Nullable Instant until,
        @Nullable Map<String, Object> send) {

    /**
     * Reads {@code ann welcome WAITING 2026-03-02T11:00Z until 2026-03-02T11:10Z}, or a map with this as its {@code decision}
     * and with {@code send}.
     */
    static ExpectedDecision read(Object step) {
        if (step instanceof Map<?, ?> map) {
            return read(String.valueOf(map.get("decision")), ExpectedChange.map(map.get("send")));
        }
        return read(String.valueOf(step), null);
    }

    private static ExpectedDecision read(String line, @Nullable Map<String, Object> send) {
        String[] words = line.split(" ", -1);
        if (words.length != 4 && !(words.length == 6 && words[4].equals("until"))) {
            throw new IllegalArgumentException(
                    "a decision is customer, trigger, kind, instant and perhaps until and an instant, not '" + line
                            + "'");
        }
        return new ExpectedDecision(
                words[0],
                words[1],
                TriggerDecision.Kind.valueOf(words[2]),
                instant(words[3]),
                words.length == 6 ? instant(words[5]) : null,
                send);
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    /** The actual decision; with what was sent only if the expected one states it. */
    static ExpectedDecision of(TriggerDecision decision, @Nullable ExpectedDecision asked) {
        return new ExpectedDecision(
                decision.customerId(),
                decision.trigger(),
                decision.kind(),
                decision.decidedAt(),
                decision.until(),
                asked == null || asked.send == null ? null : decision.payload());
    }
}
