// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest;

import dev.segue.config.ErasureSettings;
import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import dev.segue.plan.Plan;
import dev.segue.plan.PlanOptions;
import dev.segue.plan.identity.Linking;
import dev.segue.plan.product.ProductTable;
import dev.segue.replay.EventReader;
import dev.segue.replay.Until;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/**
 * Runs the old and the new set of definitions over the same events. Events come in parts that have no person in
 * common; several threads may read one part each.
 */
public final class Backtest {
    private static final int BATCH = 8192;

    private final Both<ComparedSet> sets;
    private final Both<Plan> plans;
    private final List<DefinitionChange> changes;
    private final ReportedSegments reported;
    private final BacktestWindow window;
    private final Vocabulary vocabulary;
    private final PlanOptions options;
    private final Linking linking;
    private final ErasureSettings erasure;
    private final ProductTable products;
    private final List<BacktestPart> waiting = new ArrayList<>();
    private final BacktestTally tally;
    private final InputTally input = new InputTally();
    private boolean hasBegun;

    /** Nothing is known of any product. */
    public Backtest(
            Both<ComparedSet> sets,
            Vocabulary vocabulary,
            PlanOptions options,
            Linking linking,
            ErasureSettings erasure,
            BacktestWindow window) {
        this(sets, vocabulary, options, linking, erasure, window, new ProductTable());
    }

    /**
     * @param sets both sets; the old one may be empty
     * @param products what is known of products, at any instant; must not change any more
     */
    public Backtest(
            Both<ComparedSet> sets,
            Vocabulary vocabulary,
            PlanOptions options,
            Linking linking,
            ErasureSettings erasure,
            BacktestWindow window,
            ProductTable products) {
        this.sets = sets;
        this.plans = sets.map(set -> Plan.compile(set.definitions(), vocabulary, options));
        this.changes = DefinitionChange.between(
                sets.before().definitions(), sets.after().definitions());
        this.reported = new ReportedSegments(changes);
        this.window = window;
        this.vocabulary = vocabulary;
        this.options = options;
        this.linking = linking;
        this.erasure = erasure;
        this.products = products;
        this.tally = new BacktestTally(reported, plans.after(), window);
    }

    /** Returns whether a definition compares customers with each other, so that all events must be one part. */
    public boolean comparesCustomers() {
        return !plans.before().populations().isEmpty()
                || !plans.after().populations().isEmpty();
    }

    /** Returns whether a definition reads facts of products. */
    public boolean asksAboutProducts() {
        return plans.before().asksAboutProducts() || plans.after().asksAboutProducts();
    }

    /**
     * Begins a part.
     *
     * @throws IllegalStateException if it is the second one, and customers are compared with each other
     */
    public synchronized BacktestPart part() {
        if (hasBegun && comparesCustomers()) {
            throw new IllegalStateException("customers of several parts cannot be compared with each other");
        }
        hasBegun = true;
        return new BacktestPart(plans, reported, window, new Days(options.zone()), linking, erasure, products);
    }

    /** Adds a part that has been read to its end. May be called by several threads. */
    public void take(BacktestPart part) {
        OptionalLong end = window.to() instanceof Until.At at ? OptionalLong.of(at.instant()) : OptionalLong.empty();
        if (end.isPresent()) {
            BacktestTally finished = part.finish(end.getAsLong());
            synchronized (this) {
                tally.add(finished);
                input.add(part.input());
            }
        } else {
            synchronized (this) {
                waiting.add(part);
            }
        }
    }

    /**
     * Reads all events as one part.
     *
     * @param progress receives the number of events after each batch
     */
    public void read(EventReader reader, LongConsumer progress) {
        BacktestPart part = part();
        List<Event> batch = new ArrayList<>(BATCH);
        do {
            fill(batch, reader);
            part.apply(batch);
            progress.accept(batch.size());
        } while (!batch.isEmpty());
        take(part);
    }

    private static void fill(List<Event> batch, EventReader reader) {
        batch.clear();
        while (batch.size() < BATCH) {
            Event event = reader.next();
            if (event == null) {
                return;
            }
            batch.add(event);
        }
    }

    /**
     * Advances the customers of all parts to the end and reports.
     *
     * @throws ArithmeticException if the end is out of range
     */
    public synchronized BacktestReport report() {
        long last = waiting.stream().mapToLong(part -> part.input().last()).reduce(input.last(), Math::max);
        long end = last == Long.MIN_VALUE ? last : window.to().millis(last).orElse(last);
        waiting.parallelStream().map(part -> part.finish(end)).forEachOrdered(tally::add);
        waiting.forEach(part -> input.add(part.input()));
        waiting.clear();
        return new ReportBuilder(changes, reported, tally, vocabulary, options, end)
                .build(sets, input.counts(), window.from());
    }
}
