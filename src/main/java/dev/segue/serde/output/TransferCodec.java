// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.event.BadRecord;
import dev.segue.serde.output.TransferRecord.Claim;
import dev.segue.serde.output.TransferRecord.Content;
import dev.segue.serde.output.TransferRecord.Done;
import dev.segue.serde.output.TransferRecord.Erase;
import dev.segue.serde.output.TransferRecord.Forward;
import dev.segue.serde.output.TransferRecord.Move;
import dev.segue.serde.output.TransferRecord.Past;
import dev.segue.serde.output.TransferRecord.Reading;
import dev.segue.serde.output.TransferRecord.Release;
import dev.segue.serde.output.TransferRecord.Sent;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Transfers between customers' ids in Confluent's wire format. Safe for several threads. */
public final class TransferCodec {
    private final OutputFormat<dev.segue.avro.Transfer> format;

    /** @param topic the schema is registered under its subject, {@code <topic>-value} */
    public TransferCodec(SchemaRegistry registry, String topic) {
        this.format = new OutputFormat<>(registry, topic, dev.segue.avro.Transfer.class);
    }

    /** @throws RegistryException if the schema cannot be registered */
    public byte[] encode(TransferRecord transfer) {
        Content content = transfer.content();
        return format.encode(record -> {
            record.list(transfer.via(), RecordWriter::text);
            record.orNull(content instanceof Claim claim ? claim : null, TransferCodec::write);
            record.orNull(content instanceof Move move ? move : null, TransferCodec::write);
            record.orNull(content instanceof Forward forward ? forward : null, TransferCodec::write);
            record.orNull(content instanceof Release release ? release : null, TransferCodec::write);
            record.orNull(content instanceof Erase erase ? erase.at() : null, RecordWriter::whole);
            record.orNull(content instanceof Past past ? past : null, TransferCodec::write);
            record.orNull(content instanceof Sent sent ? sent : null, TransferCodec::write);
            record.orNull(content instanceof Done done ? done.reading() : null, TransferCodec::write);
        });
    }

    private static void write(RecordWriter record, Claim claim) throws IOException {
        record.text(claim.into());
        record.whole(claim.at());
        record.flag(claim.device());
        record.orNull(claim.firstAt(), RecordWriter::whole);
    }

    private static void write(RecordWriter record, Move move) throws IOException {
        record.whole(move.at());
        record.bytes(bytes(move.state()));
        record.whole(move.published());
        record.whole(move.step());
    }

    private static void write(RecordWriter record, Forward forward) throws IOException {
        record.bytes(bytes(forward.event()));
        record.whole(forward.timestamp());
        record.orNull(forward.after(), TransferCodec::write);
    }

    private static void write(RecordWriter record, Reading reading) throws IOException {
        record.whole(reading.published());
        record.whole(reading.step());
        record.whole(reading.partition());
    }

    private static void write(RecordWriter record, Past past) throws IOException {
        write(record, past.reading());
        record.whole(past.part());
        record.bytes(bytes(past.events()));
    }

    private static void write(RecordWriter record, Sent sent) throws IOException {
        write(record, sent.reading());
        record.whole(sent.round());
        record.flag(sent.passed());
        record.orNull(sent.since(), RecordWriter::whole);
    }

    private static void write(RecordWriter record, Release release) throws IOException {
        record.text(release.id());
        record.text(release.owner());
        record.whole(release.at());
    }

    /**
     * Decodes one record's value.
     *
     * @throws BadRecord if the value is not a transfer
     * @throws RegistryException if the registry is unavailable
     */
    public TransferRecord decode(byte[] bytes) throws BadRecord {
        dev.segue.avro.Transfer record = format.decode(bytes);
        Content content = content(record);
        if (content == null) {
            throw new BadRecord(BadRecord.Reason.MALFORMED, "the transfer has no content that this version knows");
        }
        return new TransferRecord(record.getVia(), content);
    }

    private static @Nullable Content content(dev.segue.avro.Transfer record) {
        if (record.getClaim() != null) {
            return claim(record.getClaim());
        }
        if (record.getMove() != null) {
            dev.segue.avro.Move move = record.getMove();
            return new Move(
                    move.getAt().toEpochMilli(),
                    move.getState().asReadOnlyBuffer(),
                    move.getPublished().toEpochMilli(),
                    (int) move.getStep());
        }
        if (record.getForward() != null) {
            dev.segue.avro.Forward forward = record.getForward();
            return new Forward(
                    forward.getEvent().asReadOnlyBuffer(),
                    forward.getTimestamp().toEpochMilli(),
                    forward.getAfter() == null ? null : reading(forward.getAfter()));
        }
        if (record.getRelease() != null) {
            dev.segue.avro.Release release = record.getRelease();
            return new Release(
                    release.getId(), release.getOwner(), release.getAt().toEpochMilli());
        }
        if (record.getPast() != null) {
            dev.segue.avro.Past past = record.getPast();
            return new Past(
                    reading(past.getReading()), past.getPart(), past.getEvents().asReadOnlyBuffer());
        }
        if (record.getSent() != null) {
            return sent(record.getSent());
        }
        if (record.getDone() != null) {
            return new Done(reading(record.getDone()));
        }
        return record.getErase() == null ? null : new Erase(record.getErase().toEpochMilli());
    }

    private static Sent sent(dev.segue.avro.Sent sent) {
        Instant since = sent.getSince();
        return new Sent(
                reading(sent.getReading()),
                sent.getRound(),
                sent.getPassed(),
                since == null ? null : since.toEpochMilli());
    }

    private static Reading reading(dev.segue.avro.Reading reading) {
        return new Reading(reading.getPublished().toEpochMilli(), (int) reading.getStep(), reading.getPartition());
    }

    private static Content claim(dev.segue.avro.Claim claim) {
        Instant firstAt = claim.getFirstAt();
        return new Claim(
                claim.getInto(),
                claim.getAt().toEpochMilli(),
                claim.getDevice(),
                firstAt == null ? null : firstAt.toEpochMilli());
    }

    /** Returns a copy of what is left in a buffer, which stays as it is. */
    public static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
