// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import dev.segue.config.ErasureSettings;
import dev.segue.event.Event;
import dev.segue.plan.Effects;
import dev.segue.plan.Plan;
import dev.segue.plan.PopulationNeed;
import dev.segue.plan.identity.Alias;
import dev.segue.plan.identity.Linking;
import dev.segue.plan.identity.Residence;
import dev.segue.plan.identity.Resolution;
import dev.segue.plan.identity.Transfer;
import dev.segue.plan.product.ProductTable;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.InputProblem;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All customers of a replay, and the ids that go on as another one. What is sent arrives at once. */
public final class Persons implements Residence {
    private final Plan plan;
    private final Linking linking;
    private final ErasureSettings erasure;
    private final Listener listener;
    private final Resolution resolution;
    private final Map<String, CustomerState> customers = new HashMap<>();
    private final Map<String, Alias> aliases = new HashMap<>();
    private final Map<String, Long> erased = new HashMap<>();
    private final Deque<Transfer> sent = new ArrayDeque<>();
    private final MinuteCuts cuts;
    private final ProductTable products;
    private long now = Long.MIN_VALUE;

    /** Receives what happens, in order. */
    public interface Listener {
        /** An event was applied to a customer, who had been at a later time if {@code behind}; it may have another id. */
        void applied(String customer, Event event, Effects effects, boolean behind);

        /** Ids became one person, or a person was erased under another id. */
        void changed(Effects effects);

        /** Everything under an id is another customer's from now on. */
        void moved(String from, String into);

        /** A link was refused. */
        void refused(InputProblem problem);

        /** An event was left out, because its customer had been erased. */
        void keptOut(Event event);
    }

    /**
     * All customers, who are compared with each other if the plan asks for it.
     *
     * @param products what is known of products, at any instant
     */
    public Persons(Plan plan, Linking linking, ErasureSettings erasure, ProductTable products, Listener listener) {
        this(plan, linking, erasure, products, listener, plan.populations());
    }

    private Persons(
            Plan plan,
            Linking linking,
            ErasureSettings erasure,
            ProductTable products,
            Listener listener,
            List<PopulationNeed> compared) {
        this.plan = plan;
        this.linking = linking;
        this.erasure = erasure;
        this.listener = listener;
        this.resolution = new Resolution(this, linking);
        this.products = products;
        this.cuts = new MinuteCuts(plan, compared, listener::changed);
    }

    /** Some of many customers. Nobody has a percentile, because the others are not known; nor are products. */
    public static Persons some(Plan plan, Linking linking, ErasureSettings erasure, Listener listener) {
        return new Persons(plan, linking, erasure, new ProductTable(), listener, List.of());
    }

    /** Applies an event to whoever its customer is by now. */
    public void apply(Event event) {
        cuts.passTo(event.time());
        now = event.time();
        if (isKeptOut(event.customerId(), event)) {
            listener.keptOut(event);
            return;
        }
        resolution.event(event.customerId(), event);
        for (Transfer next = sent.poll(); next != null; next = sent.poll()) {
            resolution.handle(next);
        }
    }

    private boolean isKeptOut(String id, Event event) {
        return !event.erasesCustomer() && isErased(id, event.time());
    }

    /** Returns the instant up to which a customer has lived at least, or an instant that is later. */
    private long atLeast(long instant) {
        return Math.max(instant, cuts.now());
    }

    private CustomerState known(String id) {
        return customers.computeIfAbsent(id, absent -> admit(new CustomerState(absent)));
    }

    private CustomerState admit(CustomerState customer) {
        customer.setProducts(products);
        return cuts.admit(customer);
    }

    /** Returns whether customers are compared with each other, so that each change depends on all events. */
    public boolean areCompared() {
        return cuts.areNeeded();
    }

    /**
     * If customers are compared, lets time pass for all of them up to an instant, and compares them there.
     *
     * @param until in milliseconds since the epoch; no event is later
     */
    public void compareAt(long until) {
        cuts.end(until);
    }

    /** The current customers. */
    public Collection<CustomerState> customers() {
        return customers.values();
    }

    /** Forgets all customers, but not which ids are one person. */
    public void forgetCustomers() {
        customers.clear();
    }

    /** Returns as whom an id goes on: itself, or the last of those that follow each other. */
    public String person(String id) {
        String person = id;
        for (int hops = 0; aliases.containsKey(person) && hops <= Resolution.MOST_HOPS; hops++) {
            person = aliases.get(person).into();
        }
        return person;
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
        return customers.get(id);
    }

    @Override
    public void linked(CustomerState customer) {
        customers.put(customer.customerId(), admit(customer));
        Effects effects = plan.linked(customer, atLeast(now), now);
        cuts.follow(customer, effects);
        listener.changed(effects);
    }

    @Override
    public void apply(String id, String key, Event event) {
        if (isKeptOut(id, event)) {
            listener.keptOut(event);
            return;
        }
        if (event.erasesOrigin() && !customers.containsKey(id)) {
            return; // Nothing is known of the customer.
        }
        CustomerState state = known(id);
        boolean behind = event.time() < state.clock().now();
        Linking.Result linked = linking.link(state, event, key);
        Effects effects = plan.apply(state, event.customerId().equals(id) ? event : event.of(id), cuts.now(), now);
        if (effects.outcome() == Effects.Outcome.ERASED) {
            cuts.followLast(state, effects);
        } else {
            cuts.follow(state, effects);
        }
        listener.applied(id, event, linked.problem() == null ? effects : effects.with(linked.problem()), behind);
        if (effects.outcome() == Effects.Outcome.ERASED) {
            erase(id, event.time());
        }
        if (linked.claim() != null) {
            send(linked.claim());
        }
    }

    @Override
    public @Nullable CustomerState leave(String id, String into) {
        CustomerState state = customers.remove(id);
        if (state != null) {
            Effects effects = plan.leave(state, into, atLeast(now), now);
            cuts.followLast(state, effects);
            listener.changed(effects);
        }
        return state;
    }

    @Override
    public void unite(String id, CustomerState other) {
        listener.moved(other.customerId(), id);
        CustomerState state = known(id);
        Effects effects = plan.unite(state, other, atLeast(now), now);
        cuts.follow(state, effects);
        listener.changed(effects);
    }

    @Override
    public void erase(String id, long at) {
        CustomerState state = customers.remove(id);
        aliases.remove(id);
        erased.merge(id, at, Math::max);
        if (state != null) {
            Effects effects = plan.erase(state, atLeast(at), now);
            cuts.followLast(state, effects);
            listener.changed(effects);
        }
    }

    @Override
    public boolean isErased(String id, long at) {
        Long erasedAt = erased.get(id);
        return erasedAt != null && erasure.keepsOut(erasedAt, at);
    }

    @Override
    public void refused(InputProblem problem) {
        listener.refused(problem);
    }

    @Override
    public void send(Transfer transfer) {
        sent.add(transfer);
    }

    @Override
    public void circle() {}
}
