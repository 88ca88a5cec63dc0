// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.plan.Fill;
import dev.segue.plan.state.CustomerState;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the definitions of one task that do not know their past, and reads for other tasks that do so. Everything is read again after a restart, because what
 * has been read is kept in memory only; customers that are already united are then left alone.
 */
final class TaskFill {
    private static final Logger LOG = LoggerFactory.getLogger(TaskFill.class);

    private static final Duration PAUSE = Duration.ofMillis(50);

    /** The task's own thread reads the last events: so many that no live event waits long. */
    private static final long FEW = 2_000;

    private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

    /** So long at a time the task's own thread collects ids or sends their past. */
    private static final Duration SHORT = Duration.ofMillis(10);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final SegmenterParts parts;
    private final TaskPlans plans;
    private final ProcessorContext<byte[], Outgoing> context;
    private final FillProgress progress;
    private final CustomerStore store;
    private final TaskCustomers customers;
    private final PastMail mail;
    private final Runnable whenRead;
    private @Nullable LinkedCustomers linked;
    private @Nullable PastReader reader;
    private @Nullable Cancellable looking;
    private long processed = PastReader.UNKNOWN;
    private long restUntil = Long.MIN_VALUE;

    /** @param whenRead called once the whole past has been read and customers can be united with it */
    TaskFill(
            SegmenterParts parts,
            CustomerStore store,
            TaskCustomers customers,
            TaskPlans plans,
            PastMail mail,
            ProcessorContext<byte[], Outgoing> context,
            FillProgress progress,
            Runnable whenRead) {
        this.parts = parts;
        this.store = store;
        this.customers = customers;
        this.plans = plans;
        this.mail = mail;
        this.context = context;
        this.progress = progress;
        this.whenRead = whenRead;
    }

    /** The definitions of the task are others than before, or the task begins. */
    void begin() {
        close();
        mail.begin();
        if (!mail.isToRead()) {
            return;
        }
        Fill fill = plans.fill();
        LOG.info(
                "partition {}: reads past events for {}",
                partition(),
                fill == null ? "customers of other partitions" : names(fill));
        progress.begin(fill != null);
        linked = new LinkedCustomers(store);
        looking = context.schedule(PAUSE, PunctuationType.WALL_CLOCK_TIME, ignored -> look());
    }

    private int partition() {
        return context.taskId().partition();
    }

    private void read(@Nullable Fill fill, LinkedCustomers known) {
        PastReader next = new PastReader(
                fill == null ? null : fill.past(),
                parts.past().log(),
                partition(),
                parts.admission(),
                new PastReader.Erasures(parts.erasure().settings(), customers.erased()),
                belonging(known),
                parts.counters()::past,
                progress);
        next.processed(processed);
        reader = next;
        progress.begin(fill != null);
        progress.reads(next);
        goOn(next);
    }

    private PastReader.Belonging belonging(LinkedCustomers known) {
        return new PastReader.Belonging() {
            @Override
            public boolean isLinked(byte[] id) {
                return known.has(id);
            }

            @Override
            public boolean isElsewhere(ConsumerRecord<byte[], byte[]> event) {
                return parts.placement().sentOn(event.key(), event.headers(), partition());
            }
        };
    }

    private void goOn(PastReader next) {
        next.begin();
        parts.past().background().execute(next);
    }

    /** The task has applied the event at this offset. */
    void processed(long offset) {
        processed = offset;
        PastReader known = reader;
        if (known != null) {
            known.processed(offset);
        }
    }

    private void look() {
        PastReader known = reader;
        Fill fill = plans.fill();
        LinkedCustomers ids = linked;
        if (ids == null || (known != null && known.isRunning())) {
            return;
        }
        if (known == null) {
            if (ids.collect(SHORT.toNanos())) {
                read(fill, ids);
            }
            return;
        }
        RuntimeException failure = known.failure();
        if (failure != null) {
            retry(failure);
        } else if (mail.isSending()) {
            if (mail.send(known, SHORT.toNanos())) {
                sent(fill);
            }
        } else if (known.left() > FEW) {
            goOn(known);
        } else if (!mail.hasSent()) {
            if (known.finish(LONGEST_WAIT.toNanos())) {
                mail.beginToSend();
            }
        } else if (fill != null && mail.isComplete() && known.finish(LONGEST_WAIT.toNanos())) {
            // A consumer that closes waits for its last fetch.
            parts.past().background().execute(known::endReading);
            stopLooking();
            unite(fill, known);
        }
    }

    private void sent(@Nullable Fill fill) {
        if (fill == null) {
            close();
        } else {
            progress.gather();
        }
    }

    private void unite(Fill fill, PastReader known) {
        Long since = known.shortenedSince(parts.clock().millis());
        LOG.info(
                "partition {}: read {} past events for {} in {}{}; unites customers with them",
                partition(),
                known.done(),
                names(fill),
                seconds(),
                since == null ? "" : " (events before " + Instant.ofEpochMilli(since) + " had been deleted)");
        progress.unite();
        Long sinceOfOthers = mail.since();
        PersonsPast persons = new PersonsPast(
                fill.past(),
                parts.admission(),
                parts.patience(),
                (id, event) -> customers.isErased(id, event.time()),
                parts.counters()::past);
        plans.unite(new TaskPlans.ReadPast(
                state -> {
                    progress.united();
                    CustomerState history = known.take(state.customerId());
                    byte[] id = TaskCustomers.bytes(state.customerId());
                    persons.apply(history, known.events().take(state.customerId()), mail.take(id));
                    boolean hasOthers = !state.linkedIds().all().isEmpty();
                    return new Fill.History(history, hasOthers ? sinceOfOthers : since);
                },
                since));
        whenRead.run();
    }

    /** Every customer has been visited since the past was read. */
    void end() {
        mail.end();
        if (reader != null) {
            LOG.info(
                    "partition {}: {} customers have been united with their past, {} after the change",
                    partition(),
                    progress.customersUnited(),
                    seconds());
        }
        close();
    }

    private static String names(Fill fill) {
        return String.join(", ", fill.names());
    }

    private String seconds() {
        return "%.1f s".formatted(progress.elapsed() / 1e9);
    }

    private void retry(RuntimeException failure) {
        long now = parts.time().get().now();
        if (restUntil == Long.MIN_VALUE) {
            LOG.warn(
                    "partition {}: past events cannot be read, and are read again: {}",
                    partition(),
                    failure.toString());
            LOG.debug("partition {}", partition(), failure);
            progress.failed(String.valueOf(failure.getMessage()));
            restUntil = now + AFTER_FAILURE.toNanos();
        } else if (now >= restUntil) {
            restUntil = Long.MIN_VALUE;
            reader = null;
        }
    }

    void close() {
        stopLooking();
        progress.end();
        if (reader != null) {
            reader.close();
            reader = null;
        }
        linked = null;
    }

    private void stopLooking() {
        if (looking != null) {
            looking.cancel();
            looking = null;
        }
    }
}
