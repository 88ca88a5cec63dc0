// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.segue.config.CurrencySettings;
import dev.segue.config.IdentitySettings;
import dev.segue.config.LimitSettings;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.OriginPrecedence;
import dev.segue.event.SmallShop;
import dev.segue.event.TriggerDecision;
import dev.segue.oracle.OracleCuts.Population;
import dev.segue.plan.Effects;
import dev.segue.plan.Fill;
import dev.segue.plan.MissingPast;
import dev.segue.plan.Plan;
import dev.segue.plan.PlanOptions;
import dev.segue.plan.SetPlans;
import dev.segue.plan.identity.Alias;
import dev.segue.plan.identity.Linking;
import dev.segue.plan.identity.Residence;
import dev.segue.plan.identity.Resolution;
import dev.segue.plan.identity.Transfer;
import dev.segue.plan.population.Cuts;
import dev.segue.plan.product.ProductTable;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.InputProblem;
import dev.segue.replay.EventsInMemory;
import dev.segue.replay.Replay;
import dev.segue.replay.Until;
import dev.segue.serde.state.StateCodec;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs one history through the engine and the oracle, step by step, and compares their changes. */
final class Trial {
    private static final int REMEMBERED = 16;
    private static final Linking LINKING = new Linking(
            new IdentitySettings(
                    IdentitySettings.Links.EVERY_EVENT, OraclePersons.MOST_IDS, OraclePersons.NEW_IDS_PER_DAY),
            LimitSettings.defaults());

    /** Milliseconds that are in no duration, so that cuts and deadlines seldom meet. */
    private static final int UNUSUAL = 13;

    /** Reading the past takes fewer steps than this. */
    private static final int LONGEST_READING = 4;

    private final PlanOptions options;
    private final OracleLanguage language;
    private final Map<TriggerDecision.Kind, Long> decisions = new EnumMap<>(TriggerDecision.Kind.class);
    private final DefinitionReader reader = new DefinitionReader(SmallShop.VOCABULARY);
    /** Cached, because histories of the same definitions switch to the same others. */
    private final Map<String, Pair> compiled = new LinkedHashMap<>();

    private final Map<String, List<OracleDefinition>> definitions = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<OracleDefinition>> eldest) {
            return size() > 4 * REMEMBERED;
        }
    };

    /**
     * @param zone the configured time zone
     * @param currency the shop's; empty if amounts are not converted
     * @param origins the origins of profile data, the one that prevails first
     */
    Trial(String zone, String currency, List<String> origins) {
        this.options = PlanOptions.defaults()
                .withZone(ZoneId.of(zone))
                .withCurrency(settings(currency))
                .withOrigins(OriginPrecedence.of(origins));
        this.language = new OracleLanguage(SmallShop.VOCABULARY, options.zone(), origins, new OracleMoney(currency));
    }

    /** The decisions of triggers on which both agreed so far, by kind. */
    Map<TriggerDecision.Kind, Long> decisions() {
        return decisions;
    }

    private static CurrencySettings settings(String currency) {
        Map<String, BigDecimal> rates = new TreeMap<>();
        OracleMoney.RATES.forEach((code, rate) -> rates.put(code, new BigDecimal(rate)));
        return currency.isEmpty() ? CurrencySettings.none() : new CurrencySettings(currency, rates);
    }

    /** Definitions compiled for the engine and for the oracle. */
    record Pair(List<Definition> read, Plan plan, List<OracleDefinition> definitions) {}

    /**
     * The first difference.
     *
     * @param step the number of the step, from 0
     */
    record Disagreement(int step, String engine, String oracle) {
        private static final String GOES_ON = "(goes on)";

        /** Whether both are exceptions, or neither is: a smaller case must not fail for quite another reason. */
        boolean isLike(Disagreement other) {
            return oracle.equals(GOES_ON) == other.oracle.equals(GOES_ON);
        }

        @Override
        public String toString() {
            return "at step " + (step + 1) + "\n  engine: " + engine + "\n  oracle: " + oracle;
        }
    }

    /** @throws InvalidDefinitions if the definitions are not valid */
    Pair compile(String yaml) throws InvalidDefinitions {
        Pair known = compiled.get(yaml);
        if (known == null) {
            List<Definition> definitions =
                    yaml.isBlank() ? List.of() : reader.read(List.of(new DefinitionText("case.yaml", yaml)));
            known = new Pair(definitions, Plan.compile(definitions, SmallShop.VOCABULARY, options), read(yaml));
            if (compiled.size() >= REMEMBERED) {
                compiled.clear();
            }
            compiled.put(yaml, known);
        }
        return known;
    }

    /** Nothing depends on a channel that no trigger uses: with it or without, definitions are the same ones. */
    private List<OracleDefinition> read(String yaml) {
        List<String> documents = List.of(yaml.split("(?m)^---$"));
        String used = documents.stream()
                .filter(document -> !document.strip().startsWith("channel: ") || isUsed(document, documents))
                .collect(Collectors.joining("---"));
        return definitions.computeIfAbsent(used, absent -> OracleDefinition.read(yaml, language));
    }

    private static boolean isUsed(String channel, List<String> documents) {
        String name = channel.strip().lines().findFirst().orElseThrow();
        return documents.stream()
                .anyMatch(document -> document.strip().startsWith("trigger: ") && document.contains(name + "\n"));
    }

    /**
     * Runs a history.
     *
     * @param restartEvery after this many steps all states are written and read again; 0 for never
     * @param agreed receives the changes of both
     */
    Optional<Disagreement> run(Pair first, List<Step> steps, int restartEvery, List<Told> agreed)
            throws InvalidDefinitions {
        Engine engine = new Engine(first, options);
        Oracle oracle = new Oracle(first.definitions(), language);
        OraclePersons persons = new OraclePersons(oracle);
        long tick = Long.MIN_VALUE;
        int reading = 0;
        Cutting cutting = new Cutting(engine, oracle);
        engine.informing = new Informing(oracle);
        for (int number = 0; number < steps.size(); number++) {
            Step step = steps.get(number);
            List<Told> expected = new ArrayList<>();
            List<Told> said = new ArrayList<>();
            boolean isAboutPerson =
                    step instanceof Step.Erased || (step instanceof Step.Happens happens && links(happens.event()));
            if (reading > 0 && isAboutPerson) {
                // Ids become one person, and persons are erased, once the past has been read.
                reading = 0;
            }
            if (reading-- == 0) {
                engine.pastIsRead();
                oracle.pastIsRead();
            }
            try {
                cutting.before(step);
                engine.informing.before(step);
                if (step instanceof Step.Happens happens) {
                    said.addAll(engine.apply(happens, tick, language));
                    expected.addAll(persons.apply(happens.event(), tick, tick, step.at()));
                } else if (step instanceof Step.Erased erased) {
                    said.addAll(engine.erase(erased, tick, language));
                    expected.addAll(oracle.erase(erased.customer(), Math.max(tick, step.at()), step.at()));
                } else if (step instanceof Step.Becomes becomes) {
                    // Every customer has lived under every set of definitions, and been filled.
                    engine.pastIsRead();
                    oracle.pastIsRead();
                    reading = number % LONGEST_READING;
                    advance(engine, oracle, tick, said, expected);
                    Pair next = compile(becomes.yaml());
                    oracle.become(next.definitions(), engine.become(next));
                } else {
                    tick = Math.max(tick, step.at());
                    Step.Seen seen = seen(step);
                    if (step instanceof Step.Counted && seen == Step.Seen.EARLY && !oracle.areFactsUnseen()) {
                        tick = oracle.instantWithoutDeadline(tick + UNUSUAL);
                    } else if (!(step instanceof Step.Tick passes) || passes.looked()) {
                        advance(engine, oracle, tick, said, expected);
                    }
                    if (step instanceof Step.Informed informed) {
                        engine.informing.inform(informed, tick);
                    }
                    if (step instanceof Step.Counted) {
                        String difference = cutting.count(seen, tick);
                        if (difference != null) {
                            return Optional.of(new Disagreement(number, difference, ""));
                        }
                    }
                    if (seen == Step.Seen.AT_ONCE) {
                        advance(engine, oracle, tick, said, expected);
                    }
                }
                if (restartEvery > 0 && number % restartEvery == 0) {
                    engine.restart();
                }
            } catch (RuntimeException broken) {
                return Optional.of(new Disagreement(number, trace(broken), Disagreement.GOES_ON));
            }
            if (!agree(said, expected)) {
                return Optional.of(new Disagreement(number, said.toString(), expected.toString()));
            }
            List<Decided> decided = oracle.takeDecided();
            if (!Decided.agree(engine.decided, decided)) {
                return Optional.of(new Disagreement(number, engine.decided.toString(), decided.toString()));
            }
            engine.decided.clear();
            decided.forEach(decision -> decisions.merge(decision.kind(), 1L, Long::sum));
            agreed.addAll(expected);
        }
        return Optional.empty();
    }

    private static Step.@Nullable Seen seen(Step step) {
        return step instanceof Step.Counted counted
                ? counted.seen()
                : step instanceof Step.Informed informed ? informed.seen() : null;
    }

    private void advance(Engine engine, Oracle oracle, long tick, List<Told> said, List<Told> expected) {
        said.addAll(engine.advance(tick, language));
        for (String customer : oracle.customers()) {
            expected.addAll(oracle.advance(customer, tick, tick));
        }
    }

    /** Makes the cuts of both, and publishes them. */
    private final class Cutting {
        private static final int EVENTS_LATE = 2;

        private final Engine engine;
        private final Oracle oracle;
        private List<Cuts> made = List.of();
        private Map<Population, Map<String, Long>> counted = Map.of();
        private long at;
        private int left;

        Cutting(Engine engine, Oracle oracle) {
            this.engine = engine;
            this.oracle = oracle;
        }

        /** Publishes late cuts if it is time. */
        void before(Step step) {
            if (left > 0 && (!(step instanceof Step.Happens) || --left == 0)) {
                publish();
            }
        }

        /** Counts all customers, who are at that instant; returns how engine and oracle differ, or null. */
        @Nullable
        String count(Step.Seen seen, long instant) {
            at = instant;
            made = engine.counted.cuts(engine.plans.full(), at);
            counted = oracle.count();
            left = EVENTS_LATE;
            if (seen != Step.Seen.LATE) {
                publish();
            }
            return CountedCustomers.difference(made, counted, engine.plans.full(), engine.states.values(), language);
        }

        private void publish() {
            left = 0;
            engine.counted.publish(made);
            oracle.publish(counted, at);
        }
    }

    /**
     * Runs the events of a history through a replay, without its edits and without its ticks except the last one. The
     * output is ordered by instant, then customer, then in the oracle's order.
     */
    Optional<Disagreement> replay(Pair definitions, List<Step> steps) {
        Oracle oracle = new Oracle(definitions.definitions(), language);
        Informing informing = new Informing(oracle);
        informing.all(steps);
        List<Event> events = new ArrayList<>();
        long until = Long.MIN_VALUE;
        for (Step step : steps) {
            until = Math.max(until, step.at());
            if (step instanceof Step.Happens happens) {
                events.add(happens.event());
            }
        }
        List<Told> expected = new OracleReplay(oracle).run(events, until);
        List<Told> said = replayed(definitions.plan(), events, informing.table(), until);
        // The replay makes cuts only if they differ in what is asked.
        return agree(withoutPercentiles(said), withoutPercentiles(expected))
                ? Optional.empty()
                : Optional.of(new Disagreement(steps.size() - 1, "replay " + said, expected.toString()));
    }

    private static List<Told> withoutPercentiles(List<Told> told) {
        return told.stream().map(Told::withoutPercentiles).toList();
    }

    private static boolean links(Event event) {
        return event.fields().get("anonymous_id") != null || event.fields().get("other_id") != null;
    }

    private List<Told> replayed(Plan plan, List<Event> events, ProductTable products, long until) {
        return new Replay(plan, LINKING, products)
                .run(new EventsInMemory(events), new Until.At(until)).changes().stream()
                        .map(change -> Told.of(change, language))
                        .toList();
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

    /** The plans with their customers' states, as the processor keeps them. */
    private static final class Engine implements Residence {
        private final PlanOptions options;
        private Pair live;
        private SetPlans plans;
        private boolean read = true;
        private final Map<String, CustomerState> states = new TreeMap<>();
        private final Map<String, byte[]> stored = new TreeMap<>();
        private final List<Event> log = new ArrayList<>();
        private final Map<String, Alias> aliases = new TreeMap<>();
        private final Deque<Transfer> sent = new ArrayDeque<>();
        private final CountedCustomers counted = new CountedCustomers();
        private Informing informing;
        private final Resolution resolution = new Resolution(this, LINKING);
        private final List<Change> said = new ArrayList<>();
        private final List<Decided> decided = new ArrayList<>();
        private long now;
        private long clock;

        Engine(Pair first, PlanOptions options) {
            this.options = options;
            this.live = first;
            this.plans = new SetPlans(first.plan(), null);
        }

        /** Takes other definitions; returns the names of those that are filled from the past. */
        Set<String> become(Pair next) {
            Set<String> missing =
                    new MissingPast(live.read(), plans.full().keeping(), SmallShop.VOCABULARY, options).of(next.read());
            live = next;
            read = false;
            plans = SetPlans.compile(next.read(), List.of(), missing, missing, SmallShop.VOCABULARY, options);
            return missing;
        }

        void pastIsRead() {
            read = true;
        }

        private Plan plan(CustomerState state) {
            return read || !lacksPast(state) ? plans.full() : plans.silent();
        }

        private boolean lacksPast(CustomerState state) {
            return state.clock().plan() != 0
                    && state.clock().plan() != plans.full().fingerprint();
        }

        List<Told> apply(Step.Happens happens, long tick, OracleLanguage language) {
            now = tick;
            clock = happens.at();
            said.clear();
            resolution.event(happens.customer(), happens.event());
            for (Transfer next = sent.poll(); next != null; next = sent.poll()) {
                resolution.handle(next);
            }
            return said.stream().map(change -> Told.of(change, language)).toList();
        }

        @Override
        public void apply(String id, String key, Event sentEvent) {
            Event event = sentEvent.of(id);
            if (event.erasesOrigin() && !states.containsKey(id)) {
                return; // Nothing is known of the customer.
            }
            CustomerState state = states.computeIfAbsent(id, this::unknown);
            Effects before = united(state, Math.max(now, event.time()), clock);
            Linking.Result linked = LINKING.link(state, event, key);
            log.add(event);
            keep(state, plan(state).apply(state, event, now, clock).after(before));
            store(state);
            if (linked.claim() != null) {
                send(linked.claim());
            }
        }

        @Override
        public @Nullable Alias alias(String id) {
            return aliases.get(id);
        }

        @Override
        public void setAlias(String id, @Nullable Alias alias) {
            if (alias == null) {
                aliases.remove(id);
            } else {
                aliases.put(id, alias);
            }
        }

        @Override
        public @Nullable CustomerState customer(String id) {
            return states.get(id);
        }

        @Override
        public void linked(CustomerState customer) {
            Effects before = united(customer, now, clock);
            keep(customer, plan(customer).linked(customer, now, clock).after(before));
        }

        private CustomerState unknown(String id) {
            return compared(new CustomerState(id));
        }

        private CustomerState compared(CustomerState state) {
            state.setCuts(counted.tables());
            state.setProducts(informing.table());
            return state;
        }

        private void store(CustomerState customer) {
            stored.put(customer.customerId(), StateCodec.write(customer));
        }

        @Override
        public @Nullable CustomerState leave(String id, String into) {
            CustomerState state = states.remove(id);
            stored.remove(id);
            if (state == null) {
                return null;
            }
            Effects before = united(state, now, clock);
            Effects effects = plan(state).leave(state, into, now, clock).after(before);
            say(effects);
            return compared(StateCodec.read(id, StateCodec.write(state)));
        }

        @Override
        public void unite(String id, CustomerState other) {
            CustomerState state = states.computeIfAbsent(id, this::unknown);
            // What happened under the other id is the person's own past.
            log.replaceAll(event -> event.customerId().equals(other.customerId()) ? event.of(id) : event);
            Effects before = united(state, Math.max(now, other.clock().now()), clock);
            keep(state, plan(state).unite(state, other, now, clock).after(before));
        }

        List<Told> erase(Step.Erased erased, long tick, OracleLanguage language) {
            said.clear();
            CustomerState state = states.remove(erased.customer());
            stored.remove(erased.customer());
            if (state != null) {
                long to = Math.max(tick, erased.at());
                Effects before = united(state, to, erased.at());
                say(plan(state).erase(state, to, erased.at()).after(before));
            }
            log.removeIf(event -> event.customerId().equals(erased.customer()));
            return said.stream().map(change -> Told.of(change, language)).toList();
        }

        @Override
        public void erase(String id, long at) {
            throw new IllegalStateException("no history erases");
        }

        @Override
        public boolean isErased(String id, long at) {
            return false;
        }

        @Override
        public void refused(InputProblem problem) {}

        @Override
        public void send(Transfer transfer) {
            sent.add(transfer);
        }

        @Override
        public void circle() {}

        List<Told> advance(long tick, OracleLanguage language) {
            said.clear();
            for (CustomerState state : states.values()) {
                Effects before = united(state, tick, tick);
                keep(state, plan(state).advance(state, tick, tick).after(before));
            }
            counted.tables().forgetBefore(tick);
            informing.settle(tick);
            return said.stream().map(change -> Told.of(change, language)).toList();
        }

        private @Nullable Effects united(CustomerState state, long to, long detectedAt) {
            Fill fill = plans.fill();
            if (fill == null || !read || !lacksPast(state)) {
                return null;
            }
            CustomerState past = new CustomerState(state.customerId());
            log.stream()
                    .filter(event -> event.customerId().equals(state.customerId()))
                    .forEach(event -> fill.past().apply(past, event, Long.MIN_VALUE, event.time()));
            return fill.unite(state, new Fill.History(past, null), to, detectedAt);
        }

        private void keep(CustomerState state, Effects effects) {
            if (effects.stateChanged()) {
                store(state);
            }
            say(effects);
        }

        private void say(Effects effects) {
            counted.count(effects.bucketChanges());
            said.addAll(effects.changes());
            effects.decisions().forEach(decision -> decided.add(Decided.of(decision)));
        }

        /** Continues from stored states only. */
        void restart() {
            stored.forEach((customer, bytes) -> states.put(customer, compared(StateCodec.read(customer, bytes))));
        }
    }
}
