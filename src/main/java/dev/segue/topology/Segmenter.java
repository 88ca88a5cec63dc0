// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.audience.Audience;
import dev.segue.event.BadRecord;
import dev.segue.event.Cause;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.serde.output.Control;
import dev.segue.serde.state.StateCodec;
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

    private final SegmenterParts parts;
    private DeadlineIndex deadlines = new DeadlineIndex();
    private @Nullable ThreadTime time;
    private Drain drain;
    private ProcessorContext<byte[], Outgoing> context;
    private CustomerStore store;
    private @Nullable Customers customers;
    private @Nullable TaskPlans plans;
    private @Nullable Sweep sweep;
    private @Nullable TaskFill fill;
    private ErasedCustomers erased;
    private Outbox outbox;
    private Audience.Share audience;
    private long lastTick;

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
        lastTick = store.lastTick();
        deadlines = new DeadlineIndex();
        TaskPlans opened = TaskPlans.open(store, parts.plans(), parts::first);
        plans = opened;
        customers = new Customers(store, opened, parts.cache());
        giveFillBack();
        takeTime();
        sweep = new Sweep(store, deadlines, opened, time());
        drain = new Drain(deadlines, parts.drain(), time());
        audience = parts.audience().share();
        beginProgress();
        erased = parts.erasure().over(store);
        erased.counted(store.scan((customer, state) -> {
            deadlines.arm(customer, opened.deadline(state));
            audience.customer();
            progress().addCustomers(1);
            StateCodec.segments(state).forEach(audience::member);
            progress().addStateBytes(customer.length + state.length);
        }));
        parts.counters().waiting(deadlines.size());
        fill = new TaskFill(parts, opened, initialized, progress().fill(), this::visitEverybody);
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
        time = parts.time().get();
        time.begin();
    }

    private void giveTimeBack() {
        if (goingOn != null) {
            goingOn.cancel();
            goingOn = null;
        }
        if (time != null) {
            time.end();
            time = null;
        }
    }

    private void beginProgress() {
        endProgress();
        began = lastTick == Long.MIN_VALUE ? parts.clock().millis() : lastTick;
        progress = parts.counters().progress().begin(began);
        progress.revision(plans().live().live().revision());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata origin = origin();
        if (origin.topic().equals(parts.controlTopic())) {
            control(record, origin);
        } else {
            long start = time().now();
            applyEvent(record, origin);
            fill().processed(origin.offset());
            time().event(start, time().now());
            fireDue();
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
        parts.placement().look(record.key(), record.headers(), origin);
        if (lastTick != Long.MIN_VALUE && lastTick - event.time() > Counters.LATE.toMillis()) {
            parts.counters().late();
        }
        byte[] customer = record.key();
        if (erased.keepsOut(customer, event)) {
            parts.counters().erased();
            return;
        }
        Customers.Known known = customers().get(customer);
        Outcome outcome = known.apply(event, lastTick, parts.clock().millis());
        boolean isNew = known.storedBytes() == 0;
        if (isNew && outcome.state() != null) {
            audience.customer();
            progress().addCustomers(1);
        }
        store(customer, known, outcome, record.timestamp());
        if (outcome.isErasure()) {
            erased.add(customer, Math.max(lastTick, event.time()));
        } else if (!isNew || outcome.state() != null) {
            customers().keep(known);
        }
        int before = deadlines.size();
        deadlines.arm(customer, outcome.deadline());
        parts.counters().waiting(deadlines.size() - before);
    }

    /** Ticks may repeat, or arrive late after the conductor has moved; time never goes back. */
    private void moveTime(long to) {
        if (to > lastTick) {
            lastTick = to;
            store.lastTick(lastTick);
            progress().time(lastTick);
        }
    }

    private void changeDefinitions(Control.Activation part) throws BadRecord {
        Long since = plans().take(part);
        if (since != null) {
            moveTime(since);
            progress().revision(plans().live().live().revision());
            visitEverybody();
            fill().begin();
        }
    }

    private void visitEverybody() {
        began = lastTick;
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
            } else if (message instanceof Control.Activation part) {
                changeDefinitions(part);
            }
        } catch (BadRecord bad) {
            parts.counters().refusedControl();
            outbox.sendDeadLetter(record, bad, origin, parts.clock().millis());
        }
        goOn();
        if (message instanceof Control.Tick) {
            reportDrained();
            parts.audience().look();
        }
    }

    private void goOn() {
        int before = deadlines.size();
        sweep().goOn();
        parts.counters().waiting(deadlines.size() - before);
        fireDue();
    }

    /** Before the very first tick there is no time, so nothing can be due. */
    private void fireDue() {
        if (lastTick == Long.MIN_VALUE) {
            return;
        }
        int before = deadlines.size();
        drain.run(lastTick, this::lookAtDue);
        settle();
        parts.counters().waiting(deadlines.size() - before);
        goOnWhileDue();
    }

    private void settle() {
        if (plans().isUnsettled() && !sweep().isGoing() && !deadlines.isDue(Evaluator.AT_ONCE)) {
            plans().settle();
            if (plans().fill() == null) {
                fill().close();
            }
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
        return lastTick != Long.MIN_VALUE && (sweep().isGoing() || deadlines.isDue(lastTick));
    }

    private long lookAtDue(byte[] customer) {
        Customers.Known known = customers().find(customer);
        if (known == null) {
            return DeadlineIndex.NEVER;
        }
        long deadline = known.deadline();
        if (deadline > lastTick) {
            return deadline;
        }
        Outcome outcome = known.advance(lastTick, parts.clock().millis());
        store(customer, known, outcome, lastTick);
        return outcome.deadline();
    }

    private void store(byte[] customer, Customers.Known known, Outcome outcome, long timestamp) {
        parts.counters().count(outcome.effects());
        audience.count(outcome.effects());
        byte[] state = outcome.state();
        if (state != null) {
            boolean isNew = known.storedBytes() == 0;
            progress().addStateBytes(customers().put(known, state) + (isNew ? customer.length : 0));
        } else if (outcome.isErasure() && known.storedBytes() > 0) {
            customers().delete(known);
            audience.gone();
            progress().addCustomers(-1);
            progress().addStateBytes(-customer.length - known.storedBytes());
        }
        outbox.send(customer, outcome, timestamp);
        outcome.changes().forEach(change -> countLatency(change, timestamp));
    }

    private void countLatency(Change change, long timestamp) {
        Cause.Kind cause = change.cause().kind();
        long from = cause == Cause.Kind.EVENT ? timestamp : change.effectiveAt().toEpochMilli();
        parts.counters().latency(cause, change.detectedAt().toEpochMilli() - from);
    }

    private void reportDrained() {
        if (!deadlines.isDue(lastTick)) {
            progress().drained(0, 0);
            return;
        }
        // Customers that are due because definitions changed have no deadline; they have waited since the change.
        long first = deadlines.firstDeadline();
        long since = first == Evaluator.AT_ONCE ? began : first;
        progress().drained(lastTick - since, deadlines.due(lastTick, TaskProgress.MOST_OVERDUE_COUNTED));
    }

    private RecordMetadata origin() {
        Optional<RecordMetadata> metadata = context.recordMetadata();
        return metadata.orElseThrow(() -> new IllegalStateException("a record without topic and offset"));
    }

    private Customers customers() {
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

    private ThreadTime time() {
        return Objects.requireNonNull(time, "not initialized");
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
        parts.counters().waiting(-deadlines.size());
        audience.close();
        giveFillBack();
        endProgress();
        giveTimeBack();
        forgetCustomers();
    }

    /** After a failed transaction, the task's cached customers are invalid. */
    private void forgetCustomers() {
        if (customers != null) {
            customers.close();
        }
    }
}
