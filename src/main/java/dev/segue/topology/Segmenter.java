// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.serde.output.Control;
import dev.segue.serde.state.StateCodec;
import dev.segue.topology.due.DeadlineIndex;
import dev.segue.topology.due.Drain;
import dev.segue.topology.due.ThreadTime;
import dev.segue.topology.population.TaskPopulations;
import dev.segue.topology.product.TaskProducts;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Turns one partition of events and ticks into segment changes. Time advances only by ticks (and, for one customer, by
 * that customer's own events), so the changes are a function of the log.
 */
final class Segmenter implements Processor<byte[], byte[], byte[], Outgoing> {
    /**
     * The shortest pause between two passes of the drain while customers are due. Streams punctuates between polls
     * only.
     */
    private static final Duration PAUSE = Duration.ofMillis(5);

    /** How long one call may arm the customers whom cuts move or new facts concern, in nanoseconds. */
    private static final long LONGEST_ARMING = 500_000;

    private final SegmenterParts parts;
    private DeadlineIndex deadlines = new DeadlineIndex();
    private @Nullable ThreadTime threadTime;
    private Drain drain;
    private ProcessorContext<byte[], Outgoing> context;
    private CustomerStore store;
    private TaskClock time;
    private @Nullable TaskCustomers customers;
    private @Nullable TaskResidence residence;
    private @Nullable TaskPlans plans;
    private @Nullable Sweep sweep;
    private @Nullable TaskFill fill;
    private TaskStatistics statistics;
    private TaskPopulations populations;
    private TaskProducts products;
    private Outbox outbox;

    /** The task's time when it began or its definitions changed, in milliseconds since the epoch. */
    private long began;

    private @Nullable TaskProgress progress;

    /** Scheduled only while customers are due. */
    private @Nullable Cancellable goingOn;

    Segmenter(SegmenterParts parts) {
        this.parts = parts;
    }

    /** Streams calls this again on the same object when it revives a task whose transaction failed. */
    @Override
    public void init(ProcessorContext<byte[], Outgoing> initialized) {
        context = initialized;
        outbox = new Outbox(parts.codecs(), parts.counters(), initialized);
        store = new CustomerStore(initialized.getStateStore(Nodes.CUSTOMERS));
        forgetCustomers();
        time = new TaskClock(store);
        deadlines = new DeadlineIndex();
        populations = new TaskPopulations(
                store, initialized.taskId().partition(), parts.clock().millis());
        products = new TaskProducts(store.products());
        Customers.Shared shared = new Customers.Shared(populations.cuts(), products.table());
        TaskPlans opened = TaskPlans.open(store, parts.plans(), shared, parts::first);
        populations.count(opened.populations());
        plans = opened;
        giveFillBack();
        takeTime();
        // After a return to earlier definitions, nobody need be evaluated, but all are in populations again.
        sweep = new Sweep(
                store,
                deadlines,
                opened,
                threadTime(),
                (customer, state) ->
                        populations.stored(customer, StateCodec.shared(state).standings()));
        drain = new Drain(deadlines, parts.drain(), threadTime());
        beginProgress();
        statistics = new TaskStatistics(
                parts.statistics(), store, opened::segments, initialized, parts.counters(), parts.clock());
        TaskCustomers known = new TaskCustomers(
                parts, store, opened, time, deadlines, outbox, statistics, populations, products, progress());
        customers = known;
        PastMail past = new PastMail(parts, store, opened, initialized);
        residence = new TaskResidence(parts, store, known, opened, past, initialized);
        fill = new TaskFill(
                parts, store, known, opened, past, initialized, progress().fill(), this::visitEverybody);
        fill.begin();
        goOnWhileDue();
    }

    private void giveFillBack() {
        if (fill != null) {
            fill.close();
            fill = null;
        }
    }

    private void takeTime() {
        giveTimeBack();
        threadTime = parts.time().get();
        threadTime.begin();
    }

    private void giveTimeBack() {
        if (goingOn != null) {
            goingOn.cancel();
            goingOn = null;
        }
        if (threadTime != null) {
            threadTime.end();
            threadTime = null;
        }
    }

    private void beginProgress() {
        endProgress();
        began = time.hasBegun() ? time.now() : parts.clock().millis();
        progress = parts.counters().progress().begin(began);
        progress.evaluates(plans().live().live());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata origin = origin();
        if (origin.topic().equals(parts.controlTopic())) {
            control(record, origin);
        } else {
            long start = threadTime().now();
            if (origin.topic().equals(parts.transfersTopic())) {
                transferred(record, origin);
            } else {
                applyEvent(record, origin);
                fill().processed(origin.offset());
            }
            threadTime().event(start, threadTime().now());
            fireDue();
            statistics.save();
        }
    }

    private void applyEvent(Record<byte[], byte[]> record, RecordMetadata origin) {
        parts.counters().event();
        Event event;
        try {
            // An unreachable registry does not make the record bad, so the record waits.
            event = parts.patience()
                    .answer(() -> parts.admission().admit(record.key(), record.value(), record.timestamp()));
        } catch (BadRecord bad) {
            parts.counters().deadLetter(bad.reason());
            outbox.sendDeadLetter(record, bad, origin, parts.clock().millis());
            return;
        }
        if (parts.placement().sendsOn(record.key(), record.headers(), origin)) {
            residence().reroute(record, event);
            return;
        }
        if (time.hasBegun() && time.now() - event.time() > Counters.LATE.toMillis()) {
            parts.counters().late();
        }
        residence().event(record, event);
    }

    private void transferred(Record<byte[], byte[]> record, RecordMetadata origin) {
        try {
            residence().transferred(record);
        } catch (BadRecord bad) {
            parts.counters().refusedControl();
            outbox.sendDeadLetter(record, bad, origin, parts.clock().millis());
        }
    }

    private void moveTime(long to) {
        if (time.moveTo(to)) {
            progress().time(to);
        }
    }

    private void changeDefinitions(Control.Activation part) throws BadRecord {
        Long since = plans().take(part);
        if (since != null) {
            moveTime(since);
            progress().evaluates(plans().live().live());
            populations.count(plans().populations());
            visitEverybody();
            fill().begin();
            // Whoever lived under earlier definitions moves before the past comes.
            handleKept();
        }
    }

    private void visitEverybody() {
        began = time.now();
        sweep().begin();
        goOnWhileDue();
    }

    private void control(Record<byte[], byte[]> record, RecordMetadata origin) {
        Control message = new Control.Unknown();
        try {
            message = parts.ticks().read(record);
            if (message instanceof Control.Tick tick) {
                parts.counters().tick();
                moveTime(tick.at());
                statistics.tick(time.now());
                populations.report(
                        time.now(),
                        plans()::alwaysCounts,
                        report -> outbox.sendCounts(report, parts.clock().millis()));
            } else if (message instanceof Control.Moved moved) {
                boolean first = populations.isFirst(moved.table());
                if (populations.take(moved.table())) {
                    parts.counters().cuts();
                    if (first) {
                        visitEverybody();
                    }
                }
            } else if (message instanceof Control.Known known) {
                parts.counters().products().taken(products.take(known.facts()));
            } else if (message instanceof Control.Activation part) {
                changeDefinitions(part);
            }
        } catch (BadRecord bad) {
            parts.counters().refusedControl();
            outbox.sendDeadLetter(record, bad, origin, parts.clock().millis());
        }
        goOn();
        if (message instanceof Control.Tick) {
            forget();
            reportDrained();
            parts.audience().look();
        }
    }

    private void goOn() {
        int before = deadlines.size();
        sweep().goOn();
        armSome();
        parts.counters().waiting(deadlines.size() - before);
        fireDue();
        statistics.save();
    }

    private void armSome() {
        long start = threadTime().now();
        do {
            populations.arm(deadlines);
            parts.counters().products().informed(products.arm(deadlines));
        } while (isArming() && threadTime().now() - start < LONGEST_ARMING);
    }

    private boolean isArming() {
        return populations.isArming() || products.isArming();
    }

    /** Before the very first tick there is no time, so nothing can be due. */
    private void fireDue() {
        if (!time.hasBegun()) {
            return;
        }
        int before = deadlines.size();
        drain.run(time.now(), customers()::visit);
        settle();
        parts.counters().waiting(deadlines.size() - before);
        goOnWhileDue();
    }

    private void settle() {
        if (plans().isUnsettled() && !sweep().isGoing() && !deadlines.isDue(Evaluator.AT_ONCE)) {
            boolean fills = plans().fill() != null;
            plans().settle();
            if (fills && plans().fill() == null) {
                fill().end();
            }
            handleKept();
        }
    }

    private void handleKept() {
        try {
            residence().goOn();
        } catch (BadRecord impossible) {
            throw new IllegalStateException("a transfer that was kept cannot be read", impossible);
        }
    }

    /** Runs the drain between events and ticks. */
    private void goOnWhileDue() {
        boolean due = isDue();
        if (due && goingOn == null) {
            goingOn = context.schedule(PAUSE, PunctuationType.WALL_CLOCK_TIME, ignored -> goOn());
        } else if (!due && goingOn != null) {
            goingOn.cancel();
            goingOn = null;
            progress().drained(0, 0);
        }
    }

    private boolean isDue() {
        return time.hasBegun() && (sweep().isGoing() || isArming() || deadlines.isDue(time.now()));
    }

    /** Everybody has been evaluated at every instant up to now: the cuts and facts before are not needed any more. */
    private void forget() {
        if (time.hasBegun() && !isDue() && !plans().isUnsettled()) {
            populations.settled(time.now());
            products.settled(time.now());
        }
    }

    private void reportDrained() {
        if (!deadlines.isDue(time.now())) {
            progress().drained(0, 0);
            return;
        }
        // Customers that are due because definitions changed have no deadline; they have waited since the change.
        long first = deadlines.firstDeadline();
        long since = first == Evaluator.AT_ONCE ? began : first;
        progress().drained(time.now() - since, deadlines.due(time.now(), TaskProgress.MOST_OVERDUE_COUNTED));
    }

    private RecordMetadata origin() {
        Optional<RecordMetadata> metadata = context.recordMetadata();
        return metadata.orElseThrow(() -> new IllegalStateException("a record without topic and offset"));
    }

    private TaskResidence residence() {
        return Objects.requireNonNull(residence, "not initialized");
    }

    private TaskCustomers customers() {
        return Objects.requireNonNull(customers, "not initialized");
    }

    private TaskPlans plans() {
        return Objects.requireNonNull(plans, "not initialized");
    }

    private Sweep sweep() {
        return Objects.requireNonNull(sweep, "not initialized");
    }

    private TaskFill fill() {
        return Objects.requireNonNull(fill, "not initialized");
    }

    private ThreadTime threadTime() {
        return Objects.requireNonNull(threadTime, "not initialized");
    }

    private TaskProgress progress() {
        return Objects.requireNonNull(progress, "not initialized");
    }

    private void endProgress() {
        if (progress != null) {
            parts.counters().progress().end(progress);
            progress = null;
        }
    }

    @Override
    public void close() {
        giveFillBack();
        endProgress();
        giveTimeBack();
        forgetCustomers();
    }

    /** After a failed transaction, the task's cached customers are invalid. */
    private void forgetCustomers() {
        if (customers != null) {
            customers.close();
            customers = null;
        }
    }
}
