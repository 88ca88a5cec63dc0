// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import dev.segue.config.ErasureSettings;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.plan.Effects;
import dev.segue.plan.Plan;
import dev.segue.replay.Until;
import dev.segue.replay.backtest.Divergences.Divergence;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The customers of one partition, or of all files, under both sets of definitions. For one thread. Applies events as
 * {@link dev.segue.replay.Replay} does.
 */
public final class BacktestPart {
    /** Threads and other programs compete for the cores, so elapsed time would say nothing about the plans. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final BacktestWindow window;
    private final ErasureSettings erasure;
    private final Both<PlanRun> runs;
    private final BacktestTally tally;
    private final InputTally input = new InputTally();
    private final Divergences divergences;
    private final Map<String, PairedCustomer> customers = new HashMap<>();
    private final List<PairedCustomer.Packed> resting = new ArrayList<>();
    private final Map<String, Long> erased = new HashMap<>();

    BacktestPart(
            Both<Plan> plans, ReportedSegments reported, BacktestWindow window, Days days, ErasureSettings erasure) {
        this.window = window;
        this.erasure = erasure;
        this.tally = new BacktestTally(reported, plans.after());
        this.divergences = new Divergences(reported.size());
        this.runs = new Both<>(
                new PlanRun(
                        plans.before(),
                        reported.positions().before(),
                        tally.segments().before(),
                        window,
                        days),
                new PlanRun(
                        plans.after(),
                        reported.positions().after(),
                        tally.segments().after(),
                        window,
                        days));
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
        Long erasedAt = erased.get(event.customerId());
        boolean erases = event.erasesCustomer();
        if (erasedAt != null && !erases && erasure.keepsOut(erasedAt, event.time())) {
            input.dropped();
            return;
        }
        if (event.erasesOrigin() && !customers.containsKey(event.customerId())) {
            return; // Nothing is known of the customer.
        }
        PairedCustomer customer = customers.computeIfAbsent(event.customerId(), PairedCustomer::new);
        boolean isBehind = event.time() < customer.states().after().clock().now();
        Effects before = runs.before().apply(customer.states().before(), event);
        Effects after = runs.after().apply(customer.states().after(), event);
        note(customer, changes(before), changes(after));
        if (after != null) {
            input.applied(after, isBehind);
        }
        if (erases) {
            customers.remove(event.customerId());
            divergences.removeAll(event.customerId());
            erased.merge(event.customerId(), event.time(), Math::max);
        }
    }

    private static List<Change> changes(@Nullable Effects effects) {
        return effects == null ? List.of() : effects.changes();
    }

    private void note(PairedCustomer customer, List<Change> before, List<Change> after) {
        if (before.isEmpty() && after.isEmpty()) {
            return;
        }
        runs.before().count(before, customer.entries().before());
        runs.after().count(after, customer.entries().after());
        before.forEach(change -> compare(customer, runs.before(), new Divergence(change, false)));
        after.forEach(change -> compare(customer, runs.after(), new Divergence(change, true)));
    }

    private void compare(PairedCustomer customer, PlanRun run, Divergence latest) {
        String segment = latest.change().segment();
        int position = run.position(segment);
        if (position < 0 || latest.change().kind() == Change.Kind.UPDATED) {
            return;
        }
        if (customer.agreesOn(segment)) {
            divergences.remove(position, customer.id());
        } else {
            divergences.put(position, latest);
        }
    }

    /**
     * Packs the customers, unless the end is known already. Otherwise, their time advances only when all other partitions
     * have been read.
     */
    public void rest() {
        if (window.to() instanceof Until.At) {
            return;
        }
        customers.values().forEach(customer -> resting.add(customer.pack()));
        customers.clear();
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
        input.customers(customers.size() + resting.size());
        customers.values().forEach(customer -> finish(customer, end));
        customers.clear();
        while (!resting.isEmpty()) {
            finish(resting.remove(resting.size() - 1).unpack(), end);
        }
        input.engine(CPU.getCurrentThreadCpuTime() - start);
        return tally;
    }

    private void finish(PairedCustomer customer, long end) {
        note(
                customer,
                runs.before().advance(customer.states().before(), end),
                runs.after().advance(customer.states().after(), end));
        tally.settle(customer, divergences);
    }
}
