package dev.segue.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.InvalidDefinitions;
import dev.segue.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Random definitions and random histories, told to the engine and to the oracle. {@code -Dsegue.cases=N} runs more or
 * fewer cases, {@code -Dsegue.seed=S} others; the case that fails is printed as a test, made as small as it goes.
 */
class DifferentialTest {
    private static final int HISTORIES_EACH = 8;
    private static final int SHRINKING_BUDGET = 20_000;

    private final Trial trial = new Trial();
    private int refused;
    private long changes;

    @Test
    void engineAndOracleTellTheSameStories() {
        long seed = Long.getLong("segue.seed", 20251101);
        int cases = Integer.getInteger("segue.cases", 20_000);
        System.out.println("differential test: " + cases + " cases from seed " + seed);
        long start = System.nanoTime();
        for (int done = 0; done < cases; done += HISTORIES_EACH) {
            definitions(new Dice(seed * 1_000_003 + done), "seed " + seed + " case " + done);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "differential test: %d cases from seed %d, %d changes, %d definitions refused, %.0f cases/s%n",
                cases, seed, changes, refused, cases / seconds);
        // The grammar is there to be understood: a refusal is a hole in the grammar or in the language.
        assertThat(refused).isLessThan(cases / HISTORIES_EACH / 100 + 1);
        assertThat(changes).isGreaterThan(cases);
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
        Case first = new Case(definitions, List.of(), 0);
        Plan plan;
        try {
            plan = trial.compile(first.yaml());
        } catch (InvalidDefinitions invalid) {
            refused++;
            System.out.println("refused at " + place + ": " + invalid.getMessage() + "\n" + first.yaml());
            return;
        } catch (RuntimeException broken) {
            throw new AssertionError(place + "\n" + first.yaml(), broken);
        }
        Oracle oracle = trial.oracle(first.yaml());
        Histories histories = new Histories(dice, grammar.durations());
        for (int number = 0; number < HISTORIES_EACH; number++) {
            Case next = new Case(definitions, histories.history(), dice.any(0, 1, 3));
            List<Told> told = new ArrayList<>();
            Optional<Trial.Disagreement> disagreement =
                    trial.run(plan, oracle.fresh(), next.steps(), next.restartEvery(), told);
            changes += told.size();
            if (disagreement.isPresent()) {
                report(next, place + "+" + number);
            }
        }
    }

    private void report(Case failing, String place) {
        Case smallest = new Shrinker(
                        candidate -> outcome(candidate, new ArrayList<>()).isPresent(), SHRINKING_BUDGET)
                .shrink(failing);
        List<Told> told = new ArrayList<>();
        String text = smallest.asTest("foundAtRandom", told) + "\n"
                + outcome(smallest, told).orElseThrow();
        throw new AssertionError("engine and oracle disagree at " + place + "\n" + text);
    }

    /** Where engine and oracle fall apart; empty where they do not, or where the language has no such definitions. */
    private Optional<Trial.Disagreement> outcome(Case candidate, List<Told> told) {
        try {
            Plan plan = trial.compile(candidate.yaml());
            return trial.run(plan, trial.oracle(candidate.yaml()), candidate.steps(), candidate.restartEvery(), told);
        } catch (InvalidDefinitions | RuntimeException notOfTheLanguage) {
            return Optional.empty();
        }
    }
}
