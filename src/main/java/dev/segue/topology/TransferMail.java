// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.config.Partitioner;
import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.plan.identity.Transfer;
import dev.segue.plan.state.CustomerState;
import dev.segue.serde.output.TransferCodec;
import dev.segue.serde.output.TransferRecord;
import dev.segue.serde.state.CorruptState;
import dev.segue.serde.state.StateCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.IntSupplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/** Turns transfers into records of the transfers topic and back. Safe for several threads. */
final class TransferMail {
    private final TransferCodec codec;
    private final Patience patience;
    private final Admission admission;
    private final Partitioner partitioner;
    private final IntSupplier partitions;
    private final InstantSource clock;

    /** @param partitions the number of partitions of the topics, above 0 */
    TransferMail(
            TransferCodec codec,
            Patience patience,
            Admission admission,
            Partitioner partitioner,
            IntSupplier partitions,
            InstantSource clock) {
        this.codec = codec;
        this.patience = patience;
        this.admission = admission;
        this.partitioner = partitioner;
        this.partitions = partitions;
        this.clock = clock;
    }

    /**
     * A record of the events or the transfers topic.
     *
     * @param event the value of the event's record; empty if there is no event
     * @param timestamp of the event's record, else of the transfer, in milliseconds since the epoch
     */
    record Origin(ByteBuffer event, long timestamp) {}

    /** The partition of an id. */
    int home(byte[] id) {
        return partitioner.partition(id, partitions.getAsInt());
    }

    /**
     * Returns the record for a transfer.
     *
     * @param origin the record that led to it
     * @param plans what wrote the state of a customer who moves
     */
    Record<byte[], Outgoing> record(Transfer transfer, Origin origin, TaskPlans plans) {
        byte[] key = TaskCustomers.bytes(transfer.to());
        byte[] value = codec.encode(new TransferRecord(transfer.via(), content(transfer, origin, plans)));
        Headers headers = new RecordHeaders();
        headers.add(
                RecordTime.TIMESTAMP,
                ByteBuffer.allocate(Long.BYTES).putLong(origin.timestamp()).array());
        long timestamp = Math.max(origin.timestamp(), clock.millis());
        return new Record<>(key, Outgoing.to(home(key), value), timestamp, headers);
    }

    private static TransferRecord.Content content(Transfer transfer, Origin origin, TaskPlans plans) {
        if (transfer instanceof Transfer.Claim claim) {
            return new TransferRecord.Claim(claim.into(), claim.at(), claim.device(), claim.firstAt());
        }
        if (transfer instanceof Transfer.Move move) {
            return new TransferRecord.Move(
                    move.at(),
                    ByteBuffer.wrap(StateCodec.write(move.state())),
                    plans.live().live().at().toEpochMilli(),
                    plans.live().step());
        }
        if (transfer instanceof Transfer.Forward) {
            return new TransferRecord.Forward(origin.event(), origin.timestamp());
        }
        if (transfer instanceof Transfer.Release release) {
            return new TransferRecord.Release(release.id(), release.owner(), release.at());
        }
        return new TransferRecord.Erase(((Transfer.Erase) transfer).at());
    }

    /** @throws BadRecord if it is not a transfer */
    TransferRecord decode(byte[] value) throws BadRecord {
        return patience.answer(() -> codec.decode(value));
    }

    /** @throws BadRecord if it contains no event that can be read */
    Transfer transfer(byte[] key, TransferRecord record) throws BadRecord {
        String to = new String(key, StandardCharsets.UTF_8);
        TransferRecord.Content content = record.content();
        if (content instanceof TransferRecord.Claim claim) {
            return new Transfer.Claim(to, claim.into(), claim.at(), claim.device(), claim.firstAt(), record.via());
        }
        if (content instanceof TransferRecord.Move move) {
            String from = record.via().get(0);
            return new Transfer.Move(to, move.at(), state(from, move), record.via());
        }
        if (content instanceof TransferRecord.Forward forward) {
            Event event = patience.answer(
                    () -> admission.admit(key, TransferCodec.bytes(forward.event()), forward.timestamp()));
            return new Transfer.Forward(to, event, record.via());
        }
        if (content instanceof TransferRecord.Release release) {
            return new Transfer.Release(to, release.id(), release.owner(), release.at(), record.via());
        }
        return new Transfer.Erase(to, ((TransferRecord.Erase) content).at(), record.via());
    }

    private static CustomerState state(String from, TransferRecord.Move move) throws BadRecord {
        try {
            return StateCodec.read(from, TransferCodec.bytes(move.state()));
        } catch (CorruptState damaged) {
            throw new BadRecord(
                    BadRecord.Reason.MALFORMED, "the state in the transfer is damaged: " + damaged.getMessage());
        }
    }

    /** Returns where an event in a transfer comes from. */
    static Origin origin(TransferRecord record, long timestamp) {
        return record.content() instanceof TransferRecord.Forward forward
                ? new Origin(forward.event(), forward.timestamp())
                : new Origin(ByteBuffer.allocate(0), timestamp);
    }
}
