// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import dev.segue.collector.CollectorMeters.Outcome;
import dev.segue.collector.message.BadMessage;
import dev.segue.collector.message.Batch;
import dev.segue.collector.message.Envelope;
import dev.segue.collector.message.MappedMessage;
import dev.segue.collector.message.Message;
import dev.segue.collector.message.MessageMapper;
import dev.segue.config.TopicNames;
import dev.segue.event.Event;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.registry.RegistryException;
import dev.segue.topology.DeadLetter;
import dev.segue.value.CountText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what becomes of the messages of a request. Safe for several threads. */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final MessageMapper mapper;
    private final EventEncoder encoder;
    private final Storage storage;
    private final TopicNames topics;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final CollectorMeters meters;

    Intake(
            MessageMapper mapper,
            EventEncoder encoder,
            Storage storage,
            TopicNames topics,
            InstantSource clock,
            LongSupplier nanos,
            CollectorMeters meters) {
        this.mapper = mapper;
        this.encoder = encoder;
        this.storage = storage;
        this.topics = topics;
        this.clock = clock;
        this.nanos = nanos;
        this.meters = meters;
    }

    /** A message that was rejected, and what is kept of it. */
    private record Bad(Message message, BadMessage why, StoredRecord letter) {}

    /** What the messages of one request become. */
    private static final class Sorted {
        private final List<StoredRecord> events = new ArrayList<>();
        private final List<Bad> bad = new ArrayList<>();
        private final Map<String, Integer> ignored = new TreeMap<>();
        private int stored;
        private int dropped;
    }

    /**
     * Takes the messages of one request.
     *
     * @param type of messages that do not say; empty for batches
     * @param strict true if one bad message refuses the whole request
     * @return completes with 200 when everything is stored; fails otherwise, with a {@link RefusedRequest} unless it is a
     *     bug of ours
     */
    CompletableFuture<Reply> take(Sender sender, Batch batch, String type, boolean strict) {
        int count = batch.messages().size();
        Duration wait = sender.rate().take(count, nanos.getAsLong());
        if (!wait.isZero()) {
            return refuse(sender, count, RefusedRequest.tooMany(wait));
        }
        long begun = nanos.getAsLong();
        Sorted sorted;
        try {
            sorted = sort(sender, batch, type);
        } catch (RegistryException away) {
            LOG.warn("events cannot be encoded: {}", away.getMessage());
            return refuse(sender, count, RefusedRequest.unavailable("registry"));
        }
        if (strict && !sorted.bad.isEmpty()) {
            meters.messages(sender.key().name(), Outcome.REFUSED, "strict", count);
            return CompletableFuture.completedFuture(problems(sorted.bad));
        }
        List<StoredRecord> records = new ArrayList<>(sorted.events);
        sorted.bad.forEach(bad -> records.add(bad.letter()));
        return storage.store(records)
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        meters.acknowledged(Duration.ofNanos(nanos.getAsLong() - begun));
                        count(sender, sorted);
                    } else {
                        meters.messages(sender.key().name(), Outcome.REFUSED, reason(failure), count);
                    }
                })
                .thenApply(done -> Reply.success());
    }

    private CompletableFuture<Reply> refuse(Sender sender, int count, RefusedRequest refusal) {
        meters.messages(sender.key().name(), Outcome.REFUSED, refusal.reason(), count);
        return CompletableFuture.failedFuture(refusal);
    }

    private static String reason(Throwable failure) {
        return failure instanceof RefusedRequest refusal ? refusal.reason() : "error";
    }

    private void count(Sender sender, Sorted sorted) {
        String name = sender.key().name();
        meters.messages(name, Outcome.STORED, "", sorted.stored);
        meters.events(sorted.events.size());
        meters.dropped(sorted.dropped);
        sorted.ignored.forEach((reason, count) -> meters.messages(name, Outcome.IGNORED, reason, count));
        sorted.bad.forEach(bad ->
                meters.messages(name, Outcome.DEAD_LETTER, bad.why().reason().label(), 1));
    }

    private Sorted sort(Sender sender, Batch batch, String type) {
        Sorted sorted = new Sorted();
        Instant receivedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        for (Message message : batch.messages()) {
            Envelope envelope = new Envelope(
                    sender.key().name(),
                    sender.key().origin(),
                    receivedAt,
                    batch.sentAt(),
                    message.hasId() ? "" : UUID.randomUUID().toString(),
                    type,
                    sender.key().mayMerge());
            try {
                add(sorted, mapper.map(message, envelope), receivedAt);
            } catch (BadMessage bad) {
                sorted.bad.add(new Bad(message, bad, letter(message, envelope, bad)));
            }
        }
        return sorted;
    }

    private void add(Sorted sorted, MappedMessage mapped, Instant receivedAt) {
        // Its own time may be older than what the topic keeps, and must not move the clock of the log back.
        long timestamp = receivedAt.toEpochMilli();
        for (Event event : mapped.events()) {
            sorted.events.add(new StoredRecord(
                    topics.behaviorEvents(),
                    event.customerId(),
                    encoder.encode(event),
                    timestamp,
                    new RecordHeaders()));
        }
        if (mapped.ignored() != null) {
            sorted.ignored.merge(mapped.ignored(), 1, Integer::sum);
        } else {
            sorted.stored++;
        }
        sorted.dropped += mapped.dropped();
    }

    private StoredRecord letter(Message message, Envelope envelope, BadMessage bad) {
        byte[] sealed = envelope.seal(message);
        long timestamp = envelope.receivedAt().toEpochMilli();
        String key = mapper.customerOf(message);
        DeadLetter.Collected letter = DeadLetter.collected(
                envelope.sender(), bad.reason(), bad.detailWithPath(), topics.behaviorEvents(), timestamp, sealed);
        return new StoredRecord(topics.deadLetters(), key, letter.value(), timestamp, letter.headers());
    }

    /** What a strict sender is told: every problem, with its place. */
    private static Reply problems(List<Bad> bad) {
        List<Map<String, Object>> problems = new ArrayList<>();
        for (Bad one : bad) {
            Map<String, Object> problem = new LinkedHashMap<>();
            problem.put("path", one.why().path());
            problem.put("reason", one.why().reason().label());
            problem.put("message", one.why().detail());
            problems.add(problem);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("success", false);
        values.put("message", CountText.of(bad.size(), "message") + " cannot be used; nothing was stored");
        values.put("problems", problems);
        return Reply.json(400, values);
    }
}
