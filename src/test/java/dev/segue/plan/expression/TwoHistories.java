// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Streams;
import dev.segue.event.Event;
import dev.segue.event.OriginPrecedence;
import dev.segue.event.SmallShop;
import dev.segue.plan.Scenario;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Limit;
import dev.segue.plan.state.Zones;
import dev.segue.serde.state.StateCodec;
import dev.segue.value.EvaluationException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One person with two ids: the united states of both must answer as a state that saw every event in order of (time,
 * arrival). The second history arrived after the first.
 */
final class TwoHistories {
    static final Instant START = Instant.parse("2025-11-01T10:00:00Z");
    static final Duration HOUR = Duration.ofHours(1);
    static final Duration DAY = Duration.ofDays(1);

    private static final long SEED = Long.getLong("segue.seed", 20251129);
    /** Each case is evaluated at many instants, so a few of the cases that the differential test has are enough. */
    private static final int CASES = Math.max(20, Integer.getInteger("segue.cases", 20_000) / 200);

    private static final int INSTANTS = 10;

    /** Generates one event of a history. */
    interface Happening {
        Event at(Instant time, String id, SplittableRandom random);
    }

    private record Question(String text, Node node, List<Reading> readings) {}

    private record Answer(Object value, boolean approximate, long stableUntil) {}

    private final List<Aggregate> aggregates;
    private final List<Question> questions = new ArrayList<>();
    private final Map<Limit, Integer> reached = new EnumMap<>(Limit.class);
    private int exact;
    private int approximate;

    /** @param expressions which are all evaluated; windows are an hour or a day */
    TwoHistories(String... expressions) {
        Streams streams = new Streams(SmallShop.VOCABULARY);
        AggregateNeeds needs =
                new AggregateNeeds(SmallShop.VOCABULARY, streams, new Zones(ZoneOffset.UTC), OriginPrecedence.usual());
        List<Expression> parsed = parse(expressions);
        for (int index = 0; index < expressions.length; index++) {
            ExpressionCompiler compiler = new ExpressionCompiler(streams, needs);
            Node node = compiler.compile(parsed.get(index));
            questions.add(new Question(expressions[index], node, compiler.readings()));
        }
        aggregates = needs.build();
    }

    private static List<Expression> parse(String... expressions) {
        StringBuilder yaml = new StringBuilder("segment: s\nwhen: activity.count() > 0\ncarry:\n");
        for (int index = 0; index < expressions.length; index++) {
            yaml.append("  e")
                    .append(index)
                    .append(": \"")
                    .append(expressions[index])
                    .append("\"\n");
        }
        try {
            List<Definition> read = new DefinitionReader(SmallShop.VOCABULARY)
                    .read(List.of(new DefinitionText("expressions.yaml", yaml.toString())));
            return List.copyOf(read.get(0).carry().values());
        } catch (InvalidDefinitions invalid) {
            throw new AssertionError(invalid.getMessage(), invalid);
        }
    }

    /** The state of one id. */
    final class Id {
        private CustomerState state = new CustomerState("ann");
        private long now = Long.MIN_VALUE;
        private final List<Limit> limits = new ArrayList<>();

        Id add(List<Event> events) {
            events.forEach(this::add);
            return this;
        }

        private void add(Event event) {
            now = Math.max(now, event.time());
            Frame frame = new Frame(event);
            for (Aggregate aggregate : aggregates) {
                if (aggregate.eventTypes().contains(event.type().name())) {
                    try {
                        aggregate.add(state.aggregates(), event.time(), frame, now);
                    } catch (EvaluationException none) {
                        // As in a plan, the other aggregates receive the event.
                    }
                }
            }
            limits.addAll(frame.limits());
        }

        /** Unites this with the other; afterwards the other is empty, and reusing it does not affect this. */
        Id merge(Id other) {
            // Caches the bytes: a change that does not announce itself would then be lost when the state is stored.
            byte[] unused = StateCodec.write(state);
            limits.clear();
            now = Math.max(now, other.now);
            for (Aggregate aggregate : aggregates) {
                aggregate.merge(state.aggregates(), other.state.aggregates(), now, limits::add);
            }
            assertThat(other.state.aggregates().size()).isZero();
            return this;
        }

        /** A copy by way of its stored bytes. */
        Id stored() {
            Id stored = new Id();
            stored.state = StateCodec.read("ann", StateCodec.write(state));
            stored.now = now;
            return stored;
        }

        /** The limits that the latest merge reached, and those of events after it. */
        List<Limit> limits() {
            return limits;
        }

        Object value(String expression) {
            return answer(question(expression), this, now).value();
        }

        boolean isApproximate(String expression) {
            return answer(question(expression), this, now).approximate();
        }
    }

    private Question question(String text) {
        return questions.stream()
                .filter(question -> question.text().equals(text))
                .findFirst()
                .orElseThrow();
    }

    Id id(Event... events) {
        return new Id().add(List.of(events));
    }

    private static Answer answer(Question question, Id id, long at) {
        Frame frame = new Frame(id.state, at);
        Object value;
        try {
            value = question.node().value(frame);
        } catch (EvaluationException none) {
            value = "no value: " + none.getMessage();
        }
        boolean approximate = false;
        for (Reading reading : question.readings()) {
            try {
                approximate |= reading.evidence(frame).approximate();
            } catch (EvaluationException none) {
                // A reading without a value cannot have decided the result.
            }
        }
        return new Answer(value, approximate, question.node().stableUntil(frame));
    }

    /** Random histories of a few events each, with frequent ties and late events: every answer must be exact. */
    TwoHistories agreeOnFewEvents(Happening happening) {
        for (int number = 0; number < CASES; number++) {
            agree(SEED + number, happening, 24, Duration.ofMinutes(10), true);
        }
        assertThat(approximate).isZero();
        assertThat(exact).isPositive();
        return this;
    }

    /** Random histories of many events: an answer must be exact or marked. */
    TwoHistories agreeOnManyEvents(int cases, int events, Duration apart, Happening happening) {
        for (int number = 0; number < cases; number++) {
            agree(SEED + number, happening, events, apart, false);
        }
        return this;
    }

    /** Returns how often merging reached each limit. */
    Map<Limit, Integer> reached() {
        return reached;
    }

    int exact() {
        return exact;
    }

    int approximate() {
        return approximate;
    }

    private void agree(long seed, Happening happening, int most, Duration apart, boolean few) {
        SplittableRandom random = new SplittableRandom(seed);
        int length = few ? random.nextInt(most + 1) : most - random.nextInt(most / 2);
        int share = random.nextInt(5);
        List<Event> first = new ArrayList<>();
        List<Event> second = new ArrayList<>();
        for (int number = 0; number < length; number++) {
            Event event = happening.at(time(random, length, apart, few), "e" + number, random);
            (random.nextInt(4) < share ? first : second).add(event);
        }
        arrive(first, random);
        arrive(second, random);
        List<Event> union = inOrder(first, second);
        Id united = new Id().add(first);
        Id other = new Id().add(second);
        united = (random.nextBoolean() ? united : united.stored()).merge(random.nextBoolean() ? other : other.stored());
        Id whole = new Id().add(union);
        compare(seed + ", united", united, whole, union, few);
        united.limits.forEach(limit -> reached.merge(limit, 1, Integer::sum));
        List<Event> later = new ArrayList<>();
        for (int number = random.nextInt(6); number > 0; number--) {
            later.add(happening.at(time(random, length, apart, few), "l" + number, random));
        }
        compare(seed + ", later", united.add(later), whole.add(later), inOrder(union, later), few);
        other.add(later);
        compare(seed + ", other id reused", united, whole, union, few);
    }

    /** Few events are in multiples of a short time, often exactly one window apart; ties are frequent. */
    private static Instant time(SplittableRandom random, int length, Duration apart, boolean few) {
        if (!few) {
            return START.plusMillis(random.nextLong(length * apart.toMillis()));
        }
        Duration whole = random.nextInt(8) == 0 ? DAY : Duration.ZERO;
        return START.plus(whole)
                .plus(apart.multipliedBy(random.nextInt(12)))
                .plusMillis(random.nextInt(4) == 0 ? 1 : 0);
    }

    /** Brings the events of one id in the order in which they arrive: in time, some late, or at random. */
    private static void arrive(List<Event> events, SplittableRandom random) {
        int kind = random.nextInt(3);
        Random order = new Random(random.nextLong());
        if (kind < 2) {
            events.sort(Comparator.comparingLong(Event::time));
        } else {
            Collections.shuffle(events, order);
        }
        for (int late = kind == 1 && !events.isEmpty() ? 3 : 0; late > 0; late--) {
            events.add(events.remove(order.nextInt(events.size())));
        }
    }

    private static List<Event> inOrder(List<Event> first, List<Event> second) {
        return Stream.concat(first.stream(), second.stream())
                .sorted(Comparator.comparingLong(Event::time))
                .toList();
    }

    private void compare(String seed, Id united, Id whole, List<Event> union, boolean few) {
        assertThat(united.now).isEqualTo(whole.now);
        Id stored = united.stored();
        for (long at : instants(whole.now, union)) {
            for (Question question : questions) {
                Answer wanted = answer(question, whole, at);
                Answer found = answer(question, united, at);
                String because = "seed " + seed + ", " + question.text() + " at " + Instant.ofEpochMilli(at) + " of "
                        + (few ? union.toString() : union.size() + " events");
                assertThat(answer(question, stored, at))
                        .as(because + ", stored")
                        .isEqualTo(found);
                // The whole history may have passed a limit that neither part has reached.
                if (found.approximate() || wanted.approximate()) {
                    approximate++;
                } else {
                    exact++;
                    assertThat(found).as(because).isEqualTo(wanted);
                }
            }
        }
    }

    /** The present, and the instants around those at which an event leaves a window. */
    private static List<Long> instants(long now, List<Event> union) {
        TreeSet<Long> borders = new TreeSet<>();
        for (Event event : union) {
            for (Duration window : List.of(HOUR, DAY)) {
                long border = event.time() + window.toMillis();
                if (border > now) {
                    borders.add(border - 1);
                    borders.add(border);
                }
            }
        }
        List<Long> instants = new ArrayList<>(List.of(now));
        int step = Math.max(1, borders.size() / INSTANTS);
        int index = 0;
        for (long border : borders) {
            // Two neighbours of every few, so that both sides of a border are met.
            if (index++ / 2 % step == 0) {
                instants.add(border);
            }
        }
        return instants;
    }

    /** An event with {@code field=value} pairs. */
    static Event event(Instant at, String id, String type, String... values) {
        return Scenario.read(id, at.toString(), "ann", type, values);
    }
}
