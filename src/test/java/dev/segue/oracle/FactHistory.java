// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Generates what a shop says of its products: stocks that come and go, prices that fall, products that are withdrawn. */
final class FactHistory {
    /** What happens to few products meets more facts. */
    static final List<String> PRODUCTS = List.of("a", "a", "a", "a", "b", "b", "ab", "b ");

    /** Names that events have in {@code variant} or, fewer, in {@code sku}. */
    static final List<String> VARIANTS = List.of("red", "red", "red", "blue", "a", "ab");

    private final Dice dice;
    private final List<Long> durations;
    private final List<Step.Informed> said = new ArrayList<>();

    FactHistory(Dice dice, List<Long> durations) {
        this.dice = dice;
        this.durations = durations;
    }

    /** One or several facts that are published after each other, at an instant. */
    List<Step> next(long now) {
        List<Step> steps = new ArrayList<>();
        for (int number = dice.any(1, 1, 1, 2, 3); number > 0; number--) {
            Step.Seen seen = dice.any(
                    Step.Seen.AT_ONCE,
                    Step.Seen.AT_ONCE,
                    Step.Seen.NEXT_TIME,
                    Step.Seen.NEXT_TIME,
                    Step.Seen.LATE,
                    Step.Seen.EARLY);
            long ahead = seen == Step.Seen.EARLY ? ahead() : 0;
            Step.Informed step = !said.isEmpty() && dice.once(8)
                    ? again(now, seen, ahead)
                    : new Step.Informed(now, dice.any(PRODUCTS), facts(), seen, ahead);
            said.add(step);
            steps.add(step);
        }
        return steps;
    }

    private Step.Informed again(long now, Step.Seen seen, long ahead) {
        Step.Informed before = dice.any(said);
        return new Step.Informed(now, before.product(), before.facts(), seen, ahead);
    }

    private long ahead() {
        return dice.oneOf(List.of(() -> 1L, () -> 13L, () -> dice.any(durations), () -> dice.between(1, 60_000)));
    }

    private Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        if (dice.once(12)) {
            return facts; // withdrawn
        }
        stated(facts, 8);
        if (dice.once(2)) {
            facts.put("category", dice.any(Literals.TEXTS));
        }
        if (dice.once(3)) {
            facts.put(
                    "launched_at",
                    dice.any(
                            "2025-10-01T00:00:00Z",
                            "2025-11-01T10:00:30Z",
                            "2025-11-01T11:00:00Z",
                            "2025-11-01T10:30:00Z",
                            "2025-11-02T00:00:00Z",
                            "2025-11-08T00:00:00Z"));
        }
        if (!dice.once(3)) {
            facts.put("variants", variants());
        }
        return facts;
    }

    private Map<String, Map<String, Object>> variants() {
        Map<String, Map<String, Object>> variants = new LinkedHashMap<>();
        for (int number = dice.any(1, 1, 2, 2, 3); number > 0; number--) {
            Map<String, Object> own = new LinkedHashMap<>();
            stated(own, 3);
            variants.put(dice.any(VARIANTS), own);
        }
        return variants;
    }

    /** @param unknown of so many, one stock is unknown */
    private void stated(Map<String, Object> facts, int unknown) {
        if (!dice.once(unknown)) {
            facts.put("stock", dice.any(0, 0, 0, 1, 2, 3, 5, 7));
        }
        if (!dice.once(3)) {
            facts.put("price", dice.any(0.0, 0.1, 0.3, 0.5, 1.0, 1.8, 2.0, 2.5, 19.95));
        }
        for (String text : List.of("name", "url", "image")) {
            if (dice.once(5)) {
                facts.put(text, dice.any(Literals.TEXTS));
            }
        }
    }
}
