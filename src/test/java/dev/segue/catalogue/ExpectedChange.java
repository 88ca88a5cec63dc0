// SPDX-License-Identifier: Apache-2.0
package dev.segue.catalogue;

import dev.segue.event.Change;
import dev.segue.event.Evidence;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change as a scenario expects it. Parts that the scenario does not state (value, evidence or carry) may be anything.
 *
 * @param value of a trait; null if not stated
 * @param because the evidence by expression, in order, computed from the whole history even if the plan stores only a
 *     bound; null if not stated
 * @param carry null if not stated
 */
record ExpectedChange(
        String customer,
        String segment,
        Change.Kind kind,
        Instant at,
        boolean correction,
        @Nullable Object value,
        @Nullable Map<String, Object> because,
        @Nullable Map<String, Object> carry) {
    private static final Set<String> KEYS = Set.of("change", "value", "because", "carry");

    /** Reads {@code {change: ann cart-abandoned ENTERED 2026-03-02T11:00Z, because: ..., carry: ...}}. */
    static ExpectedChange read(Map<String, Object> step) {
        if (!KEYS.containsAll(step.keySet())) {
            throw new IllegalArgumentException("an expected change has " + KEYS + ", not " + step.keySet());
        }
        String[] words = String.valueOf(step.get("change")).split(" ", -1);
        if (words.length < 4 || words.length > 5 || (words.length == 5 && !words[4].equals("correction"))) {
            throw new IllegalArgumentException(
                    "'change' is customer, segment, kind, instant and perhaps correction, not '" + step.get("change")
                            + "'");
        }
        return new ExpectedChange(
                words[0],
                words[1],
                Change.Kind.valueOf(words[2]),
                OffsetDateTime.parse(words[3]).toInstant(),
                words.length == 5,
                plain(step.get("value")),
                map(step.get("because")),
                map(step.get("carry")));
    }

    ExpectedChange withoutEvidence() {
        return new ExpectedChange(customer, segment, kind, at, correction, value, null, carry);
    }

    /** Lines for people, in one format for expected and actual changes. */
    String text() {
        StringBuilder text = new StringBuilder(
                customer + " " + segment + " " + kind + " " + at + (correction ? " correction" : "") + "\n");
        if (value != null) {
            text.append("  value ").append(value).append('\n');
        }
        lines("because", because, text);
        lines("carry", carry, text);
        return text.toString();
    }

    private static void lines(String title, @Nullable Map<String, Object> values, StringBuilder text) {
        if (values != null) {
            text.append("  ").append(title).append('\n');
            values.forEach((name, value) ->
                    text.append("    ").append(name).append(": ").append(value).append('\n'));
        }
    }

    /**
     * The actual change in the same form; if a change was expected here, only with the parts that the expectation
     * states.
     */
    static ExpectedChange of(Change change, @Nullable ExpectedChange asked) {
        Map<String, Object> because = new LinkedHashMap<>();
        for (Evidence evidence : change.evidence()) {
            because.put(evidence.expression(), told(evidence, asked == null ? null : asked.because));
        }
        return new ExpectedChange(
                change.customerId(),
                change.segment(),
                change.kind(),
                change.effectiveAt(),
                change.correction(),
                asked != null && asked.value == null ? null : change.value(),
                asked != null && asked.because == null ? null : because,
                asked != null && asked.carry == null ? null : change.carry());
    }

    /** A bound agrees with any number that is not below it; the expected value is the exact one. */
    private static Object told(Evidence evidence, @Nullable Map<String, Object> because) {
        if (!evidence.atLeast()) {
            return evidence.approximate() ? "about " + evidence.value() : evidence.value();
        }
        Object expected = because == null ? null : because.get(evidence.expression());
        return expected instanceof Long number && number >= (Long) evidence.value()
                ? expected
                : "at least " + evidence.value();
    }

    @SuppressWarnings("unchecked") // YAML's maps have text for keys.
    static @Nullable Map<String, Object> map(@Nullable Object value) {
        return value == null ? null : (Map<String, Object>) plain(value);
    }

    /** YAML's numbers as changes contain them: a Double if they have a decimal point, else a Long. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((key, part) -> plain.put((String) key, plain(part)));
            return plain;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ExpectedChange::plain).toList();
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.doubleValue();
        }
        return value instanceof Integer number ? (Object) number.longValue() : value;
    }
}
