// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Change;
import dev.segue.event.CommonFields;
import dev.segue.event.Event;
import dev.segue.event.EventType;
import dev.segue.event.Fields;
import dev.segue.event.SmallShop;
import dev.segue.event.Vocabulary;
import dev.segue.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final Vocabulary VOCABULARY = SmallShop.VOCABULARY;
    private static final String SEGMENTS = """
            segment: viewer
            when: product_viewed.within('1h').count() > 0
            ---
            segment: any-viewer
            when: product_viewed.count() > 0
            """;

    @Test
    void ordersChangesByInstantThenCustomer() {
        ReplayResult result = replay(
                new Until.AfterLast(7_200_000),
                view("bob", "1", "10:00"),
                view("ann", "2", "10:00"),
                view("ann", "3", "11:30"));
        assertThat(result.changes())
                .extracting(ReplayTest::line)
                .containsExactly(
                        "10:00 ann any-viewer ENTERED",
                        "10:00 ann viewer ENTERED",
                        "10:00 bob any-viewer ENTERED",
                        "10:00 bob viewer ENTERED",
                        "11:00 ann viewer EXITED",
                        "11:00 bob viewer EXITED",
                        "11:30 ann viewer ENTERED",
                        "12:30 ann viewer EXITED");
    }

    @Test
    void leavesOutEventsAfterTheInstantAtWhichItEnds() {
        Event last = view("ann", "2", "11:00");
        Until end = new Until.At(last.time());
        ReplayResult result = replay(end, view("ann", "1", "10:00"), last, view("bob", "3", "11:01"));
        assertThat(result.summary().events()).isEqualTo(2);
        assertThat(result.summary().leftOut()).isEqualTo(1);
        assertThat(result.summary().customers()).isEqualTo(1);
        assertThat(result.changes()).extracting(Change::customerId).containsOnly("ann");
        ReplayResult earlier = replay(new Until.At(last.time() - 1), last);
        assertThat(earlier.changes()).isEmpty();
        assertThat(earlier.summary().leftOut()).isEqualTo(1);
    }

    @Test
    void keepsOrderOfEmissionAtOneInstant() {
        ReplayResult result = replay(
                """
                group: interest
                first:
                  hot: product_viewed.count() >= 2
                  warm: product_viewed.count() >= 1
                ---
                segment: x-base
                when: product_viewed.count() >= 2
                ---
                segment: c-in-the-middle
                when: in_segment('x-base')
                ---
                segment: b-on-top
                when: in_segment('c-in-the-middle') && in_segment('hot')
                """,
                new Until.Nowhere(),
                view("ann", "1", "10:00"),
                view("bob", "2", "10:00"),
                view("bob", "3", "11:00"),
                view("ann", "4", "11:00"));
        assertThat(result.changes())
                .extracting(ReplayTest::line)
                .containsExactly(
                        "10:00 ann warm ENTERED",
                        "10:00 bob warm ENTERED",
                        "11:00 ann warm EXITED",
                        "11:00 ann hot ENTERED",
                        "11:00 ann x-base ENTERED",
                        "11:00 ann c-in-the-middle ENTERED",
                        "11:00 ann b-on-top ENTERED",
                        "11:00 bob warm EXITED",
                        "11:00 bob hot ENTERED",
                        "11:00 bob x-base ENTERED",
                        "11:00 bob c-in-the-middle ENTERED",
                        "11:00 bob b-on-top ENTERED");
    }

    @Test
    void stopsAtLastEventOfEachCustomerByDefault() {
        ReplayResult result = replay(new Until.Nowhere(), view("bob", "1", "10:00"), view("ann", "2", "12:00"));
        assertThat(result.changes()).extracting(Change::kind).doesNotContain(Change.Kind.EXITED);
    }

    @Test
    void firesDeadlineExactlyAtUntilButNotAfter() {
        Instant deadline = Instant.parse("2025-01-01T11:00:00Z");
        assertThat(replay(new Until.At(deadline.toEpochMilli() - 1), view("ann", "1", "10:00"))
                        .changes())
                .hasSize(2);
        List<Change> changes = replay(new Until.At(deadline.toEpochMilli()), view("ann", "1", "10:00"))
                .changes();
        assertThat(changes).hasSize(3);
        assertThat(changes.get(2).effectiveAt()).isEqualTo(deadline);
        assertThat(changes.get(2).detectedAt()).isEqualTo(deadline);
    }

    @Test
    void countsDuplicatesAndCustomersAndChanges() {
        ReplaySummary summary = replay(
                        new Until.AfterLast(3_600_000),
                        view("ann", "1", "10:00"),
                        view("ann", "1", "10:00"),
                        view("bob", "1", "10:30"))
                .summary();
        assertThat(summary.events()).isEqualTo(3);
        assertThat(summary.duplicates()).isEqualTo(1);
        assertThat(summary.customers()).isEqualTo(2);
        assertThat(summary.changes())
                .containsEntry("any-viewer", Map.of(Change.Kind.ENTERED, 2L))
                .containsEntry("viewer", Map.of(Change.Kind.ENTERED, 2L, Change.Kind.EXITED, 2L));
    }

    @Test
    void orderOfCustomersDoesNotMatter() {
        List<Event> events = new ArrayList<>();
        for (int customer = 0; customer < 200; customer++) {
            events.add(view("c" + customer, "e" + customer, "10:" + String.format("%02d", customer % 60)));
        }
        List<Change> first = replay(new Until.AfterLast(7_200_000), events.toArray(Event[]::new))
                .changes();
        Collections.shuffle(events, new Random(20250101));
        assertThat(replay(new Until.AfterLast(7_200_000), events.toArray(Event[]::new))
                        .changes())
                .isEqualTo(first);
        assertThat(first).hasSize(600);
    }

    @Test
    void doesNothingWithoutEvents() {
        ReplayResult result = replay(new Until.AfterLast(1));
        assertThat(result.changes()).isEmpty();
        assertThat(result.summary().events()).isZero();
    }

    private static String line(Change change) {
        return change.effectiveAt().toString().substring(11, 16) + " " + change.customerId() + " " + change.segment()
                + " " + change.kind();
    }

    private static Event view(String customer, String id, String time) {
        EventType type = VOCABULARY.get("product_viewed");
        Object[] values = new Object[type.record().fields().size()];
        values[CommonFields.EVENT_ID] = id;
        values[CommonFields.OCCURRED_AT] = Instant.parse("2025-01-01T" + time + ":00Z");
        return new Event(type, customer, new Fields(type.record(), values));
    }

    private static ReplayResult replay(Until until, Event... events) {
        return replay(SEGMENTS, until, events);
    }

    private static ReplayResult replay(String segments, Until until, Event... events) {
        try {
            Plan plan = Plan.compile(
                    new DefinitionReader(VOCABULARY).read(List.of(new DefinitionText("test.yaml", segments))),
                    VOCABULARY);
            return new Replay(plan).run(new EventsInMemory(List.of(events)), until);
        } catch (InvalidDefinitions invalid) {
            throw new AssertionError(invalid);
        }
    }
}
