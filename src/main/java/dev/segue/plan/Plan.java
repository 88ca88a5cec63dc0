// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.definition.Definition;
import dev.segue.definition.language.Streams;
import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.event.CustomerProfile;
import dev.segue.event.Event;
import dev.segue.event.OriginPrecedence;
import dev.segue.event.Vocabulary;
import dev.segue.plan.expression.Aggregate;
import dev.segue.plan.expression.AggregateNeeds;
import dev.segue.plan.expression.EventIndex;
import dev.segue.plan.expression.Frame;
import dev.segue.plan.expression.ProfileDate;
import dev.segue.plan.expression.Reading;
import dev.segue.plan.population.CutTables;
import dev.segue.plan.population.Standings;
import dev.segue.plan.state.AggregateState;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.CustomerState.Clock;
import dev.segue.plan.state.DueTimes;
import dev.segue.plan.state.Keeping;
import dev.segue.plan.state.Limit;
import dev.segue.plan.state.Membership;
import dev.segue.plan.state.WatchedTerms;
import dev.segue.plan.state.Zones;
import dev.segue.value.EvaluationException;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All definitions compiled together. Immutable and safe for many threads; each customer's state is not. */
public final class Plan {
    private final List<CompiledDefinition> definitions;
    private final SortedSet<String> segments = new TreeSet<>();
    private final List<Aggregate> aggregates;
    private final Map<Integer, Keeping> keeping;
    private final List<Term> terms;
    private final Exchange exchange;
    private final EventInspection inspection;
    private final EventIndex index;
    private final Readers readers;
    private final EmptyHistory emptyHistory;
    private final Adoption adoption;
    private final CompiledPopulations populations;
    private final ProductQuestions questions;
    private final Triggers triggers;
    private final boolean asksAboutProducts;

    private final @Nullable Integer cartId;
    private final @Nullable Integer profileId;
    private final int dedupWindow;
    private final OriginPrecedence origins;
    private final long fingerprint;

    private Plan(
            List<CompiledDefinition> definitions,
            PlanSource source,
            List<Term> terms,
            AggregateNeeds needs,
            Map<Integer, Keeping> keeping,
            EventInspection inspection,
            PlanOptions options) {
        this.definitions = definitions;
        this.inspection = inspection;
        this.exchange = new Exchange(options.currency());
        this.terms = terms;
        this.keeping = keeping;
        this.aggregates = needs.build().stream()
                .filter(aggregate -> keeping.containsKey(aggregate.id()))
                .toList();
        this.cartId = needs.cartId();
        this.profileId = needs.profileId();
        this.index = new EventIndex(aggregates);
        this.readers = new Readers(definitions, aggregates, terms);
        definitions.forEach(
                definition -> segments.addAll(definition.definition().segments()));
        this.populations = new CompiledPopulations(definitions);
        this.questions = new ProductQuestions(definitions);
        this.triggers = new Triggers(definitions, source.goals());
        this.asksAboutProducts = definitions.stream().anyMatch(CompiledDefinition::mentionsProducts);
        this.dedupWindow = options.dedupWindow();
        this.origins = options.origins();
        this.fingerprint = Fingerprint.of(definitions, source, terms, options);
        this.adoption = new Adoption(this, aggregates, source.untouched());
        this.emptyHistory = EmptyHistory.of(definitions, readers, terms.size());
    }

    /**
     * Compiles checked definitions; hours, weekdays and dates are in UTC unless an event or a profile names a time
     * zone.
     */
    public static Plan compile(List<Definition> definitions, Vocabulary vocabulary) {
        return compile(definitions, vocabulary, PlanOptions.defaults());
    }

    /** Compiles checked definitions. */
    public static Plan compile(List<Definition> definitions, Vocabulary vocabulary, PlanOptions options) {
        return compile(PlanSource.of(definitions), vocabulary, options);
    }

    /** Compiles checked definitions. */
    public static Plan compile(PlanSource source, Vocabulary vocabulary, PlanOptions options) {
        Streams streams = new Streams(vocabulary);
        Zones zones = new Zones(options.zone());
        AggregateNeeds needs = new AggregateNeeds(vocabulary, streams, zones, options.origins());
        Terms terms = new Terms();
        List<CompiledDefinition> compiled = DefinitionCompiler.compile(source.evaluated(), streams, needs, terms);
        Set<Integer> evaluated = needs.keeping().keySet();
        for (List<Definition> others : source.kept()) {
            List<CompiledDefinition> unused = DefinitionCompiler.compile(others, streams, needs, new Terms());
        }
        Map<Integer, Keeping> keeping = needs.keeping();
        if (source.onlyEvaluated()) {
            keeping.keySet().retainAll(evaluated);
        }
        EventInspection inspection =
                new EventInspection(zones, ProfileDate.of(source.evaluated()), options.placeholders());
        return new Plan(compiled, source, terms.all(), needs, keeping, inspection, options);
    }

    /**
     * Identifies this plan: equal definitions, time zone, currency with rates, and version of Segue have the same
     * fingerprint. Never 0.
     */
    public long fingerprint() {
        return fingerprint;
    }

    /** Returns the segments' names in ascending order. */
    public List<String> segments() {
        return List.copyOf(segments);
    }

    /** Returns what is kept in each aggregate, by its id. */
    public Map<Integer, Keeping> keeping() {
        return keeping;
    }

    /** Returns whether any definition reads facts of products, if only to carry them. */
    public boolean asksAboutProducts() {
        return asksAboutProducts;
    }

    /** Returns the populations about whose percentiles the definitions ask. */
    public List<PopulationNeed> populations() {
        return populations.needs();
    }

    /** Returns whether the customers of a population are counted. */
    public boolean counts(long population) {
        return populations.counts(population);
    }

    /** Returns the definitions in the order in which they are evaluated. */
    List<CompiledDefinition> definitions() {
        return definitions;
    }

    Triggers triggers() {
        return triggers;
    }

    Adoption adoption() {
        return adoption;
    }

    /**
     * Moves a customer's time forward up to and including {@code to}, and evaluates definitions at every instant on the
     * way at which a result can change. For a state that another plan wrote, all definitions are evaluated at {@code
     * to}, and the memberships of removed definitions end; see {@link PlanSource#untouched}.
     *
     * @param to milliseconds since the epoch; if it is before the customer's own time, that time is used
     * @param detectedAt the clock, in milliseconds since the epoch; written into the changes
     */
    public Effects advance(CustomerState state, long to, long detectedAt) {
        if (state.clock().plan() == fingerprint
                && nextInstant(state) > Math.max(to, state.clock().now())) {
            // No effects. The customer's time need not be stored, because the next event advances it anyway.
            return Effects.none(Effects.Outcome.ADVANCED);
        }
        Evaluation evaluation = new Evaluation(state, detectedAt);
        advance(evaluation, to);
        return Effects.of(Effects.Outcome.ADVANCED, evaluation, List.of());
    }

    /**
     * Applies one event: advances the customer to the later of {@code tick} and the event's time, then adds the event
     * to the aggregates and evaluates the definitions that it affects. Returns the effects of both steps. A duplicate
     * has no effects. An event that {@link Event#erasesCustomer} ends every
     * membership instead, and the caller must then delete the state. An event that {@link Event#erasesOrigin} does
     * nothing to an unknown customer, whose state must not be stored.
     *
     * @param tick the last tick's time, in milliseconds since the epoch; {@code Long.MIN_VALUE} if there was none
     * @param detectedAt the clock, in milliseconds since the epoch; written into the changes
     */
    public Effects apply(CustomerState state, Event sent, long tick, long detectedAt) {
        if (sent.erasesCustomer()) {
            return erase(state, Math.max(tick, sent.time()), detectedAt);
        }
        if (sent.erasesOrigin() && state.clock().plan() == 0) {
            // Sent to every partition, it must not create the customer where it is unknown.
            return Effects.none(Effects.Outcome.APPLIED);
        }
        if (state.recentIds().contains(sent.eventId(), dedupWindow)) {
            return state.linkedIds().isShown()
                    ? Effects.none(Effects.Outcome.DUPLICATE)
                    : linked(Effects.Outcome.DUPLICATE, state, Math.max(tick, sent.time()), detectedAt);
        }
        Event converted = exchange.convert(sent);
        Event event = ProductIds.completed(converted);
        Evaluation evaluation = new Evaluation(state, detectedAt);
        boolean first = state.clock().plan() == 0;
        advance(evaluation, Math.max(tick, event.time()));
        long now = state.clock().now();
        evaluation.at(now, event);
        state.recentIds().add(event.eventId(), dedupWindow);
        state.setHistory(state.history().with(event));
        Frame counted = new Frame(event);
        inspection.inspect(event, counted);
        exchange.inspect(sent, converted, counted);
        if (first) {
            state.setWatched(emptyHistory.watched());
        }
        BitSet affected = count(evaluation, event, counted, now);
        if (first) {
            affected.or(emptyHistory.atFirstEvent());
        }
        if (state.linkedIds().show()) {
            affected.or(readers.definitions(AggregateNeeds.customerIds()));
        }
        triggers.happened(evaluation, event);
        evaluate(evaluation, affected);
        recordDeadlines(evaluation, affected, first ? new DueTimes() : state.dueTimes());
        evaluation.frame().limits().forEach(counted::reached);
        return Effects.applied(evaluation, counted);
    }

    /**
     * Drops the older half of one aggregate of an oversized customer and re-evaluates the definitions that read it.
     * Their results are approximate from then on.
     *
     * @param cause of what made the state too large
     * @param before its effects
     * @return those effects combined with the effects of this call; null if there was nothing to drop
     */
    public @Nullable Effects halve(CustomerState state, int aggregate, Cause cause, long detectedAt, Effects before) {
        AggregateState kept = state.aggregates().find(aggregate);
        if (kept == null || !kept.halve()) {
            return null;
        }
        Evaluation evaluation = new Evaluation(state, detectedAt);
        evaluation.at(state.clock().now(), cause);
        BitSet reading = (BitSet) readers.definitions(aggregate).clone();
        evaluate(evaluation, reading);
        recordDeadlines(evaluation, reading, state.dueTimes());
        return Effects.of(before.outcome(), evaluation, List.of(Limit.STATE_BYTES))
                .after(before);
    }

    /** Records the next deadline of the definitions that were evaluated. */
    private void recordDeadlines(Evaluation evaluation, BitSet evaluated, @Nullable DueTimes dueTimes) {
        CustomerState state = evaluation.state();
        long next = dueTimes == null
                ? Math.min(state.deadline(), nextDeadline(state, evaluated, evaluation.frame()))
                : nextDeadline(state, evaluated, evaluation.frame(), dueTimes);
        state.setDueTimes(dueTimes);
        state.setClock(new Clock(state.clock().now(), next, fingerprint));
    }

    /**
     * Ends every membership, because the customer was erased. The caller must then delete the state.
     *
     * @param at when, in milliseconds since the epoch; if it is before the customer's own time, that time is used
     * @param detectedAt the clock, in milliseconds since the epoch; written into the changes
     */
    public Effects erase(CustomerState state, long at, long detectedAt) {
        Evaluation evaluation = new Evaluation(state, detectedAt);
        advance(evaluation, at);
        evaluation.at(state.clock().now(), Cause.ERASURE);
        for (Membership membership : List.copyOf(state.memberships())) {
            state.leave(membership.segment());
            evaluation.removed(membership);
        }
        triggers.erased(evaluation);
        evaluation.standsOnlyIn(population -> false);
        return Effects.of(Effects.Outcome.ERASED, evaluation, List.of());
    }

    /**
     * Ends every membership, because the person goes on as another customer. The state keeps its data and memberships
     * for {@link #unite}.
     *
     * @param into the other customer
     * @param to the later of this and the customer's own time is the instant of the changes, in milliseconds since the
     *     epoch
     * @param detectedAt the clock, in milliseconds since the epoch; written into the changes
     */
    public Effects leave(CustomerState state, String into, long to, long detectedAt) {
        Evaluation evaluation = new Evaluation(state, detectedAt);
        advance(evaluation, to);
        evaluation.at(state.clock().now(), Cause.MERGE);
        for (Membership membership : state.memberships()) {
            evaluation.merged(membership, into);
        }
        evaluation.standsOnlyIn(population -> false);
        return Effects.of(Effects.Outcome.LEFT, evaluation, List.of());
    }

    /**
     * Adds everything that is known of the same person as another customer: the events of both are one history from now
     * on. Whoever is in a segment as one of the two stays in, since the earlier beginning and without a change; then all
     * definitions are evaluated once.
     *
     * @param state receives the other history
     * @param other a state after {@link #leave}, perhaps of another plan; may not be used any more
     * @param to the latest of this and the times of both is the instant of the changes, in milliseconds since the epoch
     * @param detectedAt the clock, in milliseconds since the epoch; written into the changes
     */
    public Effects unite(CustomerState state, CustomerState other, long to, long detectedAt) {
        Evaluation evaluation = new Evaluation(state, detectedAt);
        advance(evaluation, Math.max(to, other.clock().now()));
        long now = state.clock().now();
        evaluation.at(now, Cause.MERGE);
        List<Limit> limits = adoption.mergeAll(state, other, now);
        state.recentIds().interleave(other.recentIds(), dedupWindow);
        state.setHistory(state.history().and(other.history()));
        state.linkedIds().addAll(other.linkedIds(), state.customerId());
        boolean unused = state.linkedIds().show();
        Set<String> left = evaluation.changes().stream()
                .filter(change -> change.kind() == Change.Kind.EXITED)
                .map(Change::segment)
                .collect(Collectors.toSet());
        SamePerson.unite(state, other, adoption, left);
        triggers.unite(evaluation, other);
        triggers.endRemoved(evaluation, adoption::knowsTrigger);
        adoption.take(state, now);
        adoption.evaluateAll(evaluation);
        return Effects.of(Effects.Outcome.UNITED, evaluation, limits);
    }

    /**
     * Evaluates the definitions that read the customer's ids, which have changed without an event of the customer.
     *
     * @param to the later of this and the customer's own time is the instant of the changes, in milliseconds since the
     *     epoch
     * @param detectedAt the clock, in milliseconds since the epoch; written into the changes
     */
    public Effects linked(CustomerState state, long to, long detectedAt) {
        return linked(Effects.Outcome.LINKED, state, to, detectedAt);
    }

    private Effects linked(Effects.Outcome outcome, CustomerState state, long to, long detectedAt) {
        Evaluation evaluation = new Evaluation(state, detectedAt);
        if (!state.linkedIds().isShown()) {
            advance(evaluation, to);
            evaluation.at(state.clock().now(), Cause.MERGE);
            boolean unused = state.linkedIds().show();
            BitSet reading =
                    (BitSet) readers.definitions(AggregateNeeds.customerIds()).clone();
            evaluate(evaluation, reading);
            recordDeadlines(evaluation, reading, state.dueTimes());
        }
        return Effects.of(outcome, evaluation, List.of());
    }

    private void advance(Evaluation evaluation, long instant) {
        CustomerState state = evaluation.state();
        // Cuts and facts of products may arrive after the customer's own time.
        long to = Math.max(instant, state.clock().now());
        if (state.clock().plan() != fingerprint) {
            adoption.adopt(evaluation, to);
            return;
        }
        for (long at = nextInstant(state); at <= to; at = nextInstant(state)) {
            BitSet moved = populations.movedAt(at, state);
            BitSet informed = ProductQuestions.answeredAt(at, state);
            if (!moved.isEmpty()) {
                evaluation.moved(at);
            } else if (!informed.isEmpty()) {
                evaluation.informed(at);
            } else {
                evaluation.wakeUp(at);
            }
            DueTimes dueTimes = state.dueTimes();
            BitSet candidates = dueTimes == null ? mayChangeByTime(state) : dueTimes.dueAt(at);
            candidates.or(moved);
            candidates.or(informed);
            dueTimes = dueTimes == null ? new DueTimes() : dueTimes;
            evaluate(evaluation, candidates);
            state.setDueTimes(dueTimes);
            state.setClock(new Clock(at, nextDeadline(state, candidates, evaluation.frame(), dueTimes), fingerprint));
            ProductQuestions.seenAt(at, state);
        }
        if (to > state.clock().now()) {
            state.setClock(new Clock(to, state.deadline(), fingerprint));
        }
        ProductQuestions.seenAt(to, state);
    }

    /** Returns the next instant at which time, the cuts of a population or facts of products may change a result. */
    private long nextInstant(CustomerState state) {
        return Math.min(state.deadline(), movesAt(state));
    }

    /**
     * Returns the next instant at which the cuts of a population, or facts of products, move a customer whose state this plan
     * wrote, so that the customer must be visited; {@link CustomerState#NEVER} if there is none by now.
     */
    public long movesAt(CustomerState state) {
        long now = state.clock().now();
        return Math.min(
                movesAt(state.standings(), state.cuts(), now), state.products().changesAt(state.askedProducts(), now));
    }

    /**
     * As {@link #movesAt(CustomerState)}, for the cuts alone and without the rest of the state.
     *
     * @param now the customer's own time, in milliseconds since the epoch
     */
    public long movesAt(Standings standings, CutTables cuts, long now) {
        return populations.movesAt(standings, cuts, now);
    }

    /** Adds the event to every aggregate that accepts it; returns the definitions whose results may change. */
    private BitSet count(Evaluation evaluation, Event event, Frame frame, long now) {
        BitSet affected = new BitSet(definitions.size());
        WatchedTerms watched = watched(evaluation.state());
        index.forEach(event, frame, position -> {
            try {
                if (aggregates.get(position).add(evaluation.state().aggregates(), event.time(), frame, now)) {
                    addAffected(position, watched, affected, evaluation.frame());
                }
            } catch (EvaluationException none) {
                // Some of the groups may have changed before the failure.
                addAffected(position, watched, affected, evaluation.frame());
                failed(position).forEach(evaluation::fail);
            }
        });
        return affected;
    }

    /** Returns the names of the definitions that read an aggregate, or "carry" if none decides by it. */
    private Set<String> failed(int aggregate) {
        Set<String> names = new LinkedHashSet<>();
        for (int term : readers.terms(aggregate)) {
            names.add(definitions.get(terms.get(term).definition()).responsible());
        }
        return names.isEmpty() ? Set.of("carry") : names;
    }

    /** Adds the definitions whose results an aggregate may change, now that it has a further element. */
    private void addAffected(int aggregate, WatchedTerms watched, BitSet affected, Frame frame) {
        int id = aggregates.get(aggregate).id();
        int[] reading = readers.terms(aggregate);
        for (int index = 0; index < reading.length; index++) {
            Term term = terms.get(reading[index]);
            if (watched.isWatched(term.id())
                    && !affected.get(term.definition())
                    && !staysAfter(readers.readings(aggregate, index), id, frame)) {
                affected.set(term.definition());
            }
        }
    }

    private static boolean staysAfter(Reading[] readings, int aggregate, Frame frame) {
        for (Reading reading : readings) {
            if (!reading.staysAfter(frame, aggregate)) {
                return false;
            }
        }
        return readings.length > 0;
    }

    private WatchedTerms watched(CustomerState state) {
        WatchedTerms known = state.watched();
        if (known == null) {
            int[] stored = state.watchDifferences();
            known = stored == null
                    ? emptyHistory.watched().toAll(terms.size())
                    : emptyHistory.watched().withDifferences(stored);
            state.setWatched(known);
        }
        return known;
    }

    /**
     * Returns the definitions that read a stored aggregate of the customer, or the ids. All others keep the result of an empty
     * history at any time.
     */
    private BitSet mayChangeByTime(CustomerState state) {
        BitSet candidates = (BitSet) readers.alwaysTimed().clone();
        candidates.or(readers.definitions(AggregateNeeds.customerIds()));
        for (int position = 0; position < state.aggregates().size(); position++) {
            candidates.or(readers.definitions(state.aggregates().id(position)));
        }
        candidates.or(triggers.waiting(state));
        return candidates;
    }

    /**
     * Evaluates definitions, and those that read the segments of definitions that change. What a trigger sends counts for the
     * caps of all others of its channel.
     *
     * @param which those that were evaluated are added
     */
    void evaluate(Evaluation evaluation, BitSet which) {
        BitSet next = which;
        while (!next.isEmpty()) {
            BitSet after = evaluateInOrder(evaluation, next);
            // A change begins one activation, even if its trigger is evaluated once more.
            evaluation.endFresh();
            which.or(next);
            next = after;
        }
    }

    /** Returns the triggers that were evaluated before one behind them used their channel. */
    private BitSet evaluateInOrder(Evaluation evaluation, BitSet which) {
        BitSet tooEarly = new BitSet();
        for (int position = which.nextSetBit(0); position >= 0; position = which.nextSetBit(position + 1)) {
            int before = evaluation.reads();
            evaluation.evaluated();
            questions.begin(position, evaluation.frame());
            definitions.get(position).evaluate(evaluation);
            if (evaluation.reads() > before) {
                // Dependents have higher positions, so this loop reaches them.
                which.or(readers.dependents(position));
            }
            String busy = evaluation.takeBusyChannel();
            if (busy != null) {
                BitSet affected = triggers.affectedBySending(busy, evaluation);
                tooEarly.or(affected.get(0, position + 1));
                affected.clear(0, position + 1);
                which.or(affected);
            }
        }
        return tooEarly;
    }

    private long nextDeadline(CustomerState state, BitSet which, Frame frame) {
        long next = CustomerState.NEVER;
        for (int position = which.nextSetBit(0); position >= 0; position = which.nextSetBit(position + 1)) {
            next = Math.min(next, watch(position, state, frame));
        }
        // With a deadline at or before now, time would never advance.
        return Math.max(next, frame.now() + 1);
    }

    /** Records the deadline of each given definition; returns the earliest deadline of all definitions. */
    long nextDeadline(CustomerState state, BitSet which, Frame frame, DueTimes dueTimes) {
        for (int position = which.nextSetBit(0); position >= 0; position = which.nextSetBit(position + 1)) {
            dueTimes.set(position, watch(position, state, frame));
        }
        return Math.max(dueTimes.earliest(), frame.now() + 1);
    }

    private long watch(int position, CustomerState state, Frame frame) {
        WatchedTerms watched = watched(state);
        watched.drop(readers.firstTerm(position), readers.firstTerm(position + 1));
        questions.begin(position, frame);
        long until = definitions.get(position).watch(state, frame, watched);
        questions.end(position, frame, state);
        return until;
    }

    /**
     * Returns whether amounts are converted to the shop's currency. If not, they are added without regard to their
     * currency.
     */
    public boolean hasCurrency() {
        return exchange.isOn();
    }

    /**
     * Returns the event as this plan applies it: amounts are converted to the shop's currency, or unset if there is no
     * rate, and products that have only a {@code sku} get it as their {@code product_id}.
     */
    public Event asCounted(Event sent) {
        return ProductIds.completed(exchange.convert(sent));
    }

    /** Returns the customer's current profile. */
    public CustomerProfile profile(CustomerState state) {
        return Profiles.of(state, cartId, profileId, origins);
    }
}
