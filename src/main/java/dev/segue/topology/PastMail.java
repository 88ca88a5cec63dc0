// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.plan.identity.Alias;
import dev.segue.plan.identity.Resolution;
import dev.segue.plan.state.CustomerState;
import dev.segue.serde.output.TransferCodec;
import dev.segue.serde.output.TransferRecord;
import dev.segue.serde.output.TransferRecord.Done;
import dev.segue.serde.output.TransferRecord.Past;
import dev.segue.serde.output.TransferRecord.Reading;
import dev.segue.serde.output.TransferRecord.Sent;
import dev.segue.serde.state.AliasCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Brings the past of a person together while definitions are filled. Each partition sends the retained events of ids
 * that go on as other customers to where these are, then tells every partition that it has. Where such an id goes on
 * once more, its past is passed on, and the partitions tell each other again, until nothing was passed on in a round.
 *
 * <p>A partition that has united its customers says that it needs nothing more. Definitions that come before all have
 * said so may find one partition without anything to fill and another one that is not done: so all of them read once
 * more, the first only for the others. Which partitions take part is therefore the same for all.
 *
 * <p>An event that comes after the past of its id was sent says so, and is kept as well.
 */
final class PastMail {
    /** So many ids are looked up at a time. */
    private static final int SLICE = 100;

    private final TransferMail mail;
    private final TaskPlans plans;
    private final CustomerStore customers;
    private final PastStore store;
    private final InstantSource clock;
    private final ProcessorContext<byte[], Outgoing> context;
    private Reading own;
    /** As stored; null if the partitions exchange no past. */
    private PastStore.@Nullable Round round;

    private boolean isSending;
    private byte @Nullable [] last;
    private @Nullable Iterator<String> elsewhere;

    PastMail(
            SegmenterParts parts,
            CustomerStore customers,
            TaskPlans plans,
            ProcessorContext<byte[], Outgoing> context) {
        this.mail = parts.mail();
        this.plans = plans;
        this.customers = customers;
        this.store = customers.othersPast();
        this.clock = parts.clock();
        this.context = context;
        this.own = ofLive();
    }

    private Reading ofLive() {
        return new Reading(
                plans.live().live().at().toEpochMilli(),
                plans.live().step(),
                context.taskId().partition());
    }

    /** The definitions of the task are others than before, or the task begins. */
    void begin() {
        Reading before = own;
        own = ofLive();
        isSending = false;
        round = store.round(own);
        boolean othersNeed = own.compareDefinitions(before) > 0 && store.round(before) != null;
        if (round == null && (plans.fill() != null || othersNeed)) {
            store(PastStore.Round.FIRST);
        }
        store.dropBefore(own);
        if (round == null && !store.sent(own).isEmpty()) {
            join();
        }
    }

    /** Takes part without having any past: whatever happened here has happened under these definitions. */
    private void join() {
        store(PastStore.Round.FIRST);
        endRound(PastStore.Round.FIRST, null);
    }

    /** Returns whether the past must be read here: for this partition's own customers or for those of others. */
    boolean isToRead() {
        return plans.fill() != null || (round != null && !hasSent());
    }

    /** Returns whether past events may still be sent from here, or awaited here. */
    boolean isGoingOn() {
        return plans.fill() != null || (round != null && !isDone());
    }

    private boolean isDone() {
        return store.allDone(own).contains(own.partition());
    }

    /** The definitions that are evaluated here, with this partition. */
    Reading definitions() {
        return own;
    }

    /** Returns the reading of this partition that finds no further events; null if there is one that still does. */
    @Nullable
    Reading ended() {
        return round == null || isSending || hasSent() ? own : null;
    }

    /** Returns whether other partitions have sent something for definitions that are not evaluated here yet. */
    boolean isBehind() {
        return store.hasNewer(own);
    }

    /** Returns whether every partition has been told that the past of all ids was sent from here. */
    boolean hasSent() {
        return round != null && round.number() > 0;
    }

    boolean isSending() {
        return isSending;
    }

    /** Sends nothing yet, but from now on no event may be read from the past. */
    void beginToSend() {
        isSending = true;
        last = null;
        elsewhere = null;
    }

    /**
     * Sends the past of further ids.
     *
     * @param reader has read the past and stopped
     * @return whether all has been sent
     */
    boolean send(PastReader reader, long nanos) {
        long until = System.nanoTime() + nanos;
        while (elsewhere == null && System.nanoTime() < until) {
            Map<String, Alias> aliases = new LinkedHashMap<>();
            last = customers.aliases(
                    last,
                    SLICE,
                    (id, alias) -> aliases.put(new String(id, StandardCharsets.UTF_8), AliasCodec.read(alias)));
            aliases.forEach(
                    (id, alias) -> UnappliedEvents.byOwner(reader.events().take(id), alias::ownerAt)
                            .forEach((owner, chunks) -> send(id, owner, chunks)));
            if (last == null) {
                elsewhere = reader.elsewhere().iterator();
            }
        }
        while (elsewhere != null && elsewhere.hasNext() && System.nanoTime() < until) {
            String id = elsewhere.next();
            send(id, id, reader.events().take(id));
        }
        if (elsewhere == null || elsewhere.hasNext()) {
            return false;
        }
        isSending = false;
        endRound(Objects.requireNonNull(round), reader.shortenedSince(clock.millis()));
        return true;
    }

    private void send(String id, String into, List<ByteBuffer> chunks) {
        int part = 0;
        for (ByteBuffer chunk : chunks) {
            post(into, new TransferRecord(List.of(id), new Past(own, part, chunk)), clock.millis());
            part++;
        }
    }

    /** Passes the past of an id on to where the customer has gone to. */
    void passOn(String id, String into, TransferRecord past, long timestamp) {
        List<String> via = new ArrayList<>(past.via());
        via.add(id);
        post(into, new TransferRecord(via, past.content()), timestamp);
    }

    private void post(String to, TransferRecord past, long timestamp) {
        PastStore.Round known = round;
        if (known != null && !known.passed()) {
            store(new PastStore.Round(known.number(), true));
        }
        context.forward(mail.record(to, past, timestamp), Nodes.TO_OTHER_IDS);
    }

    private void endRound(PastStore.Round known, @Nullable Long since) {
        int number = known.number() + 1;
        store(new PastStore.Round(number, false));
        for (int partition = 0; partition < mail.partitions(); partition++) {
            tell(partition, new Sent(own, number, known.passed(), since));
        }
    }

    private void store(PastStore.Round next) {
        store.round(own, next);
        round = next;
    }

    private void tell(int partition, TransferRecord.Content content) {
        context.forward(
                mail.record(partition, new TransferRecord(List.of(), content), clock.millis()), Nodes.TO_OTHER_IDS);
    }

    /**
     * Another partition, or this one, has sent everything.
     *
     * @return whether this partition, which has read for others only, is done with it
     */
    boolean received(Sent sent) {
        int newer = sent.reading().compareDefinitions(own);
        if (newer < 0) {
            return false;
        }
        store.sent(sent);
        if (newer > 0 || plans.fill() != null) {
            return false;
        }
        if (round == null) {
            join();
        }
        boolean ends = isComplete();
        if (ends) {
            end();
        }
        return ends;
    }

    /** Another partition needs nothing more. */
    void received(Done done) {
        int newer = done.reading().compareDefinitions(own);
        if (newer >= 0) {
            store.done(done.reading());
        }
        if (newer == 0) {
            forgetIfAllAreDone();
        }
    }

    private void forgetIfAllAreDone() {
        if (store.allDone(own).size() == mail.partitions()) {
            store.drop(own);
            round = null;
        }
    }

    /** Returns whether everything has arrived here; tells the other partitions if this one has ended a round. */
    boolean isComplete() {
        PastStore.Round known = round;
        if (known == null || known.number() == 0) {
            return false;
        }
        int number = known.number();
        List<Sent> all = store.sent(own);
        List<Sent> latest = all.stream().filter(sent -> sent.round() == number).toList();
        if (latest.size() < mail.partitions()) {
            return false;
        }
        if (latest.stream().noneMatch(Sent::passed) || number > Resolution.MOST_HOPS) {
            return true;
        }
        endRound(known, since(all));
        return false;
    }

    private static @Nullable Long since(List<Sent> all) {
        return all.stream()
                .map(Sent::since)
                .filter(Objects::nonNull)
                .max(Long::compare)
                .orElse(null);
    }

    /**
     * Returns since when all partitions have kept their events, if one of them has deleted earlier ones. Only once it is
     * complete.
     *
     * @return milliseconds since the epoch; null if none has
     */
    @Nullable
    Long since() {
        return since(store.sent(own));
    }

    /** Past events have arrived for a customer. */
    void received(byte[] id, Supplier<@Nullable CustomerState> customer, String source, Past past) {
        Reading reading = past.reading();
        if (awaits(reading, customer)) {
            keep(id, reading, new PastStore.Events(source, reading.partition(), past.part(), past.events()));
        }
    }

    /** An event that was forwarded is about to be applied to a customer. */
    void applied(byte[] id, Supplier<@Nullable CustomerState> customer, String source, TransferMail.Origin origin) {
        Reading after = origin.after();
        if (after != null && awaits(after, customer)) {
            ByteBuffer chunk =
                    ByteBuffer.wrap(UnappliedEvents.one(origin.timestamp(), TransferCodec.bytes(origin.event())));
            keep(id, after, new PastStore.Events(source, after.partition(), PastStore.Events.LIVE, chunk));
        }
    }

    /**
     * Whoever comes under these definitions has no past, unless another id with one is on its way here. And everybody may
     * have one for the next definitions.
     */
    private boolean awaits(Reading reading, Supplier<@Nullable CustomerState> customer) {
        int newer = reading.compareDefinitions(own);
        return newer == 0 ? plans.readsPast() && customer.get() != null : newer > 0;
    }

    private void keep(byte[] id, Reading reading, PastStore.Events events) {
        long offset = context.recordMetadata().orElseThrow().offset();
        store.keep(reading, id, offset, events);
    }

    /** Returns what has arrived for a customer, in the order in which it came, and forgets it. */
    List<PastStore.Events> take(byte[] id) {
        return store.take(own, id);
    }

    /** Forgets what has arrived for a customer. */
    void forget(byte[] id) {
        if (plans.fill() != null) {
            List<PastStore.Events> unused = take(id);
        }
    }

    /** Every customer is united with its past, and nothing is left to be sent to others. */
    void end() {
        store.dropSent(own);
        store.done(own);
        for (int partition = 0; partition < mail.partitions(); partition++) {
            if (partition != own.partition()) {
                tell(partition, new Done(own));
            }
        }
        forgetIfAllAreDone();
    }
}
