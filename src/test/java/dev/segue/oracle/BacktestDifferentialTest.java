// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.ErasureSettings;
import dev.segue.config.IdentitySettings;
import dev.segue.config.LimitSettings;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.Origin;
import dev.segue.event.SmallShop;
import dev.segue.plan.Plan;
import dev.segue.plan.PlanOptions;
import dev.segue.plan.identity.Linking;
import dev.segue.replay.EventsInMemory;
import dev.segue.replay.Replay;
import dev.segue.replay.Until;
import dev.segue.replay.backtest.Backtest;
import dev.segue.replay.backtest.BacktestPart;
import dev.segue.replay.backtest.BacktestReport;
import dev.segue.replay.backtest.BacktestWindow;
import dev.segue.replay.backtest.Both;
import dev.segue.replay.backtest.ComparedSet;
import dev.segue.replay.backtest.DefinitionReport;
import dev.segue.replay.backtest.SegmentReport;
import dev.segue.replay.backtest.SideReport;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A backtest of random sets of definitions over random histories counts what a replay of the same events under each set
 * publishes. {@code -Dsegue.cases=N} and {@code -Dsegue.seed=S} as for {@link DifferentialTest}.
 */
class BacktestDifferentialTest {
    private static final int HISTORIES_EACH = 8;
    /** A case compiles four plans. */
    private static final int SHARE_OF_CASES = 20;

    private final DefinitionReader reader = new DefinitionReader(SmallShop.VOCABULARY);
    private long compared;

    @Test
    void countsWhatReplayPublishes() {
        long seed = Long.getLong("segue.seed", 20251101);
        int cases = Integer.getInteger("segue.cases", 20_000) / SHARE_OF_CASES;
        for (int done = 0; done < cases; done += HISTORIES_EACH) {
            Dice dice = new Dice(seed * 1_000_003 + done);
            String place = "seed " + seed + " case " + done;
            try {
                definitions(dice, place);
            } catch (InvalidDefinitions invalid) {
                throw new AssertionError(place, invalid);
            }
        }
        assertThat(compared).isGreaterThan(cases / 2);
    }

    private void definitions(Dice dice, String place) throws InvalidDefinitions {
        Grammar grammar = new Grammar(dice);
        List<DefinitionTerm> terms = new ArrayList<>();
        List<String> segments = new ArrayList<>();
        for (int number = 2; number >= 0; number--) {
            DefinitionTerm term = grammar.definition("s" + number, segments);
            terms.add(term);
            segments.addAll(term.segments());
        }
        Case first = new Case(
                terms, List.of(), new Edit(dice.roll(4) - 1, dice.once(2), List.of()), 0, "UTC", "", Origin.WORDS);
        String edited =
                first.withSteps(List.of(new Step.Becomes(0, ""))).history().get(0) instanceof Step.Becomes becomes
                        ? becomes.yaml()
                        : "";
        Both<List<Definition>> sets = new Both<>(dice.once(5) ? List.of() : read(edited), read(first.yaml()));
        Histories histories = new Histories(dice, grammar.durations()).withoutLinks();
        histories = first.comparesCustomers() ? histories.withCounts() : histories;
        for (int number = 0; number < HISTORIES_EACH; number++) {
            compare(sets, histories.history(), dice, place + "+" + number);
        }
    }

    private List<Definition> read(String yaml) throws InvalidDefinitions {
        return yaml.isBlank() ? List.of() : reader.read(List.of(new DefinitionText("case.yaml", yaml)));
    }

    private void compare(Both<List<Definition>> sets, List<Step> steps, Dice dice, String place) {
        List<Event> events = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Step.Happens happens) {
                events.add(happens.event());
            }
        }
        if (events.isEmpty()) {
            return;
        }
        ZoneId zone = ZoneId.of(dice.any("UTC", "Europe/Berlin", "America/New_York"));
        long last = events.stream().mapToLong(Event::time).max().orElseThrow();
        Until end = dice.once(2) ? new Until.AfterLast(86_400_000L) : new Until.At(last - dice.any(0, 0, 1));
        long from = dice.once(2)
                ? Long.MIN_VALUE
                : events.get(dice.roll(events.size())).time();
        PlanOptions options = PlanOptions.defaults().withZone(zone);
        BacktestReport report = backtest(sets, events, options, new BacktestWindow(from, end), dice.once(2));
        Both<List<Change>> changes = sets.map(set -> replay(set, events, options, end));
        for (DefinitionReport definition : report.definitions()) {
            for (SegmentReport segment : definition.segments()) {
                String where = place + " " + segment.name();
                Expected before = new Expected(segment.before(), segment.name(), changes.before(), from, zone);
                Expected after = new Expected(segment.after(), segment.name(), changes.after(), from, zone);
                before.check(where + " old");
                after.check(where + " new");
                Set<String> entering = new HashSet<>(after.members);
                entering.removeAll(before.members);
                Set<String> leaving = new HashSet<>(before.members);
                leaving.removeAll(after.members);
                assertThat(segment.activation().enters()).as(where).isEqualTo(entering.size());
                assertThat(segment.activation().exits()).as(where).isEqualTo(leaving.size());
                assertThat(segment.onlyAfter())
                        .extracting(sample -> sample.customer())
                        .as(where)
                        .containsExactlyInAnyOrderElementsOf(entering);
                assertThat(segment.onlyBefore())
                        .allSatisfy(sample -> assertThat(sample.change()).isNotNull());
                compared++;
            }
        }
    }

    private static BacktestReport backtest(
            Both<List<Definition>> sets,
            List<Event> events,
            PlanOptions options,
            BacktestWindow window,
            boolean parts) {
        Backtest backtest = new Backtest(
                sets.map(set -> new ComparedSet("set", set)),
                SmallShop.VOCABULARY,
                options,
                new Linking(IdentitySettings.defaults(), LimitSettings.defaults()),
                ErasureSettings.defaults(),
                window);
        if (!parts || backtest.comparesCustomers()) {
            backtest.read(new EventsInMemory(events), any -> {});
            return backtest.report();
        }
        for (int part = 0; part < 2; part++) {
            int wanted = part;
            BacktestPart one = backtest.part();
            one.apply(events.stream()
                    .filter(event -> Math.floorMod(event.customerId().hashCode(), 2) == wanted)
                    .toList());
            one.rest();
            backtest.take(one);
        }
        return backtest.report();
    }

    private static List<Change> replay(List<Definition> set, List<Event> events, PlanOptions options, Until end) {
        Plan plan = Plan.compile(set, SmallShop.VOCABULARY, options);
        return new Replay(plan).run(new EventsInMemory(events), end).changes();
    }

    /** The statistics of one segment, counted from a replay's changes. */
    private static final class Expected {
        private final SideReport side;
        private final Set<String> members = new HashSet<>();
        private final Map<String, Integer> entries = new HashMap<>();
        private final Map<LocalDate, List<Long>> days = new TreeMap<>();
        private long inside;
        private long atStart;
        private long entered;
        private long exited;

        Expected(SideReport side, String segment, List<Change> changes, long from, ZoneId zone) {
            this.side = side;
            if (side != null) {
                changes.stream()
                        .filter(change -> change.segment().equals(segment))
                        .forEach(change -> add(change, from, zone));
            }
        }

        private void add(Change change, long from, ZoneId zone) {
            if (change.kind() == Change.Kind.UPDATED) {
                return;
            }
            boolean enters = change.kind() == Change.Kind.ENTERED;
            boolean unused = enters ? members.add(change.customerId()) : members.remove(change.customerId());
            inside += enters ? 1 : -1;
            if (change.effectiveAt().toEpochMilli() < from) {
                atStart = inside;
                return;
            }
            entered += enters ? 1 : 0;
            exited += enters ? 0 : 1;
            if (enters) {
                entries.merge(change.customerId(), 1, Integer::sum);
            }
            LocalDate day = change.effectiveAt().atZone(zone).toLocalDate();
            List<Long> known = days.getOrDefault(day, List.of(0L, 0L, 0L));
            days.put(day, List.of(inside, known.get(1) + (enters ? 1 : 0), known.get(2) + (enters ? 0 : 1)));
        }

        void check(String where) {
            if (side == null) {
                return;
            }
            assertThat(side.members()).as(where).isEqualTo(members.size());
            assertThat(side.membersAtStart()).as(where).isEqualTo(atStart);
            assertThat(side.entered()).as(where).isEqualTo(entered);
            assertThat(side.exited()).as(where).isEqualTo(exited);
            assertThat(side.stays().closed()).as(where).isEqualTo(exited);
            assertThat(side.stays().open()).as(where).isEqualTo(members.size());
            assertThat(side.flips().once()).as(where).isEqualTo(entries.size());
            assertThat(side.flips().twice()).as(where).isEqualTo(atLeast(2));
            assertThat(side.flips().fiveTimes()).as(where).isEqualTo(atLeast(5));
            Map<LocalDate, List<Long>> counted = new TreeMap<>();
            side.days().forEach(day -> counted.put(day.date(), List.of(day.members(), day.entered(), day.exited())));
            assertThat(counted).as(where).isEqualTo(days);
        }

        private long atLeast(int times) {
            return entries.values().stream().filter(count -> count >= times).count();
        }
    }
}
