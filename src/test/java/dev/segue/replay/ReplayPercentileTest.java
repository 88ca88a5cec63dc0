// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Cause;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReplayPercentileTest {
    private static final Vocabulary VOCABULARY = SmallShop.VOCABULARY;
    private static final String UPPER_HALF = """
            segment: upper-half
            when: form_submitted.map(f, f.score).sum().percentile() >= 50.0
            population: {minimum: 2}
            """;

    private int events;

    @Test
    void countsEventsUpToAndIncludingTheFullMinute() {
        assertThat(replay(UPPER_HALF, "10:03:00", score("10:00:10", "ann", 1), score("10:01:00", "bob", 2)))
                .containsExactly("10:01:00 bob upper-half ENTERED");
        assertThat(replay(UPPER_HALF, "10:03:00", score("10:00:10", "ann", 1), score("10:01:00.001", "bob", 2)))
                .containsExactly("10:02:00 bob upper-half ENTERED");
    }

    @Test
    void comparesAtTheEndEvenBetweenFullMinutes() {
        assertThat(replay(UPPER_HALF, "10:00:30.007", score("10:00:10", "ann", 1), score("10:00:20", "bob", 2)))
                .containsExactly("10:00:30.007 bob upper-half ENTERED");
    }

    @Test
    void withoutAnEndComparesAtTheLastEvent() {
        Event[] events = {score("10:00:10", "ann", 1), score("10:00:20", "bob", 2)};
        assertThat(run(UPPER_HALF, new Until.Nowhere(), events))
                .extracting(ReplayPercentileTest::line)
                .containsExactly("10:00:20 bob upper-half ENTERED");
    }

    @Test
    void movesCustomerWithoutEventsWhenOthersPass() {
        List<Change> changes = run(
                UPPER_HALF,
                until("10:05:00"),
                score("10:00:10", "ann", 1),
                score("10:00:20", "bob", 2),
                score("10:02:30", "ann", 5));
        assertThat(changes)
                .extracting(ReplayPercentileTest::line)
                .containsExactly(
                        "10:01:00 bob upper-half ENTERED",
                        // By the cuts of 10:01, whoever has 6 is above all; by those of 10:03, bob is below ann.
                        "10:02:30 ann upper-half ENTERED",
                        "10:03:00 bob upper-half EXITED");
        assertThat(changes.get(0).cause()).isEqualTo(Cause.POPULATION);
        assertThat(changes.get(1).cause().eventId()).isNotNull();
        assertThat(changes.get(2).cause()).isEqualTo(Cause.POPULATION);
        assertThat(changes.get(2).evidence().toString())
                .contains("percentile=0.0")
                .contains("customers=2");
    }

    @Test
    void equalValuesShareTheLowerPlace() {
        assertThat(replay(
                        UPPER_HALF,
                        "10:05:00",
                        score("10:00:10", "ann", 3),
                        score("10:00:20", "bob", 3),
                        score("10:00:30", "cid", 3)))
                .isEmpty();
        assertThat(replay(
                        UPPER_HALF,
                        "10:05:00",
                        score("10:00:10", "ann", 3),
                        score("10:00:20", "bob", 4),
                        score("10:00:30", "cid", 4)))
                .as("a third is lower")
                .isEmpty();
        assertThat(replay(
                        UPPER_HALF,
                        "10:05:00",
                        score("10:00:10", "ann", 3),
                        score("10:00:20", "bob", 3),
                        score("10:00:30", "cid", 4),
                        score("10:00:40", "dan", 4)))
                .containsExactly("10:01:00 cid upper-half ENTERED", "10:01:00 dan upper-half ENTERED");
    }

    @Test
    void nobodyHasPercentileBelowMinimum() {
        String of = UPPER_HALF.replace("minimum: 2", "minimum: 3");
        Event[] two = {score("10:00:10", "ann", 1), score("10:00:20", "bob", 2)};
        assertThat(replay(of, "10:05:00", two)).isEmpty();
        assertThat(replay(of, "10:05:00", two[0], two[1], score("10:01:10", "cid", 0)))
                .as("nothing is counted for a value of zero")
                .isEmpty();
        assertThat(replay(of, "10:05:00", two[0], two[1], score("10:01:10", "cid", 3)))
                .containsExactly("10:02:00 cid upper-half ENTERED");
    }

    @Test
    void comparesMembersOfASegment() {
        String among = """
                segment: reader
                when: page_viewed.within('1h').count() > 0
                ---
                segment: upper-half
                when: form_submitted.map(f, f.score).sum().percentile() >= 50.0
                among: reader
                population: {minimum: 2}
                """;
        assertThat(replay(
                        among,
                        "12:00:00",
                        event("10:00:00", "ann", "page_viewed"),
                        event("10:30:00", "bob", "page_viewed"),
                        event("10:40:00", "cid", "page_viewed"),
                        score("10:41:00", "bob", 1),
                        score("10:42:00", "cid", 2),
                        score("10:43:00", "dan", 9)))
                .containsExactly(
                        "10:00:00 ann reader ENTERED",
                        "10:30:00 bob reader ENTERED",
                        "10:40:00 cid reader ENTERED",
                        // Above the two zeros.
                        "10:41:00 bob upper-half ENTERED",
                        // Of three, one is below bob, and two are below cid.
                        "10:42:00 bob upper-half EXITED",
                        "10:42:00 cid upper-half ENTERED",
                        // Without ann, bob is the lowest of two, and then cid is alone.
                        "11:00:00 ann reader EXITED",
                        "11:30:00 bob reader EXITED",
                        "11:30:00 cid upper-half EXITED",
                        "11:40:00 cid reader EXITED");
    }

    @Test
    void erasedCustomersAreNotCounted() {
        assertThat(replay(
                        UPPER_HALF,
                        "10:05:00",
                        score("10:00:10", "ann", 1),
                        score("10:00:20", "bob", 2),
                        event("10:01:30", "ann", "customer_erased")))
                .containsExactly("10:01:00 bob upper-half ENTERED", "10:02:00 bob upper-half EXITED");
    }

    @Test
    void onePersonIsCountedOnce() {
        assertThat(replay(
                        UPPER_HALF,
                        "10:05:00",
                        score("10:00:10", "ann", 1),
                        score("10:00:20", "bob", 2),
                        event("10:01:30", "ann", "customers_merged", "other_id", "bob")))
                .containsExactly(
                        "10:01:00 bob upper-half ENTERED",
                        "10:01:30 bob upper-half EXITED",
                        // Both together have 3, above all that were counted at 10:01. At 10:02, nobody else is left.
                        "10:02:00 ann upper-half EXITED");
    }

    @Test
    void lateEventTakesEffectAfterTheMinutesThatHavePassed() {
        assertThat(replay(
                        UPPER_HALF,
                        "10:05:00",
                        score("10:00:10", "ann", 1),
                        score("10:00:20", "bob", 2),
                        event("10:03:30", "cid", "page_viewed"),
                        score("10:00:30", "cid", 5)))
                .containsExactly(
                        "10:01:00 bob upper-half ENTERED",
                        "10:03:30 cid upper-half ENTERED",
                        "10:04:00 bob upper-half EXITED");
    }

    @Test
    void membersAtTheEndAreThoseOfASortedList() {
        for (int seed = 0; seed < 40; seed++) {
            compareWithSortedList(new Random(seed), "seed " + seed);
        }
    }

    private void compareWithSortedList(Random random, String seed) {
        int minimum = 1 + random.nextInt(30);
        double upper = random.nextInt(1001) / 10.0;
        double lower = random.nextInt(1001) / 10.0;
        String segments = """
                segment: upper
                when: form_submitted.within('3h').map(f, f.score).sum().percentile() >= %s
                population: {minimum: %d}
                ---
                segment: reader
                when: page_viewed.count() > 0
                ---
                segment: lower
                when: form_submitted.map(f, f.score).sum().percentile() < %s
                among: reader
                population: {minimum: %d}
                """.formatted(upper, minimum, lower, minimum);
        List<Event> all = new ArrayList<>();
        Map<String, Long> lately = new HashMap<>();
        Map<String, Long> ever = new HashMap<>();
        Set<String> readers = new TreeSet<>();
        long start = at("06:00:00");
        long end = at("14:00:00");
        for (long time = start; time < end; time += random.nextInt(240_000)) {
            String customer = "c" + random.nextInt(40);
            if (random.nextInt(8) == 0) {
                all.add(event(text(time), customer, "page_viewed"));
                readers.add(customer);
            } else {
                long score = random.nextInt(12) - 1L;
                all.add(score(text(time), customer, score));
                ever.merge(customer, score, Long::sum);
                if (time > end - 3 * 3_600_000) {
                    lately.merge(customer, score, Long::sum);
                }
            }
        }
        lately.values().removeIf(value -> value == 0);
        Map<String, Long> ofReaders = new HashMap<>();
        readers.forEach(customer -> ofReaders.put(customer, ever.getOrDefault(customer, 0L)));
        Map<String, Set<String>> members = new HashMap<>();
        for (Change change : run(segments, new Until.At(end), all.toArray(Event[]::new))) {
            Set<String> inside = members.computeIfAbsent(change.segment(), absent -> new TreeSet<>());
            if (change.kind() == Change.Kind.ENTERED) {
                inside.add(change.customerId());
            } else if (change.kind() == Change.Kind.EXITED) {
                inside.remove(change.customerId());
            }
        }
        Set<String> above = new TreeSet<>();
        Set<String> below = new TreeSet<>();
        percentiles(lately, minimum).forEach((customer, percentile) -> {
            if (percentile >= upper) {
                above.add(customer);
            }
        });
        percentiles(ofReaders, minimum).forEach((customer, percentile) -> {
            if (percentile < lower) {
                below.add(customer);
            }
        });
        assertThat(members.getOrDefault("upper", Set.of())).as(seed).isEqualTo(above);
        assertThat(members.getOrDefault("lower", Set.of())).as(seed).isEqualTo(below);
    }

    private static Map<String, Double> percentiles(Map<String, Long> values, int minimum) {
        Map<String, Double> percentiles = new HashMap<>();
        if (values.size() >= minimum) {
            List<Long> sorted = values.values().stream().sorted().toList();
            values.forEach((customer, value) -> {
                long tenths = 1000L * sorted.indexOf(value) / values.size();
                percentiles.put(customer, tenths / 10.0);
            });
        }
        return percentiles;
    }

    @Test
    void equalEventsYieldEqualChanges() {
        List<Event> all = new ArrayList<>();
        Random random = new Random(1);
        for (int minute = 0; minute < 600; minute++) {
            all.add(score(
                    "%02d:%02d:00".formatted(8 + minute / 60, minute % 60),
                    "c" + random.nextInt(30),
                    random.nextInt(9)));
        }
        List<Change> first = run(UPPER_HALF, until("20:00:00"), all.toArray(Event[]::new));
        assertThat(first).hasSizeGreaterThan(100);
        assertThat(run(UPPER_HALF, until("20:00:00"), all.toArray(Event[]::new)))
                .isEqualTo(first);
    }

    private static long at(String time) {
        return Instant.parse("2025-01-01T" + time + "Z").toEpochMilli();
    }

    private static String text(long time) {
        return Instant.ofEpochMilli(time).toString().substring(11).replace("Z", "");
    }

    private static Until until(String time) {
        return new Until.At(at(time));
    }

    private static String line(Change change) {
        return change.effectiveAt().toString().substring(11).replace("Z", "") + " " + change.customerId() + " "
                + change.segment() + " " + change.kind();
    }

    private Event score(String time, String customer, long score) {
        return event(time, customer, "form_submitted", "score", score);
    }

    private Event event(String time, String customer, String name, Object... more) {
        EventType type = VOCABULARY.get(name);
        Object[] values = new Object[type.record().fields().size()];
        values[CommonFields.EVENT_ID] = "e" + ++events;
        values[CommonFields.OCCURRED_AT] = Instant.ofEpochMilli(at(time));
        for (int index = 0; index < more.length; index += 2) {
            values[type.record().slot((String) more[index])] = more[index + 1];
        }
        return new Event(type, customer, new Fields(type.record(), values));
    }

    private static List<String> replay(String segments, String until, Event... events) {
        return run(segments, until(until), events).stream()
                .map(ReplayPercentileTest::line)
                .toList();
    }

    private static List<Change> run(String segments, Until until, Event... events) {
        try {
            Plan plan = Plan.compile(
                    new DefinitionReader(VOCABULARY).read(List.of(new DefinitionText("test.yaml", segments))),
                    VOCABULARY);
            return new Replay(plan)
                    .run(new EventsInMemory(List.of(events)), until)
                    .changes();
        } catch (InvalidDefinitions invalid) {
            throw new AssertionError(invalid);
        }
    }
}
