// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import dev.segue.config.ErasureSettings;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.plan.Effects;
import dev.segue.plan.Plan;
import dev.segue.plan.identity.Linking;
import dev.segue.plan.product.ProductTable;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.InputProblem;
import dev.segue.replay.Persons;
import dev.segue.replay.Until;
import dev.segue.replay.backtest.Divergences.Divergence;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The customers of one partition, or of all partitions or files, under both sets of definitions. For one thread. Applies
 * events as {@link dev.segue.replay.Replay} does: which ids are one person does not depend on the definitions.
 */
public final class BacktestPart {
    /** Threads and other programs compete for the cores, so elapsed time would say nothing about the plans. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final BacktestWindow window;
    private final Both<PlanRun> runs;
    private final Both<List<Change>> changes = new Both<>(new ArrayList<>(), new ArrayList<>());
    private final Persons before;
    private final Persons after;
    private final BacktestTally tally;
    private final InputTally input = new InputTally();
    private final Divergences divergences;
    private final Map<String, Both<EntryCounts>> entries = new HashMap<>();
    private final List<PairedCustomer.Packed> resting = new ArrayList<>();
    /** Customers who are not there any more since the last event. */
    private final List<String> gone = new ArrayList<>();

    BacktestPart(
            Both<Plan> plans,
            ReportedSegments reported,
            BacktestWindow window,
            Days days,
            Linking linking,
            ErasureSettings erasure,
            ProductTable products) {
        this.window = window;
        this.tally = new BacktestTally(reported, plans.after(), window);
        this.divergences = new Divergences(reported.size());
        this.before = new Persons(
                plans.before(),
                linking,
                erasure,
                products,
                new Collector(changes.before(), tally.decisions().before(), this::before));
        this.after = new Persons(plans.after(), linking, erasure, products, new Tally());
        this.runs = new Both<>(
                new PlanRun(
                        plans.before(),
                        reported.positions().before(),
                        tally.segments().before(),
                        tally.decisions().before(),
                        window,
                        days),
                new PlanRun(
                        plans.after(),
                        reported.positions().after(),
                        tally.segments().after(),
                        tally.decisions().after(),
                        window,
                        days));
    }

    /** Collects the changes of one set. */
    private static class Collector implements Persons.Listener {
        private final List<Change> changes;
        private final DecisionCounts decisions;
        private final Function<String, @Nullable CustomerState> customers;

        Collector(List<Change> changes, DecisionCounts decisions, Function<String, @Nullable CustomerState> customers) {
            this.changes = changes;
            this.decisions = decisions;
            this.customers = customers;
        }

        @Override
        public void applied(String customer, Event event, Effects effects, boolean behind) {
            changed(effects);
        }

        @Override
        public void changed(Effects effects) {
            changes.addAll(effects.changes());
            decisions.count(effects.decisions());
        }

        /** A membership that goes on under the other id has neither ended nor begun. */
        @Override
        public void moved(String from, String into) {
            CustomerState other = customers.apply(into);
            changes.removeIf(change -> change.mergedInto() != null
                    && change.customerId().equals(from)
                    && !isMember(other, change.segment()));
        }

        @Override
        public void refused(InputProblem problem) {}

        @Override
        public void keptOut(Event event) {}
    }

    /** Counts what becomes of the events; of the new set only, because it is the same for both. */
    private final class Tally extends Collector {
        Tally() {
            super(BacktestPart.this.changes.after(), tally.decisions().after(), BacktestPart.this::after);
        }

        @Override
        public void applied(String customer, Event event, Effects effects, boolean behind) {
            super.changed(effects);
            input.applied(effects, behind);
            if (effects.outcome() == Effects.Outcome.ERASED) {
                gone.add(customer);
            }
        }

        @Override
        public void changed(Effects effects) {
            super.changed(effects);
            input.fail(effects);
        }

        @Override
        public void moved(String from, String into) {
            super.moved(from, into);
            gone.add(from);
        }

        @Override
        public void keptOut(Event event) {
            input.dropped();
        }
    }

    private @Nullable CustomerState before(String customer) {
        return before.customer(customer);
    }

    private @Nullable CustomerState after(String customer) {
        return after.customer(customer);
    }

    /** Applies events in their order. */
    public void apply(List<Event> events) {
        long start = CPU.getCurrentThreadCpuTime();
        events.forEach(this::apply);
        input.engine(CPU.getCurrentThreadCpuTime() - start);
    }

    /** Counts a record that is not an event. */
    public void refuse(String reason) {
        input.refused(reason);
    }

    private void apply(Event event) {
        if (!window.to().includes(event.time())) {
            input.leftOut(event.time());
            return;
        }
        input.event(event.time(), window.reports(event.time()));
        if (Linking.otherId(event) != null) {
            input.link();
        }
        if (!runs.before().isEmpty()) {
            before.apply(event);
        }
        after.apply(event);
        note(changes, this::agree);
        changes.before().clear();
        changes.after().clear();
        for (String customer : gone) {
            divergences.removeAll(customer);
            entries.remove(customer);
        }
        gone.clear();
    }

    /** @param agree returns whether both sets agree on a customer and a segment */
    private void note(Both<List<Change>> told, BiPredicate<String, String> agree) {
        told.before()
                .forEach(change -> runs.before().count(change, entries(change).before()));
        told.after()
                .forEach(change -> runs.after().count(change, entries(change).after()));
        told.before().forEach(change -> compare(runs.before(), new Divergence(change, false), agree));
        told.after().forEach(change -> compare(runs.after(), new Divergence(change, true), agree));
    }

    private Both<EntryCounts> entries(Change change) {
        return entries.computeIfAbsent(change.customerId(), absent -> new Both<>(new EntryCounts(), new EntryCounts()));
    }

    private void compare(PlanRun run, Divergence latest, BiPredicate<String, String> agree) {
        String segment = latest.change().segment();
        String customer = latest.change().customerId();
        int position = run.position(segment);
        if (position < 0 || latest.change().kind() == Change.Kind.UPDATED) {
            return;
        }
        if (agree.test(customer, segment)) {
            divergences.remove(position, customer);
        } else {
            divergences.put(position, latest);
        }
    }

    private boolean agree(String customer, String segment) {
        return isMember(before(customer), segment) == isMember(after(customer), segment);
    }

    private static boolean isMember(@Nullable CustomerState state, String segment) {
        return state != null && state.membership(segment) != null;
    }

    /**
     * Packs the customers, unless the end is known already. Otherwise, their time advances only when all other partitions
     * have been read.
     */
    public void rest() {
        if (window.to() instanceof Until.At || areCompared()) {
            return;
        }
        after.customers().forEach(state -> resting.add(paired(state).pack()));
        before.forgetCustomers();
        after.forgetCustomers();
    }

    /** Customers who are compared with each other are never at rest. */
    private boolean areCompared() {
        return before.areCompared() || after.areCompared();
    }

    private PairedCustomer paired(CustomerState state) {
        CustomerState other = before.customer(state.customerId());
        return new PairedCustomer(new Both<>(other == null ? new CustomerState(state.customerId()) : other, state));
    }

    InputTally input() {
        return input;
    }

    /**
     * Advances every customer to the end, in milliseconds since the epoch, and returns the statistics. Customers are
     * released one by one.
     */
    BacktestTally finish(long end) {
        long start = CPU.getCurrentThreadCpuTime();
        compareAt(end);
        input.customers(after.customers().size() + resting.size());
        after.customers().forEach(state -> finish(paired(state), end));
        while (!resting.isEmpty()) {
            finish(resting.remove(resting.size() - 1).unpack(), end);
        }
        before.forgetCustomers();
        after.forgetCustomers();
        input.engine(CPU.getCurrentThreadCpuTime() - start);
        return tally;
    }

    private void compareAt(long end) {
        before.compareAt(end);
        after.compareAt(end);
        note(changes, this::agree);
        changes.before().clear();
        changes.after().clear();
    }

    private void finish(PairedCustomer customer, long end) {
        Both<List<Change>> told = new Both<>(
                runs.before().advance(customer.states().before(), end),
                runs.after().advance(customer.states().after(), end));
        note(told, (id, segment) -> customer.agreesOn(segment));
        tally.settle(customer, divergences);
    }
}
