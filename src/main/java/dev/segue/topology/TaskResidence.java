// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.plan.identity.Alias;
import dev.segue.plan.identity.Linking;
import dev.segue.plan.identity.Residence;
import dev.segue.plan.identity.Resolution;
import dev.segue.plan.identity.Transfer;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.InputProblem;
import dev.segue.serde.output.TransferRecord;
import dev.segue.serde.state.AliasCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** The ids of one partition. What is for another id goes through the transfers topic, in the task's transaction. */
final class TaskResidence implements Residence {
    private final TransferMail mail;
    private final CustomerStore store;
    private final TaskCustomers customers;
    private final TaskPlans plans;
    private final Counters counters;
    private final ProcessorContext<byte[], Outgoing> context;
    private final Resolution resolution;
    private final PastMail past;
    private TransferMail.Origin origin = TransferMail.Origin.none(0);
    private boolean isForwarded;
    /** The message that is handled; null for an event that arrived here. */
    private @Nullable TransferRecord handled;

    private long waiting;

    TaskResidence(
            SegmenterParts parts,
            CustomerStore store,
            TaskCustomers customers,
            TaskPlans plans,
            PastMail past,
            ProcessorContext<byte[], Outgoing> context) {
        this.mail = parts.mail();
        this.past = past;
        this.store = store;
        this.customers = customers;
        this.plans = plans;
        this.counters = parts.counters();
        this.context = context;
        this.resolution = new Resolution(this, parts.linking());
        this.waiting = store.lastWaiting() + 1;
    }

    /** Handles an event that arrived in this partition. */
    void event(Record<byte[], byte[]> record, Event event) {
        origin = arrived(record);
        if (!customers.keepsOut(record.key(), event)) {
            resolution.event(event.customerId(), event);
        }
    }

    /** Sends an event that arrived in the wrong partition to its own. */
    void reroute(Record<byte[], byte[]> record, Event event) {
        origin = arrived(record);
        send(new Transfer.Forward(event.customerId(), event, List.of(event.customerId())));
    }

    private TransferMail.Origin arrived(Record<byte[], byte[]> event) {
        isForwarded = false;
        handled = null;
        return new TransferMail.Origin(ByteBuffer.wrap(event.value()), event.timestamp(), past.ended());
    }

    /**
     * Handles a record of the transfers topic, or keeps it until it can be handled.
     *
     * @throws BadRecord if it is not a transfer
     */
    void transferred(Record<byte[], byte[]> record) throws BadRecord {
        if (record.key() == null || record.value() == null) {
            throw new BadRecord(BadRecord.Reason.MALFORMED, "the transfer has no key or no value");
        }
        TransferRecord transfer = mail.decode(record.value());
        if (transfer.content() instanceof TransferRecord.Sent sent) {
            if (past.received(sent)) {
                goOn();
            }
            return;
        }
        if (transfer.content() instanceof TransferRecord.Done done) {
            past.received(done);
            return;
        }
        if (transfer.via().isEmpty()) {
            throw new BadRecord(BadRecord.Reason.MALFORMED, "the transfer does not say from which id it comes");
        }
        if (transfer.content() instanceof TransferRecord.Past events) {
            received(record, transfer, events);
        } else if (mustWait(transfer)) {
            byte[] key = record.key();
            byte[] value = record.value();
            store.keepWaiting(
                    waiting++,
                    ByteBuffer.allocate(Long.BYTES + Integer.BYTES + key.length + value.length)
                            .putLong(record.timestamp())
                            .putInt(key.length)
                            .put(key)
                            .put(value)
                            .array());
        } else {
            handle(record.key(), transfer, record.timestamp());
        }
    }

    private void received(Record<byte[], byte[]> record, TransferRecord transfer, TransferRecord.Past events) {
        String id = new String(record.key(), StandardCharsets.UTF_8);
        Alias alias = alias(id);
        if (alias != null && transfer.via().size() < Resolution.MOST_HOPS) {
            past.passOn(id, alias.into(), transfer, record.timestamp());
        } else {
            past.received(record.key(), () -> customer(id), transfer.via().get(0), events);
        }
    }

    /**
     * Customers with their whole past do not move to those whose past is still read, nor to those who live under earlier
     * definitions. Nobody leaves whose past is read, or has come from elsewhere for definitions that are not here yet.
     */
    private boolean mustWait(TransferRecord transfer) {
        boolean exchanges = past.isGoingOn();
        if (transfer.content() instanceof TransferRecord.Move move) {
            TransferRecord.Reading own = past.definitions();
            int newer =
                    new TransferRecord.Reading(move.published(), move.step(), own.partition()).compareDefinitions(own);
            return newer > 0 || (newer == 0 && exchanges);
        }
        return transfer.content() instanceof TransferRecord.Claim && (exchanges || past.isBehind());
    }

    /** Handles what has been kept, as far as it can be handled by now. */
    void goOn() throws BadRecord {
        if (waiting == 0) {
            return;
        }
        List<byte[]> kept = store.takeWaiting();
        waiting = 0;
        for (byte[] bytes : kept) {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            long timestamp = in.getLong();
            byte[] key = new byte[in.getInt()];
            in.get(key);
            byte[] value = new byte[in.remaining()];
            in.get(value);
            transferred(new Record<>(key, value, timestamp));
        }
    }

    private void handle(byte[] key, TransferRecord record, long timestamp) throws BadRecord {
        origin = TransferMail.origin(record, timestamp);
        isForwarded = true;
        handled = record;
        Transfer transfer = mail.transfer(key, record);
        if (transfer instanceof Transfer.Forward forward) {
            counters.event();
            if (customers.keepsOut(key, forward.event())) {
                return;
            }
        }
        resolution.handle(transfer);
    }

    @Override
    public @Nullable Alias alias(String id) {
        byte[] key = TaskCustomers.bytes(id);
        if (customers.isKnown(key)) {
            return null;
        }
        byte[] stored = store.alias(key);
        return stored == null ? null : AliasCodec.read(stored);
    }

    @Override
    public void setAlias(String id, @Nullable Alias alias) {
        store.alias(TaskCustomers.bytes(id), alias == null ? null : AliasCodec.write(alias));
    }

    @Override
    public @Nullable CustomerState customer(String id) {
        return customers.find(TaskCustomers.bytes(id));
    }

    @Override
    public void linked(CustomerState customer) {
        customers.linked(TaskCustomers.bytes(customer.customerId()), origin.timestamp());
    }

    @Override
    public void apply(String id, String key, Event event) {
        byte[] bytes = TaskCustomers.bytes(id);
        if (isForwarded) {
            past.applied(bytes, () -> customer(id), key, origin);
        }
        Linking.Result linked = customers.apply(bytes, key, event, origin.timestamp());
        if (event.erasesCustomer()) {
            past.forget(bytes);
        }
        if (linked.claim() != null) {
            send(linked.claim());
        }
    }

    @Override
    public @Nullable CustomerState leave(String id, String into) {
        return customers.leave(TaskCustomers.bytes(id), into, origin.timestamp());
    }

    @Override
    public void unite(String id, CustomerState other) {
        customers.unite(TaskCustomers.bytes(id), other, origin.timestamp());
    }

    @Override
    public void erase(String id, long at) {
        byte[] key = TaskCustomers.bytes(id);
        store.alias(key, null);
        past.forget(key);
        customers.erase(key, at, origin.timestamp());
    }

    @Override
    public boolean isErased(String id, long at) {
        return customers.isErased(TaskCustomers.bytes(id), at);
    }

    @Override
    public void refused(InputProblem problem) {
        counters.problem(problem);
    }

    @Override
    public void send(Transfer transfer) {
        if (transfer instanceof Transfer.Forward) {
            counters.forwarded();
        }
        TransferRecord known = handled;
        boolean isPassedOn =
                transfer instanceof Transfer.Move && known != null && known.content() instanceof TransferRecord.Move;
        context.forward(
                isPassedOn
                        // Still written by the definitions under which the customer left.
                        ? mail.record(
                                transfer.to(), new TransferRecord(transfer.via(), known.content()), origin.timestamp())
                        : mail.record(transfer, origin, plans),
                Nodes.TO_OTHER_IDS);
    }

    @Override
    public void circle() {
        counters.circle();
    }
}
