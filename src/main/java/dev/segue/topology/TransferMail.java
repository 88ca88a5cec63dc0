// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.config.Partitioner;
import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.plan.identity.Transfer;
import dev.segue.plan.state.CustomerState;
import dev.segue.serde.output.TransferCodec;
import dev.segue.serde.output.TransferRecord;
import dev.segue.serde.output.TransferRecord.Reading;
import dev.segue.serde.state.CorruptState;
import dev.segue.serde.state.StateCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.IntSupplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

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
     * @param after the reading of the past that does not find the event any more; null if one still will
     */
    record Origin(
            ByteBuffer event, long timestamp, @Nullable Reading after) {
        static Origin none(long timestamp) {
            return new Origin(ByteBuffer.allocate(0), timestamp, null);
        }
    }

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
        TransferRecord content = new TransferRecord(transfer.via(), content(transfer, origin, plans));
        return record(transfer.to(), content, origin.timestamp());
    }

    /**
     * Returns the record for a message to an id.
     *
     * @param origin when what led to it happened, in milliseconds since the epoch
     */
    Record<byte[], Outgoing> record(String to, TransferRecord message, long origin) {
        byte[] key = TaskCustomers.bytes(to);
        return record(key, home(key), message, origin);
    }

    /** As {@link #record(String, TransferRecord, long)}, to a partition. */
    Record<byte[], Outgoing> record(int partition, TransferRecord message, long origin) {
        return record(new byte[0], partition, message, origin);
    }

    private Record<byte[], Outgoing> record(byte[] key, int partition, TransferRecord message, long origin) {
        Headers headers = new RecordHeaders();
        headers.add(
                RecordTime.TIMESTAMP,
                ByteBuffer.allocate(Long.BYTES).putLong(origin).array());
        long timestamp = Math.max(origin, clock.millis());
        return new Record<>(key, Outgoing.to(partition, codec.encode(message)), timestamp, headers);
    }

    /** The number of partitions, above 0. */
    int partitions() {
        return partitions.getAsInt();
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
            return new TransferRecord.Forward(origin.event(), origin.timestamp(), origin.after());
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
        if (content instanceof TransferRecord.Erase erase) {
            return new Transfer.Erase(to, erase.at(), record.via());
        }
        throw new BadRecord(BadRecord.Reason.MALFORMED, "the transfer is for no id");
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
                ? new Origin(forward.event(), forward.timestamp(), forward.after())
                : Origin.none(timestamp);
    }
}
