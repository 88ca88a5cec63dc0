// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.segue.event.Cause;
import dev.segue.event.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A change in a form in which the engine's and the oracle's can be compared. */
record Told(
        String customer,
        String segment,
        Change.Kind kind,
        @Nullable Object value,
        @Nullable String group,
        Instant effectiveAt,
        Instant detectedAt,
        @Nullable Instant enteredAt,
        Cause cause,
        List<Why> evidence,
        Map<String, Object> carry,
        boolean correction,
        boolean backfilled,
        @Nullable String mergedInto) {

    /** One line of evidence. */
    record Why(String expression, Object value, boolean atLeast) {
        boolean agreesWith(Why oracle) {
            boolean bound =
                    atLeast && value instanceof Long least && oracle.value instanceof Long truth && truth >= least;
            return expression.equals(oracle.expression) && (bound || value.equals(oracle.value));
        }
    }

    /** Converts the engine's change. */
    static Told of(Change change, OracleLanguage language) {
        List<Why> evidence = new ArrayList<>();
        change.evidence()
                .forEach(line -> evidence.add(
                        new Why(language.canonical(line.expression()), plain(line.value()), line.atLeast())));
        return new Told(
                change.customerId(),
                change.segment(),
                change.kind(),
                change.value(),
                change.group(),
                change.effectiveAt(),
                change.detectedAt(),
                change.enteredAt(),
                change.cause(),
                evidence,
                new LinkedHashMap<>(change.carry()),
                change.correction(),
                change.backfilled(),
                change.mergedInto());
    }

    /** The least value of a percentile depends on how values are counted; the oracle compares each with each. */
    private static Object plain(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Map<Object, Object> plain = new LinkedHashMap<>(map);
        plain.keySet().removeIf(key -> key.toString().startsWith("from_"));
        return plain;
    }

    /** Returns whether this change of the engine agrees with the oracle's. */
    boolean agreesWith(Told oracle) {
        boolean same = withEvidence(List.of(), comparedTo(oracle)).equals(oracle.withEvidence(List.of(), oracle.cause))
                && List.copyOf(carry.keySet()).equals(List.copyOf(oracle.carry.keySet()))
                && evidence.size() == oracle.evidence.size();
        for (int line = 0; same && line < evidence.size(); line++) {
            same = evidence.get(line).agreesWith(oracle.evidence.get(line));
        }
        return same;
    }

    private Cause comparedTo(Told oracle) {
        boolean unclear = oracle.cause.equals(OracleFacts.PERHAPS)
                && List.of(Cause.DEADLINE, Cause.POPULATION, Cause.PRODUCT).contains(cause);
        return unclear ? oracle.cause : cause;
    }

    Told withoutPercentiles() {
        return withEvidence(
                evidence.stream()
                        .filter(line -> !line.expression().contains(".percentile()"))
                        .toList(),
                cause);
    }

    private Told withEvidence(List<Why> lines, Cause because) {
        return new Told(
                customer,
                segment,
                kind,
                value,
                group,
                effectiveAt,
                detectedAt,
                enteredAt,
                because,
                lines,
                carry,
                correction,
                backfilled,
                mergedInto);
    }

    /** The change in the form of scenarios. */
    String brief() {
        return customer + " " + segment + " " + kind + " " + effectiveAt;
    }
}
