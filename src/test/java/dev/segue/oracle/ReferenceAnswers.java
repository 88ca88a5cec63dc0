// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.Origin;
import dev.segue.event.Vocabulary;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The oracle for tests with their own definitions and events: computes the correct changes of a log without the engine.
 * It does not receive the ticks between events; with ticks, only later events may differ, because they arrive late.
 */
public final class ReferenceAnswers {
    private final Oracle oracle;
    private final List<Answer> answers = new ArrayList<>();

    /** @param definitions the texts of definition files */
    public ReferenceAnswers(Vocabulary vocabulary, List<String> definitions) {
        OracleLanguage language = new OracleLanguage(vocabulary, ZoneOffset.UTC, Origin.WORDS, new OracleMoney(""));
        oracle = new Oracle(OracleDefinition.read(String.join("\n---\n", definitions), language), language);
    }

    /** An expected change. */
    public record Answer(
            String customer,
            String segment,
            Change.Kind kind,
            Instant effectiveAt,
            @Nullable Object value) {
        @Override
        public String toString() {
            return segment + " " + kind + " " + effectiveAt + (value == null ? "" : " " + value);
        }
    }

    /** Adds an accepted event; detects duplicates itself. */
    public void event(Event event) {
        keep(oracle.apply(event, Long.MIN_VALUE, event.time(), customer -> {}));
    }

    /** Advances every customer to an instant. */
    public void timeIs(Instant instant) {
        long now = instant.toEpochMilli();
        for (String customer : List.copyOf(oracle.customers())) {
            keep(oracle.advance(customer, now, now));
        }
    }

    private void keep(List<Told> told) {
        told.forEach(change -> answers.add(
                new Answer(change.customer(), change.segment(), change.kind(), change.effectiveAt(), change.value())));
    }

    /** Every change so far; those of one customer in order. */
    public List<Answer> answers() {
        return List.copyOf(answers);
    }
}
