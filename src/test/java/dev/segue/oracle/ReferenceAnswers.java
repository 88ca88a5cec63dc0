// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The oracle for tests that have definitions and events of their own: what is true of a log, told without the engine.
 * Ticks between the events are not told; where there were some, events later than them only come late.
 */
public final class ReferenceAnswers {
    private final Oracle oracle;
    private final List<Answer> answers = new ArrayList<>();

    /** @param definitions the texts of definition files */
    public ReferenceAnswers(Vocabulary vocabulary, List<String> definitions) {
        OracleLanguage language = new OracleLanguage(vocabulary, ZoneOffset.UTC, new OracleMoney(""));
        oracle = new Oracle(OracleDefinition.read(String.join("\n---\n", definitions), language), language);
    }

    /** A change that must be told. */
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

    /** An event is accepted; whether it is a duplicate is told here. */
    public void event(Event event) {
        keep(oracle.apply(event, Long.MIN_VALUE, event.time()));
    }

    /** Time has come to an instant for every customer. */
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
