// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.TriggerDecision;
import dev.segue.plan.state.InputProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What has happened under one id, and under those that go on as it. */
final class PersonTrace {
    /** An entry and its place in the order of arrival. */
    private record Numbered<E>(long number, E entry) {}

    private final List<Numbered<Event>> events = new ArrayList<>();
    private final List<Numbered<Change>> changes = new ArrayList<>();
    private final List<Numbered<TriggerDecision>> decisions = new ArrayList<>();
    private final List<Numbered<CustomerHistory.Flaw>> flaws = new ArrayList<>();
    private long duplicates;
    private @Nullable Long erasedAt;

    void event(long number, Event event) {
        events.add(new Numbered<>(number, event));
    }

    void change(long number, Change change) {
        changes.add(new Numbered<>(number, change));
    }

    void decision(long number, TriggerDecision decision) {
        decisions.add(new Numbered<>(number, decision));
    }

    void flaw(long number, Event event, InputProblem problem) {
        flaws.add(new Numbered<>(number, new CustomerHistory.Flaw(event, problem)));
    }

    void duplicate() {
        duplicates++;
    }

    /** Nothing before is known any more, except the changes that were published. */
    void erased(long at) {
        erasedAt = erasedAt == null ? at : Math.max(erasedAt, at);
        events.clear();
        flaws.clear();
    }

    /** Adds what has happened under another id of the same person. */
    void add(PersonTrace other) {
        events.addAll(other.events);
        changes.addAll(other.changes);
        decisions.addAll(other.decisions);
        flaws.addAll(other.flaws);
        duplicates += other.duplicates;
    }

    List<Event> events() {
        return inOrder(events);
    }

    List<Change> changes() {
        return inOrder(changes);
    }

    List<TriggerDecision> decisions() {
        return inOrder(decisions);
    }

    List<CustomerHistory.Flaw> flaws() {
        return inOrder(flaws);
    }

    private static <E> List<E> inOrder(List<Numbered<E>> entries) {
        Function<Numbered<E>, Long> number = Numbered::number;
        return entries.stream()
                .sorted(Comparator.comparing(number))
                .map(Numbered::entry)
                .toList();
    }

    long duplicates() {
        return duplicates;
    }

    @Nullable
    Long erasedAt() {
        return erasedAt;
    }
}
