// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Cause;
import dev.segue.event.Origin;
import dev.segue.event.TriggerDecision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs random definitions and random histories through the engine, a replay and the oracle, and compares the results.
 * {@code -Dsegue.cases=N} runs more or fewer cases, {@code -Dsegue.seed=S} others; a failing case is shrunk and printed
 * as a test.
 */
class DifferentialTest {
    /** Compiling definitions takes as long as eight histories. */
    private static final int HISTORIES_EACH = 16;
    /** A replay repeats the oracle's work, so only some histories go through one. */
    private static final int REPLAYED_EVERY = 8;

    private static final int SHRINKING_BUDGET = 20_000;

    /** In so many cases, every kind of decision occurs. */
    private static final int RARE_KINDS = 5000;

    /** One set of definitions in this number has triggers. */
    private static final int TRIGGERS_EVERY = Integer.getInteger("segue.triggers.every", 3);

    private static final List<String> ZONES = List.of("UTC", "UTC", "UTC", "Europe/Berlin", "America/New_York");

    private static final List<List<String>> ORIGINS =
            List.of(Origin.WORDS, Origin.WORDS, List.of("observed", "bought", "partner", "stated"));

    private static final List<String> CURRENCIES = List.of("", "EUR", "EUR");

    /** A trial's compiler serves one thread. */
    private final ThreadLocal<Map<String, Trial>> trials = ThreadLocal.withInitial(HashMap::new);

    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong activations = new AtomicLong();
    private final AtomicLong backfilled = new AtomicLong();
    private final AtomicLong moved = new AtomicLong();
    private final AtomicLong informed = new AtomicLong();
    private final Map<TriggerDecision.Kind, Long> decisions = new ConcurrentSkipListMap<>();

    @Test
    void engineAndOracleAgree() {
        long seed = Long.getLong("segue.seed", 20251101);
        int cases = Integer.getInteger("segue.cases", 20_000);
        System.out.println("differential test: " + cases + " cases from seed " + seed);
        long start = System.nanoTime();
        // Each block of cases has its own random numbers, so the order in which threads take blocks has no effect.
        IntStream.range(
                        Integer.getInteger("segue.from", 0) / HISTORIES_EACH,
                        (cases + HISTORIES_EACH - 1) / HISTORIES_EACH)
                .map(block -> block * HISTORIES_EACH)
                .parallel()
                .forEach(done -> definitions(new Dice(seed * 1_000_003 + done), "seed " + seed + " case " + done));
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "differential test: %d cases from seed %d, %d changes (%d by other definitions, %d of them from the past, %d by cuts, %d by facts), %d definitions refused,"
                        + " %.0f cases/s on %d cores%n",
                cases,
                seed,
                changes.get(),
                activations.get(),
                backfilled.get(),
                moved.get(),
                informed.get(),
                refused.get(),
                cases / seconds,
                Runtime.getRuntime().availableProcessors());
        System.out.println("differential test: decisions " + decisions);
        // Generated definitions should be valid: a refusal is a gap in the grammar or in the language.
        assertThat(refused.get()).isLessThan(cases / HISTORIES_EACH / 100 + 1);
        assertThat(changes.get()).isGreaterThan(cases);
        assertThat(activations.get()).isGreaterThan(cases / 100);
        assertThat(backfilled.get()).isGreaterThan(cases / 100);
        assertThat(moved.get()).isGreaterThan(cases / 100);
        assertThat(informed.get()).isGreaterThan(cases / 100);
        if (cases >= RARE_KINDS) {
            assertThat(decisions).containsOnlyKeys(TriggerDecision.Kind.values());
        }
    }

    private void definitions(Dice dice, String place) {
        Grammar grammar = new Grammar(dice);
        List<DefinitionTerm> definitions = new ArrayList<>();
        List<String> segments = new ArrayList<>();
        for (int number = dice.any(1, 1, 2, 3); number > 0; number--) {
            DefinitionTerm definition = grammar.definition("s" + number, segments);
            definitions.add(definition);
            segments.addAll(definition.segments());
        }
        List<DefinitionTerm> added = new ArrayList<>(added(grammar, definitions, dice));
        if (dice.once(TRIGGERS_EVERY)) {
            TriggerGrammar triggers = new TriggerGrammar(grammar, dice, List.copyOf(definitions));
            definitions.addAll(triggers.definitions());
            List<DefinitionTerm> edited = triggers.edited();
            added.removeIf(other -> Stream.concat(definitions.stream(), edited.stream())
                    .anyMatch(trigger ->
                            trigger.needsTrait(other.name()) && !other.kind().equals("trait")));
            added.addAll(edited);
        }
        Edit edit = new Edit(dice.roll(definitions.size() + 1) - 1, dice.once(2), List.copyOf(added));
        Case first =
                new Case(definitions, List.of(), edit, 0, dice.any(ZONES), dice.any(CURRENCIES), dice.any(ORIGINS));
        try {
            Histories histories = new Histories(dice, grammar.durations());
            if (first.comparesCustomers()) {
                histories.withCounts();
            }
            if (first.asksAboutProducts()) {
                histories.withFacts();
            }
            if (definitions.stream().anyMatch(DefinitionTerm::isAboutSending)) {
                histories.withTriggers();
            }
            histories(first, histories, dice, place);
        } catch (InvalidDefinitions invalid) {
            refused.incrementAndGet();
            System.out.println("refused at " + place + ": " + invalid.getMessage() + "\n" + first.yaml());
        } catch (RuntimeException broken) {
            throw new AssertionError(place + "\n" + first.yaml(), broken);
        }
    }

    /** Returns a new definition, or another one for a name that exists; often none. */
    private static List<DefinitionTerm> added(Grammar grammar, List<DefinitionTerm> known, Dice dice) {
        int replaced = dice.roll(2 * known.size() + 2);
        if (replaced >= known.size()) {
            List<String> segments =
                    known.stream().flatMap(one -> one.segments().stream()).toList();
            return replaced == known.size() ? List.of(grammar.definition("s0", segments)) : List.of();
        }
        // Others may ask about a segment, so it stays one; and it asks only about those before it, as it did before.
        DefinitionTerm before = known.get(replaced);
        List<String> segments = known.subList(0, replaced).stream()
                .flatMap(one -> one.segments().stream())
                .toList();
        DefinitionTerm other = grammar.definition(before.name(), segments);
        boolean fits = other.segments().equals(before.segments())
                && before.keys().containsKey("update") == other.keys().containsKey("update");
        return fits ? List.of(other) : List.of();
    }

    private void histories(Case first, Histories histories, Dice dice, String place) throws InvalidDefinitions {
        Trial trial = trial(first);
        Trial.Pair both = trial.compile(first.yaml());
        for (int number = 0; number < HISTORIES_EACH; number++) {
            Case next = first.withSteps(histories.history()).withRestartEvery(dice.any(0, 1, 3));
            List<Told> told = new ArrayList<>();
            Optional<Trial.Disagreement> disagreement = trial.run(both, next.history(), next.restartEvery(), told);
            if (disagreement.isEmpty() && number % REPLAYED_EVERY == 0) {
                disagreement = trial.replay(both, next.history());
            }
            trial.decisions().forEach((kind, times) -> decisions.merge(kind, times, Long::sum));
            trial.decisions().clear();
            changes.addAndGet(told.size());
            moved.addAndGet(told.stream()
                    .filter(change -> change.cause().equals(Cause.POPULATION))
                    .count());
            informed.addAndGet(told.stream()
                    .filter(change -> change.cause().equals(Cause.PRODUCT))
                    .count());
            backfilled.addAndGet(told.stream().filter(Told::backfilled).count());
            activations.addAndGet(told.stream()
                    .filter(change -> change.cause().equals(Cause.DEFINITION))
                    .count());
            if (disagreement.isPresent()) {
                report(next, disagreement.get(), place + "+" + number);
            }
        }
    }

    private Trial trial(Case of) {
        return trials.get()
                .computeIfAbsent(
                        of.zone() + "|" + of.currency() + "|" + of.origins(),
                        absent -> new Trial(of.zone(), of.currency(), of.origins()));
    }

    private void report(Case failing, Trial.Disagreement first, String place) {
        Case smallest = new Shrinker(
                        candidate -> outcome(candidate, new ArrayList<>())
                                .filter(first::isLike)
                                .isPresent(),
                        SHRINKING_BUDGET)
                .shrink(failing);
        List<Told> told = new ArrayList<>();
        Trial.Disagreement apart = outcome(smallest, told).orElse(first);
        String text = smallest.asTest("foundAtRandom", told) + "\n" + apart;
        throw new AssertionError("engine and oracle disagree at " + place + "\n" + text);
    }

    /** The first disagreement of engine and oracle; empty if there is none, or if the definitions are invalid. */
    private Optional<Trial.Disagreement> outcome(Case candidate, List<Told> told) {
        try {
            Trial trial = trial(candidate);
            Trial.Pair both = trial.compile(candidate.yaml());
            return trial.run(both, candidate.history(), candidate.restartEvery(), told)
                    .or(() -> trial.replay(both, candidate.history()));
        } catch (InvalidDefinitions | RuntimeException notOfTheLanguage) {
            return Optional.empty();
        }
    }
}
