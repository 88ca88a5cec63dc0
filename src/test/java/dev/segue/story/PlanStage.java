// SPDX-License-Identifier: Apache-2.0
package dev.segue.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.audience.Histogram;
import dev.segue.event.BadRecord;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.ProductFacts;
import dev.segue.event.TriggerDecision;
import dev.segue.plan.Effects;
import dev.segue.plan.Plan;
import dev.segue.plan.PopulationNeed;
import dev.segue.plan.population.BucketChange;
import dev.segue.plan.population.CutTables;
import dev.segue.plan.population.Cuts;
import dev.segue.plan.population.ValueBuckets;
import dev.segue.plan.product.ProductTable;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.InputProblem;
import dev.segue.plan.state.Limit;
import dev.segue.serde.event.EventInstant;
import dev.segue.serde.state.StateCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The plan alone. If it stores, each step begins and ends with bytes, as in the topology. */
public final class PlanStage implements Stage {
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private final boolean stores;
    private final TreeMap<String, CustomerState> live = new TreeMap<>();
    private final TreeMap<String, byte[]> stored = new TreeMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<TriggerDecision> decisions = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<Limit> limits = new ArrayList<>();
    private final List<InputProblem> problems = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final CutTables cuts = new CutTables();
    private final ProductTable products = new ProductTable();
    private final TreeMap<Long, Histogram> histograms = new TreeMap<>();
    private long duplicates;
    private Plan plan;
    private long tick = Long.MIN_VALUE;

    /** @param stores whether states are written and read around every step */
    public PlanStage(Plan plan, boolean stores) {
        this.plan = plan;
        this.stores = stores;
    }

    @Override
    public void event(Event event, Instant received, Instant clock) {
        try {
            EventInstant.requireNotAhead(event, received.toEpochMilli(), AHEAD);
        } catch (BadRecord bad) {
            refused.add(bad.reason().label());
            return;
        }
        CustomerState state = state(event.customerId());
        keep(state, plan.apply(state, event, tick, clock.toEpochMilli()));
    }

    @Override
    public void product(ProductFacts facts, Instant clock) {
        ProductTable.Numbered unused = products.add(facts.after(products.at(facts.productId(), Long.MAX_VALUE)));
        tick = Math.max(tick, clock.toEpochMilli());
        advanceAll();
    }

    @Override
    public void timeIs(Instant instant) {
        tick = instant.toEpochMilli();
        advanceAll();
        publishCuts();
        advanceAll();
    }

    private void publishCuts() {
        for (PopulationNeed need : plan.populations()) {
            Cuts next = histogram(need.id()).cuts(need.id(), need.minimum(), tick);
            Cuts latest = cuts.latest(need.id());
            if (latest == null || !latest.agreesWith(next, need.asked())) {
                assertThat(cuts.add(next)).isTrue();
            }
        }
    }

    /** Publishes cuts among all customers but one, before any customer is advanced. */
    public void publishAt(String instant, String without) {
        tick = Instant.parse(instant).toEpochMilli();
        CustomerState left = state(without);
        for (PopulationNeed need : plan.populations()) {
            int bucket = left.standings().bucket(need.id());
            histogram(need.id()).count(new BucketChange(need.id(), bucket, ValueBuckets.NONE));
        }
        publishCuts();
    }

    private Histogram histogram(long population) {
        return histograms.computeIfAbsent(population, absent -> new Histogram());
    }

    private void advanceAll() {
        for (String customer : List.copyOf(stores ? stored.keySet() : live.keySet())) {
            CustomerState state = state(customer);
            keep(state, plan.advance(state, tick, tick));
        }
    }

    @Override
    public void restart() {
        live.replaceAll((customer, state) -> StateCodec.read(customer, StateCodec.write(state)));
    }

    @Override
    public void becomes(Plan next) {
        plan = next;
        if (tick > Long.MIN_VALUE) {
            advanceAll();
        }
    }

    private void keep(CustomerState state, Effects effects) {
        changes.addAll(effects.changes());
        decisions.addAll(effects.decisions());
        effects.bucketChanges().forEach(change -> histogram(change.population()).count(change));
        failures.addAll(effects.failures());
        limits.addAll(effects.limits());
        problems.addAll(effects.problems());
        if (effects.outcome() == Effects.Outcome.DUPLICATE) {
            duplicates++;
        }
        if (state.clock().plan() == 0) {
            live.remove(state.customerId());
        }
        if (stores && effects.stateChanged()) {
            stored.put(state.customerId(), StateCodec.write(state));
        }
    }

    @Override
    public Told told() {
        Told told = new Told(
                List.copyOf(changes), List.copyOf(decisions), List.copyOf(failures), duplicates, List.copyOf(refused));
        changes.clear();
        decisions.clear();
        failures.clear();
        refused.clear();
        duplicates = 0;
        return told;
    }

    /** The state of a customer. */
    public CustomerState state(String customer) {
        CustomerState state = stores ? restored(customer) : live.computeIfAbsent(customer, CustomerState::new);
        state.setCuts(cuts);
        state.setProducts(products);
        return state;
    }

    private CustomerState restored(String customer) {
        byte[] bytes = stored.get(customer);
        return bytes == null ? new CustomerState(customer) : StateCodec.read(customer, bytes);
    }

    public Plan plan() {
        return plan;
    }

    /** The unusable parts of the events so far. */
    public List<InputProblem> problems() {
        return problems;
    }

    /** The limits reached so far. */
    public List<Limit> limits() {
        return limits;
    }
}
