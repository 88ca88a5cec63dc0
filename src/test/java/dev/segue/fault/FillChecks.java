// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Change;
import dev.segue.event.Change.Kind;
import dev.segue.oracle.ReferenceAnswers.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Compares everything that was told with an engine that had the definitions since the first event. */
final class FillChecks {
    /** Their carry is told whenever it changes. */
    private static final Set<String> UPDATED = Set.of("loyal", "browsing");

    private final List<Change> told;
    private final int latestEdit;

    /** @param latestEdit how many changes had been told before the latest edit */
    FillChecks(List<Change> told, int latestEdit) {
        this.told = told;
        this.latestEdit = latestEdit;
    }

    /** The memberships that result from changes, each with value, group and, if it is kept up to date, carry. */
    static Map<String, String> members(List<Change> changes) {
        Map<String, String> members = new TreeMap<>();
        for (Change change : changes) {
            if (change.kind() == Kind.EXITED) {
                members.remove(key(change));
            } else {
                String carry =
                        UPDATED.contains(change.segment()) ? change.carry().toString() : "";
                members.put(key(change), change.value() + " " + change.group() + " " + carry);
            }
        }
        return members;
    }

    private static String key(Change change) {
        return change.customerId() + " " + change.segment();
    }

    /**
     * Nothing is told twice: nobody enters again without having left, or leaves without having entered. Whoever entered
     * in the past, by the latest edit, is told when.
     */
    void requireBeginnings(FillReference reference) {
        Map<String, Change> latest = new HashMap<>();
        Set<String> ids = new HashSet<>();
        for (Change change : told) {
            assertThat(ids.add(change.changeId())).as("told once: " + change).isTrue();
            Change before = change.kind() == Kind.EXITED ? latest.remove(key(change)) : latest.put(key(change), change);
            assertThat(before == null).as("%s after %s", change, before).isEqualTo(change.kind() == Kind.ENTERED);
        }
        Map<String, Instant> beginnings = new HashMap<>();
        for (Change change : reference.changes()) {
            if (change.kind() == Kind.ENTERED) {
                beginnings.put(key(change), change.effectiveAt());
            }
        }
        Set<String> ofLatestEdit = told.subList(latestEdit, told.size()).stream()
                .map(Change::changeId)
                .collect(Collectors.toSet());
        for (Change change : latest.values()) {
            if (change.kind() == Kind.ENTERED && change.backfilled() && ofLatestEdit.contains(change.changeId())) {
                assertThat(change.enteredAt()).as(change.toString()).isEqualTo(beginnings.get(key(change)));
            }
        }
    }

    /**
     * Compares the memberships, all changes of definitions that were never edited, and all changes after the last edit.
     *
     * @param before the engine after the last edit
     * @param toldBefore what had been told then
     */
    void requireEqual(FillReference reference, FillReference before, List<Change> toldBefore) {
        requireBeginnings(reference);
        assertThat(byCustomer(told, FillChecks::isSteady))
                .isEqualTo(byCustomer(reference.changes(), FillChecks::isSteady));
        assertThat(after(byCustomer(told, change -> true), byCustomer(toldBefore, change -> true)))
                .as("after the last edit")
                .isEqualTo(after(
                        byCustomer(reference.changes(), change -> true), byCustomer(before.changes(), change -> true)));
        requireOracle(reference);
    }

    /** The engine is right itself. */
    private static void requireOracle(FillReference reference) {
        Map<String, List<String>> answers = new TreeMap<>();
        for (Answer answer : reference.answers()) {
            answers.computeIfAbsent(answer.customer(), customer -> new ArrayList<>())
                    .add(answer.toString());
        }
        Map<String, List<String>> changes = new TreeMap<>();
        for (Change change : reference.changes()) {
            changes.computeIfAbsent(change.customerId(), customer -> new ArrayList<>())
                    .add(new Answer(
                                    change.customerId(),
                                    change.segment(),
                                    change.kind(),
                                    change.effectiveAt(),
                                    change.value())
                            .toString());
        }
        assertThat(changes).isEqualTo(answers);
    }

    private static boolean isSteady(Change change) {
        return change.segment().startsWith(FillDefinitions.STEADY);
    }

    /** When a customer had entered is left out: it depends on which version told it. */
    private static Map<String, List<String>> byCustomer(List<Change> changes, Predicate<Change> which) {
        Map<String, List<String>> texts = new TreeMap<>();
        changes.stream()
                .filter(which)
                .forEach(change -> texts.computeIfAbsent(change.customerId(), customer -> new ArrayList<>())
                        .add(change.segment() + " " + change.kind() + " " + change.effectiveAt() + " " + change.cause()
                                + " " + change.value() + " " + change.evidence() + " " + change.carry()));
        return texts;
    }

    private static Map<String, List<String>> after(Map<String, List<String>> all, Map<String, List<String>> before) {
        Map<String, List<String>> after = new TreeMap<>();
        all.forEach((customer, texts) -> {
            List<String> later =
                    texts.subList(before.getOrDefault(customer, List.of()).size(), texts.size());
            if (!later.isEmpty()) {
                after.put(customer, later);
            }
        });
        return after;
    }
}
