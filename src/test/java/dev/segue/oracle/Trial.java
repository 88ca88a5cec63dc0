package dev.segue.oracle;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.plan.CustomerState;
import dev.segue.plan.Effects;
import dev.segue.plan.Plan;
import dev.segue.serde.StateCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tells one history to the engine and to the oracle, step by step, and compares what they say. */
final class Trial {
    private final OracleLanguage language = new OracleLanguage(OracleShop.VOCABULARY);
    private final DefinitionReader reader = new DefinitionReader(OracleShop.VOCABULARY);

    /**
     * Where the two fell apart.
     *
     * @param step the number of the step, from 0
     */
    record Disagreement(int step, String engine, String oracle) {
        @Override
        public String toString() {
            return "at step " + (step + 1) + "\n  engine: " + engine + "\n  oracle: " + oracle;
        }
    }

    /** @throws InvalidDefinitions where the language does not have such definitions */
    Plan compile(String yaml) throws InvalidDefinitions {
        List<Definition> definitions = reader.read(List.of(new DefinitionText("case.yaml", yaml)));
        return Plan.compile(definitions, OracleShop.VOCABULARY);
    }

    /** An oracle that knows nobody yet. */
    Oracle oracle(String yaml) {
        return new Oracle(OracleDefinition.read(yaml, language), language);
    }

    /**
     * Runs a history.
     *
     * @param restartEvery after so many steps all states are written and read anew; 0 for never
     * @param agreed receives what both said
     */
    Optional<Disagreement> run(Plan plan, Oracle oracle, List<Step> steps, int restartEvery, List<Told> agreed) {
        Engine engine = new Engine(plan);
        long tick = Long.MIN_VALUE;
        for (int number = 0; number < steps.size(); number++) {
            Step step = steps.get(number);
            List<Told> expected = new ArrayList<>();
            List<Told> said;
            try {
                if (step instanceof Step.Happens happens) {
                    said = engine.apply(happens, tick, language);
                    expected.addAll(oracle.apply(happens.event(), tick, step.at()));
                } else {
                    tick = Math.max(tick, step.at());
                    said = new ArrayList<>();
                    if (((Step.Tick) step).looked()) {
                        said = engine.advance(tick, language);
                        for (String customer : oracle.customers()) {
                            expected.addAll(oracle.advance(customer, tick, tick));
                        }
                    }
                }
                if (restartEvery > 0 && number % restartEvery == 0) {
                    engine.restart();
                }
            } catch (RuntimeException broken) {
                return Optional.of(new Disagreement(number, trace(broken), "(goes on)"));
            }
            if (!agree(said, expected)) {
                return Optional.of(new Disagreement(number, said.toString(), expected.toString()));
            }
            agreed.addAll(expected);
        }
        return Optional.empty();
    }

    private static String trace(RuntimeException broken) {
        StringBuilder trace = new StringBuilder(broken.toString());
        for (int depth = 0; depth < Math.min(8, broken.getStackTrace().length); depth++) {
            trace.append("\n    at ").append(broken.getStackTrace()[depth]);
        }
        return trace.toString();
    }

    private static boolean agree(List<Told> said, List<Told> expected) {
        boolean agree = said.size() == expected.size();
        for (int index = 0; agree && index < said.size(); index++) {
            agree = said.get(index).agreesWith(expected.get(index));
        }
        return agree;
    }

    /** The plan with its customers' states, as the processor keeps them. */
    private static final class Engine {
        private final Plan plan;
        private final Map<String, CustomerState> states = new TreeMap<>();
        private final Map<String, byte[]> stored = new TreeMap<>();

        Engine(Plan plan) {
            this.plan = plan;
        }

        List<Told> apply(Step.Happens happens, long tick, OracleLanguage language) {
            CustomerState state = states.computeIfAbsent(happens.customer(), CustomerState::new);
            return keep(state, plan.apply(state, happens.event(), tick, happens.at()), language);
        }

        List<Told> advance(long tick, OracleLanguage language) {
            List<Told> said = new ArrayList<>();
            states.values().forEach(state -> said.addAll(keep(state, plan.advance(state, tick, tick), language)));
            return said;
        }

        private List<Told> keep(CustomerState state, Effects effects, OracleLanguage language) {
            if (effects.stateChanged()) {
                stored.put(state.customerId(), StateCodec.write(state));
            }
            return effects.changes().stream()
                    .map(change -> Told.of(change, language))
                    .toList();
        }

        /** Only what was stored is left. */
        void restart() {
            stored.forEach((customer, bytes) -> states.put(customer, StateCodec.read(customer, bytes)));
        }
    }
}
