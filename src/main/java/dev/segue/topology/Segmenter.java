package dev.segue.topology;

import dev.segue.event.Event;
import dev.segue.serde.BadRecord;
import dev.segue.serde.Control;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Turns one partition of events and time into segment changes. Time moves forward only by ticks (and, for one customer,
 * by that customer's own events), so the changes are a function of the log.
 */
final class Segmenter implements Processor<byte[], byte[], byte[], Outgoing> {
    /** How many due customers are looked at after an event, so that a drain goes on under full load too. */
    private static final int DUE_PER_EVENT = 4;

    /** When the drain goes on while nothing comes in. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final SegmenterParts parts;
    private DeadlineIndex deadlines = new DeadlineIndex();
    private Drain drain;
    private ProcessorContext<byte[], Outgoing> context;
    private CustomerStore customers;
    private Outbox outbox;
    private Audience.Share audience;
    private long lastTick;

    Segmenter(SegmenterParts parts) {
        this.parts = parts;
    }

    /** Streams calls this anew, on the same object, when it revives a task whose transaction failed. */
    @Override
    public void init(ProcessorContext<byte[], Outgoing> initialized) {
        context = initialized;
        outbox = new Outbox(parts.codecs(), initialized);
        customers = new CustomerStore(initialized.getStateStore(Nodes.CUSTOMERS));
        lastTick = customers.lastTick();
        deadlines = new DeadlineIndex();
        drain = new Drain(deadlines, parts.drain(), parts.nanoTime());
        audience = parts.audience().share();
        customers.scan((customer, state) -> {
            deadlines.arm(customer, parts.engine().deadline(state));
            audience.customer();
            parts.engine().segments(state).forEach(audience::member);
        });
        parts.counters().waiting(deadlines.size());
        context.schedule(
                PAUSE,
                PunctuationType.WALL_CLOCK_TIME,
                ignored -> fireDue(parts.drain().customers()));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata origin = origin();
        if (origin.topic().equals(parts.controlTopic())) {
            moveTime(record, origin);
            fireDue(parts.drain().customers());
            parts.audience().look();
        } else {
            applyEvent(record, origin);
            fireDue(DUE_PER_EVENT);
        }
    }

    private void applyEvent(Record<byte[], byte[]> record, RecordMetadata origin) {
        parts.counters().event();
        Event event;
        try {
            event = parts.admission().admit(record);
        } catch (BadRecord bad) {
            parts.counters().deadLetter(bad.reason());
            outbox.sendDeadLetter(record, bad, origin);
            return;
        }
        byte[] customer = record.key();
        byte[] known = customers.get(customer);
        Look look = parts.engine().apply(known, event, lastTick, parts.clock().millis());
        if (known == null) {
            audience.customer();
        }
        keep(customer, look, record.timestamp());
        int before = deadlines.size();
        deadlines.arm(customer, look.deadline());
        parts.counters().waiting(deadlines.size() - before);
    }

    /** Ticks may come twice, or late after the conductor has moved; time never goes back. */
    private void moveTime(Record<byte[], byte[]> record, RecordMetadata origin) {
        try {
            if (parts.ticks().read(record) instanceof Control.Tick tick && tick.at() > lastTick) {
                lastTick = tick.at();
                customers.lastTick(lastTick);
            }
            parts.counters().tick();
        } catch (BadRecord bad) {
            parts.counters().refusedControl();
            outbox.sendDeadLetter(record, bad, origin);
        }
    }

    /** Before the first tick of all there is no time, and nobody can be due. */
    private void fireDue(int most) {
        if (lastTick == Long.MIN_VALUE) {
            return;
        }
        int before = deadlines.size();
        drain.run(lastTick, most, this::lookAtDue);
        parts.counters().waiting(deadlines.size() - before);
    }

    private long lookAtDue(byte[] customer) {
        byte[] state = customers.get(customer);
        if (state == null) {
            return DeadlineIndex.NEVER;
        }
        long deadline = parts.engine().deadline(state);
        if (deadline > lastTick) {
            return deadline;
        }
        String id = new String(customer, StandardCharsets.UTF_8);
        Look look = parts.engine().advance(id, state, lastTick, parts.clock().millis());
        keep(customer, look, lastTick);
        return look.deadline();
    }

    private void keep(byte[] customer, Look look, long timestamp) {
        parts.counters().count(look.effects());
        audience.count(look);
        byte[] state = look.state();
        if (state != null) {
            customers.put(customer, state);
        }
        outbox.send(customer, look, timestamp);
    }

    private RecordMetadata origin() {
        Optional<RecordMetadata> metadata = context.recordMetadata();
        return metadata.orElseThrow(() -> new IllegalStateException("a record without topic and offset"));
    }

    @Override
    public void close() {
        parts.counters().waiting(-deadlines.size());
        audience.close();
    }
}
